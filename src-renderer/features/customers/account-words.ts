import type { Payout } from '../../../src-preload/contract/account-credit'
import type { AccountEntry } from '../../../src-preload/contract/customers'
import { formatDollars, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { methodNames } from '../../base/payment-words'

/** What happened, as it may be read to the customer. */
export function accountSentence({ kind, amountCents, invoiceNumber, payout }: AccountEntry): string {
  const amount = formatDollars(amountCents < 0 ? subtractCents(ZERO, amountCents) : amountCents)
  switch (kind) {
    case 'credited':
      return `${amount} of invoice ${invoiceNumber} was given back and put on the account.`
    case 'overpaid':
      return `The check for invoice ${invoiceNumber} was ${amount} more than was due; that was put on the account.`
    case 'used':
      return `${amount} from the account went toward invoice ${invoiceNumber}.`
    case 'given_back':
      return `${amount} that the account had paid toward invoice ${invoiceNumber} was put back on it.`
    case 'check_returned':
      return `The bank returned the check for invoice ${invoiceNumber}; what was left of it on the account, ${amount}, was taken off.`
    case 'check_restored':
      return `The check for invoice ${invoiceNumber} was good after all; ${amount} was put back on the account.`
    case 'paid_out':
      return `${amount} was paid out${payout ? ` ${wayOf(payout)}` : ''}.`
  }
}

/** Why, and who wrote it down: for the shop. What the program wrote as a reason by itself only says the sentence again. */
export function accountNote({ kind, reason, recordedByName, approvedByName }: AccountEntry): string {
  const isOwnReason = kind !== 'used' && kind !== 'overpaid'
  return [isOwnReason && reason, recordedByName && `by ${recordedByName}`, approvedByName && `approved by ${approvedByName}`]
    .filter(Boolean)
    .join(' · ')
}

function wayOf({ method, checkNumber, roundingCents }: Payout): string {
  const rounded = roundingCents === 0 ? '' : `, rounding ${formatDollars(subtractCents(ZERO, roundingCents))}`
  if (method === 'cash') return `in cash${rounded}`
  if (method === 'check') return `by check no. ${checkNumber}`
  const name = methodNames[method]
  return `by ${name.charAt(0).toLowerCase()}${name.slice(1)}`
}
