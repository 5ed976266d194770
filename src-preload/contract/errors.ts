import { z } from 'zod'

/**
 * The closed list of what can go wrong in a way the program expects: code, HTTP status for the web host, the sentence a clerk reads.
 * A sentence says what happened and what to do; `fields` puts a sentence beside the field that caused it.
 * Everything else is a fault of the program: INTERNAL_SERVER_ERROR with a reference number; its stack stays in the log.
 */
export const ErrorData = z
  .object({
    /** path of the input ('phone', 'lines.0.quantityHundredths') -> sentence */
    fields: z.record(z.string(), z.string()),
    /** what stands in the database now, for a conflicting edit: field -> value */
    current: z.record(z.string(), z.unknown()),
    /** the record that already has it, for DUPLICATE and INVOICE_EXISTS */
    existingId: z.uuid(),
    /** amounts the sentence speaks of */
    authorizedCents: z.int(),
    totalCents: z.int(),
    dueCents: z.int(),
    limitCents: z.int(),
    /** which approval is wanted, for APPROVAL_REQUIRED; the same call with `approval` set goes through */
    approvalFor: z.string(),
    retryAfterSeconds: z.int(),
    lastOdometer: z.int(),
    /** where the log has more */
    reference: z.string(),
  })
  .partial()
export type ErrorData = z.output<typeof ErrorData>

const codes = {
  // who
  SETUP_NEEDED: [409, 'This shop is not set up yet.'],
  SETUP_DONE: [409, 'This shop is already set up. Sign in instead.'],
  SIGNED_OUT: [401, 'Sign in first.'],
  SCREEN_LOCKED: [401, 'The screen is locked. Enter your PIN to go on.'],
  WRONG_CREDENTIALS: [401, 'E-mail or password is not right.'],
  WRONG_PIN: [401, 'That PIN is not right.'],
  LOCKED_OUT: [429, 'Too many wrong tries. Wait a moment, or sign in with your password.'],
  PIN_NOT_READY: [409, 'Sign in once with e-mail and password before using a PIN today.'],
  FORBIDDEN: [403, 'Your role does not allow this.'],
  APPROVAL_REQUIRED: [403, 'This needs the PIN of somebody who may approve it.'],
  APPROVAL_REFUSED: [403, 'This approval was refused: wrong PIN, or that person may not approve it.'],
  LAST_OWNER: [409, 'A shop needs at least one active owner.'],
  // input
  INVALID_INPUT: [400, 'Some of the fields need another look.'],
  TOO_LARGE: [400, 'That amount is too large.'],
  CARD_NUMBER: [400, 'This looks like a card number. Card numbers are never written down here.'],
  DUPLICATE: [409, 'That already exists.'],
  ODOMETER_LOWER: [409, 'The odometer is lower than at the last visit. Say why.'],
  // records
  NOT_FOUND: [404, 'That record does not exist (any more).'],
  EDIT_CONFLICT: [409, 'Somebody else changed this meanwhile. Nothing was overwritten.'],
  IN_USE: [409, 'This cannot be removed: other records need it.'],
  // repair orders
  WRONG_STATE: [409, 'The repair order is in another state now.'],
  AUTHORIZATION_REQUIRED: [409, 'The total is above what the customer authorized. Record a new authorization first.'],
  LINES_UNDECIDED: [409, 'Some lines are neither approved nor declined.'],
  NOTHING_TO_AUTHORIZE: [409, 'There is nothing on the estimate to authorize.'],
  ORDER_INVOICED: [409, 'The order is invoiced. Void the invoice before changing its lines.'],
  STOCK_SHORT: [409, 'There is not enough in stock for this.'],
  BAY_TAKEN: [409, 'Another car is in that bay.'],
  // invoices and payments
  CONTENT_MISSING: [409, 'Something is missing that the law wants on this invoice.'],
  PURCHASE_ORDER_REQUIRED: [409, 'This account wants its purchase order number on the bill. Enter it on the order first.'],
  INVOICE_EXISTS: [409, 'This order already has an invoice.'],
  INVOICE_HAS_PAYMENTS: [409, 'There are payments on this invoice. Refund all of them with the void.'],
  INVOICE_CREDITED: [409, 'There are credit notes on this invoice. Credit the rest of it instead of voiding it.'],
  CREDIT_ABOVE_INVOICE: [409, 'That is more than is left of this invoice to credit.'],
  REFUND_ABOVE_PAID: [409, 'That is more than is left of this payment.'],
  REFUND_NOT_OWED: [409, 'The refunds must come to exactly what is owed back.'],
  INVOICE_VOID: [409, 'This invoice is void.'],
  ALREADY_PAID: [409, 'This invoice is already paid.'],
  AMOUNT_ABOVE_DUE: [409, 'That is more than is due. Cash can be more, as change, and a check, as account credit.'],
  CREDIT_SHORT: [409, 'The customer does not have that much on account (any more). Look at it again.'],
  CHECK_RETURNED: [409, 'This check is marked as returned already.'],
  CHECK_SETTLED: [409, 'What was due again is paid or credited meanwhile. Give that back first.'],
  TENDERED_TOO_LITTLE: [409, 'The cash received is less than the amount.'],
  PAYMENT_ID_REUSED: [409, 'This payment was already taken with other facts.'],
  REFERENCE_REQUIRED: [400, 'Enter the reference of this payment.'],
  // printing
  NO_PRINTER: [409, 'No receipt printer is chosen for this station. The owner chooses it in Settings, Printers.'],
  PRINTER_FAILED: [503, 'The printer did not print.'],
  // machine
  BUSY: [503, 'Another counter is working on this record. Try again in a moment.'],
  TOO_MANY_CALLS: [429, 'Too much was asked at once. Nothing was stored; try again in a moment.'],
  DATABASE_UNAVAILABLE: [503, 'The database does not answer. Nothing was stored; try again in a moment.'],
  NOT_ON_THIS_HOST: [501, 'This is only possible in the desktop program.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>

export type ErrorCode = keyof typeof codes

type ErrorMap = { [Code in ErrorCode]: { status: number; message: string; data: z.ZodOptional<typeof ErrorData> } }

/** In the form the contract wants: every call may answer with every code of the list. */
export const errorMap = Object.fromEntries(
  Object.entries(codes).map(([code, [status, message]]) => [code, { status, message, data: ErrorData.optional() }]),
) as ErrorMap

export const errorCodes = Object.keys(codes) as readonly ErrorCode[]

export function sentenceOf(code: ErrorCode): string {
  return codes[code][1]
}
