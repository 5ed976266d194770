import { ORPCError } from '@orpc/client'
import type { ErrorCode, ErrorData } from '../../src-preload/contract/errors'

/** The contract's codes, and what only this side of the border can know. */
export type CallErrorCode = ErrorCode | 'CONNECTION_LOST' | 'CANCELLED' | 'INTERNAL_SERVER_ERROR'

/** What every failed call is rejected with: a code, the sentence for the user, sentences for single fields. */
export class CallError extends Error {
  override readonly name = 'CallError'

  constructor(
    readonly code: CallErrorCode,
    message: string,
    readonly data: ErrorData = {},
  ) {
    super(message)
  }

  /** Sentences beside fields; keys are paths of the call's input: 'phone', 'fields.phone', 'now.phone'. */
  get fields(): Readonly<Record<string, string>> {
    return this.data.fields ?? {}
  }

  /** The sentence of one field, whatever the call wraps it in ('phone' also finds 'fields.phone' and 'now.phone'). */
  fieldMessage(field: string): string | undefined {
    const path = Object.keys(this.fields).find((key) => key === field || key.endsWith(`.${field}`))
    return path === undefined ? undefined : this.fields[path]
  }
}

const LOST = 'The connection to the program was lost. Look whether it was stored before you try again.'

export function toCallError(error: unknown): CallError {
  if (error instanceof CallError) return error
  if (error instanceof ORPCError) {
    const given: unknown = error.data
    const data = typeof given === 'object' && given !== null ? (given as ErrorData) : {}
    return new CallError(error.code as CallErrorCode, error.message, data)
  }
  if (error instanceof Error && (error.name === 'AbortError' || /not open|closed or aborted/.test(error.message))) {
    return new CallError('CONNECTION_LOST', LOST)
  }
  return new CallError('INTERNAL_SERVER_ERROR', error instanceof Error ? error.message : 'Something went wrong in the program.')
}

/** The user stepped back (closed the approval dialog): nothing to show. */
export function isCancelled(error: unknown): boolean {
  return error instanceof CallError && error.code === 'CANCELLED'
}

/** The sentence to show, with the reference number when it is a fault of the program. */
export function sentenceFor(error: unknown): string {
  const known = toCallError(error)
  const reference = known.code === 'INTERNAL_SERVER_ERROR' && known.data.reference ? ` (reference ${known.data.reference})` : ''
  return `${known.message}${reference}`
}
