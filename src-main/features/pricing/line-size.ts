import { type Cents, type Hundredths, lineTotal, MAX_CENTS, ZERO } from '../../../src-preload/contract/money'
import type { LineType } from '../../../src-preload/contract/orders'
import { AppError } from '../../base/app-error'

/** Hours of one line: `line_items.labor_hours` is DECIMAL(5,2). */
const MOST_HOURS = 999_99

interface Sized {
  readonly type: LineType
  readonly quantityHundredths: Hundredths
  /** null = a rule makes it */
  readonly unitPriceCents: Cents | null
}

/**
 * Of a line of an order or a canned job. A screen without such a field shows the sentence by itself.
 * @param place path of the line's fields in the call's input, with its dot; '' = they are the input's own
 * @throws TOO_LARGE with the sentence beside the field that is
 */
export function assertLineSize({ type, quantityHundredths, unitPriceCents }: Sized, place = ''): void {
  if (type === 'labor' && quantityHundredths > MOST_HOURS)
    throw tooLarge(`${place}quantityHundredths`, 'One line has at most 999.99 hours. Split the work into more lines.')
  if (lineTotal(quantityHundredths, unitPriceCents ?? ZERO) > MAX_CENTS)
    throw tooLarge(`${place}unitPriceCents`, 'One line comes to at most $99,999,999.99.')
}

function tooLarge(field: string, message: string): AppError {
  return new AppError('TOO_LARGE', { message, fields: { [field]: message } })
}
