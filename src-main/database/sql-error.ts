/** What PostgreSQL said, as far as a program may decide on it: codes and names, never the wording. */
interface DatabaseFault extends Error {
  readonly code?: string
  readonly severity?: string
  readonly constraint?: string
}

/** The five characters of SQLSTATE, or null for an error that did not come from PostgreSQL. */
export function sqlState(error: unknown): string | null {
  const fault = error as DatabaseFault
  return error instanceof Error && typeof fault.severity === 'string' && typeof fault.code === 'string' ? fault.code : null
}

export function constraintName(error: unknown): string | null {
  return error instanceof Error ? ((error as DatabaseFault).constraint ?? null) : null
}

/**
 * For `catch`, when an id of the client's was used before in this table: `look` says what stands under it. Any other error stays what it is.
 * Some tables have the id in two keys, and which of them speaks first is the older index, until one is built anew.
 */
export function whenIdIsTaken<T>(table: string, look: () => Promise<T>): (error: unknown) => Promise<T> {
  const keys: readonly (string | null)[] = [`${table}_pkey`, `${table}_shop_id_id_key`]
  return async (error) => {
    if (sqlState(error) === '23505' && keys.includes(constraintName(error))) return look()
    throw error
  }
}

/** Serialization failure or deadlock: the only two that running the whole transaction again can cure. */
export function isWorthRetrying(error: unknown): boolean {
  const state = sqlState(error)
  return state === '40001' || state === '40P01'
}

/** True when the session is over or in an unknown state; such a connection must not be used again. */
export function endsSession(error: unknown): boolean {
  const state = sqlState(error)
  if (state === null) return true
  const { severity } = error as DatabaseFault
  return severity === 'FATAL' || severity === 'PANIC' || state.startsWith('08') || state.startsWith('57P')
}

/** The server went away under a statement, or could not be reached. Carries the SQLSTATE that PostgreSQL has for it. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
  readonly code = '08006'
  constructor(cause: unknown) {
    super('the connection to the database is lost', { cause })
  }
}

/** The driver tells a lost connection by a system code (ECONNRESET) or by its wording alone. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error) || sqlState(error) !== null || error.name === 'KnexTimeoutError') return false
  const { code } = error as DatabaseFault
  return /^E[A-Z]{3,}$/.test(code ?? '') || /connection terminated|not queryable|timeout/i.test(error.message)
}
