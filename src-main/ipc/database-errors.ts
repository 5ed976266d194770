import { AppError } from '../base/app-error'

/** What PostgreSQL and the pool say, as far as a clerk can do something about it. SQLSTATEs: PostgreSQL manual, appendix A. */
interface DatabaseError extends Error {
  code: string
  constraint?: string
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

const REMOVED = 'This customer is removed, and nobody would find what is put on their account. Restore the customer first.'

/** Constraints of the schema that say the same as a code of the contract: the last line behind the use cases' own checks. */
const byConstraint: Readonly<Record<string, () => AppError>> = {
  ro_unauthorized: () => new AppError('AUTHORIZATION_REQUIRED'),
  ro_lines_undecided: () => new AppError('LINES_UNDECIDED'),
  invoice_quoted_lines: () => new AppError('LINES_UNDECIDED'),
  ro_status_transition: () => new AppError('WRONG_STATE'),
  ro_close_unpaid: () => new AppError('WRONG_STATE', { message: 'The invoice is not paid yet.' }),
  ro_delete_used: () => new AppError('IN_USE', { message: 'This order was more than an estimate. It is kept.' }),
  invoice_order_not_completed: () => new AppError('WRONG_STATE'),
  line_items_locked: () => new AppError('ORDER_INVOICED'),
  ro_invoiced: () => new AppError('ORDER_INVOICED'),
  invoice_immutable: () => new AppError('ORDER_INVOICED'),
  bay_not_usable: () => new AppError('BAY_TAKEN'),
  bay_order_finished: () => new AppError('BAY_TAKEN'),
  inventory_quantity_not_negative: () => new AppError('STOCK_SHORT'),
  invoices_one_live_per_ro: () => new AppError('INVOICE_EXISTS'),
  invoice_not_overpaid: () => new AppError('AMOUNT_ABOVE_DUE'),
  customer_credit_short: () => new AppError('CREDIT_SHORT'),
  customer_credit_removed: () => new AppError('WRONG_STATE', { message: REMOVED }),
  check_return_once: () => new AppError('CHECK_RETURNED'),
  check_returns_undone_once_key: () => new AppError('CHECK_SETTLED', { message: 'Somebody else took this back already.' }),
  check_return_settled: () => new AppError('CHECK_SETTLED'),
  invoice_void_paid: () => new AppError('INVOICE_HAS_PAYMENTS'),
  payment_on_void_invoice: () => new AppError('INVOICE_VOID'),
  bays_one_bay_per_ro: () => new AppError('BAY_TAKEN'),
  bays_shop_id_name_key: () => new AppError('DUPLICATE', { fields: { name: 'There is already a bay with this name.' } }),
  users_shop_id_email_key: () => new AppError('DUPLICATE', { fields: { email: 'Somebody already signs in with this e-mail address.' } }),
  users_last_owner: () => new AppError('LAST_OWNER'),
  vehicles_vin_key: () => new AppError('DUPLICATE', { fields: { 'fields.vin': 'Another vehicle has this VIN.' } }),
  vehicles_shop_id_license_plate_key: () =>
    new AppError('DUPLICATE', { fields: { 'fields.licensePlate': 'Another vehicle has this plate.' } }),
  setup_done: () => new AppError('SETUP_DONE'),
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '53300',
])

/** Every create carries an id of the client's, so that trying again stores nothing twice. */
const UNKNOWN = 'The connection was lost at the last moment. Try again: nothing is ever stored twice.'

/** The expected error behind a database error; undefined when it is a fault of the program. */
export function fromDatabaseError(error: unknown): AppError | undefined {
  if (error instanceof Error && error.name === 'KnexTimeoutError') return new AppError('BUSY')
  if (error instanceof Error && error.name === 'CommitOutcomeUnknownError')
    return new AppError('DATABASE_UNAVAILABLE', { message: UNKNOWN })
  if (!isDatabaseError(error)) return undefined
  const known = error.constraint ? byConstraint[error.constraint] : undefined
  if (known) return known()
  if (error.code === '23503' || error.code === '23001') return new AppError(error.constraint?.endsWith('_fkey') ? 'NOT_FOUND' : 'IN_USE')
  // A key of the client's making that already stands for something else.
  if (error.code === '23505') return new AppError('DUPLICATE')
  if (error.code === '22003') return new AppError('TOO_LARGE')
  // Text or dates that PostgreSQL cannot hold: a zero byte, a lone surrogate, the year 0.
  if (['22007', '22008', '22021', '22P05'].includes(error.code)) return new AppError('INVALID_INPUT')
  if (error.code === '55P03' || error.code === '40001' || error.code === '40P01' || error.code === '57014') return new AppError('BUSY')
  if (UNREACHABLE.has(error.code) || error.message === 'Connection terminated unexpectedly') return new AppError('DATABASE_UNAVAILABLE')
  return undefined
}
