import type { Invoice } from '../../../src-preload/contract/invoices'
import type { TakePayment } from '../../../src-preload/contract/payments'
import { type Cents, formatDollars, smallerCents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import type { TenderKey } from '../../base/payment-words'
import { type CashBalance, cashBalance } from './cash-change'
import { detailOf } from './tenders'

/** An amount as far as it is typed; without `valid` the text in the field is not an amount. */
export interface TypedAmount {
  cents: Cents | null
  valid: boolean
}

/** A payment while it is entered. */
export interface PaymentDraft {
  /** made when the form opens; stays for as long as it is not known what became of the request */
  paymentId: string
  method: TenderKey
  /** null = not touched: all that is due, also when that changes meanwhile */
  amount: TypedAmount | null
  /** null = not touched: exactly the amount */
  tendered: TypedAmount | null
  checkNumber: string
  /** what a check is over beyond what is due is meant to be kept, and no slip of the finger */
  keepsExcess: boolean
  reference: string
  note: string
}

export type DraftField = 'amountCents' | 'tenderedCents' | 'checkNumber' | 'reference' | 'note'
export type Problems = Partial<Record<DraftField, string>>
type Facts = Omit<TakePayment, 'paymentId' | 'invoiceId' | 'approval'>

export function newDraft(paymentId: string, method: TenderKey): PaymentDraft {
  return { paymentId, method, amount: null, tendered: null, checkNumber: '', keepsExcess: false, reference: '', note: '' }
}

/** What can be paid in this way at most: all that is due, or as much of it as the customer has on account. */
export function mostOf(method: TenderKey, { dueCents, accountCreditCents }: Pick<Invoice, 'dueCents' | 'accountCreditCents'>): Cents {
  return method === 'account_credit' ? smallerCents(dueCents, accountCreditCents) : dueCents
}

/** What a check is made out for beyond what is due. */
export function excessOf(draft: PaymentDraft, due: Cents): Cents {
  const { cents } = amountOf(draft, due)
  return draft.method === 'check' && cents !== null && cents > due ? subtractCents(cents, due) : ZERO
}

export function amountOf(draft: PaymentDraft, due: Cents): TypedAmount {
  return draft.amount ?? { cents: due, valid: true }
}

/**
 * What rounding takes off: of cash that pays all that is due, and not where it is handed over to the cent.
 * @param rounding the invoice's `cashRoundingCents`
 */
export function roundingOf(draft: PaymentDraft, due: Cents, rounding: Cents): Cents {
  const isAll = amountOf(draft, due).cents === due && draft.tendered?.cents !== due
  return draft.method === 'cash' && isAll ? rounding : ZERO
}

/** What has to be handed over: all of the amount but for the rounding of cash. */
export function cashOf(draft: PaymentDraft, due: Cents, rounding: Cents): Cents | null {
  const { cents } = amountOf(draft, due)
  return cents === null ? null : subtractCents(cents, roundingOf(draft, due, rounding))
}

export function tenderedOf(draft: PaymentDraft, due: Cents, rounding: Cents = ZERO): TypedAmount {
  return draft.tendered ?? { ...amountOf(draft, due), cents: cashOf(draft, due, rounding) }
}

/** Change or what is missing, as soon as both amounts can be read. */
export function balanceOf(draft: PaymentDraft, due: Cents, rounding: Cents = ZERO): CashBalance | null {
  const [cash, tendered] = [cashOf(draft, due, rounding), tenderedOf(draft, due, rounding).cents]
  return cash === null || tendered === null ? null : cashBalance(cash, tendered)
}

const UNREADABLE = 'Enter an amount like 12.50.'

function amountProblem(draft: PaymentDraft, due: Cents): string | undefined {
  const { cents } = amountOf(draft, due)
  if (cents === null) return UNREADABLE
  if (cents <= 0) return 'Enter more than nothing.'
  if (cents <= due || (draft.method === 'check' && draft.keepsExcess)) return undefined
  if (draft.method === 'check') return `${formatDollars(due)} is due. Keep the rest as account credit below, or correct it.`
  if (draft.method === 'account_credit') return `At most ${formatDollars(due)} can be paid with it.`
  return `At most ${formatDollars(due)} is due. Cash above it goes into "Received" and comes back as change.`
}

function tenderedProblem(draft: PaymentDraft, due: Cents, rounding: Cents): string | undefined {
  if (tenderedOf(draft, due, rounding).cents === null) return UNREADABLE
  const balance = balanceOf(draft, due, rounding)
  return balance?.kind === 'short'
    ? `${formatDollars(balance.cents)} is missing. Take what there is as part payment, or correct it.`
    : undefined
}

/** What has to be entered before it can be sent; the program checks the same again. */
export function problemsOf(draft: PaymentDraft, due: Cents, rounding: Cents = ZERO): Problems {
  const detail = detailOf(draft.method)
  const found: Record<DraftField, string | undefined> = {
    amountCents: amountProblem(draft, due),
    tenderedCents: detail === 'tendered' ? tenderedProblem(draft, due, rounding) : undefined,
    checkNumber: detail === 'checkNumber' && draft.checkNumber.trim() === '' ? 'Enter the number of the check.' : undefined,
    reference: detail === 'reference' && draft.reference.trim() === '' ? 'Enter the reference of this payment.' : undefined,
    note: undefined,
  }
  return Object.fromEntries(Object.entries(found).filter(([, sentence]) => sentence !== undefined))
}

/** The call's input without ids, of a draft without problems. */
export function factsOf(draft: PaymentDraft, due: Cents, rounding: Cents = ZERO): Facts | null {
  const [amount, tendered] = [amountOf(draft, due).cents, tenderedOf(draft, due, rounding).cents]
  if (amount === null || Object.keys(problemsOf(draft, due, rounding)).length > 0) return null
  const detail = detailOf(draft.method)
  const rounded = roundingOf(draft, due, rounding)
  const kept = excessOf(draft, due)
  return {
    ...(draft.method === 'account_credit' ? { method: 'other', fromCredit: true } : { method: draft.method }),
    amountCents: kept > 0 ? due : amount,
    ...(kept > 0 ? { keptAsCreditCents: kept } : {}),
    ...(detail === 'tendered' && tendered !== null ? { tenderedCents: tendered } : {}),
    ...(rounded === 0 ? {} : { roundingCents: rounded }),
    checkNumber: detail === 'checkNumber' ? draft.checkNumber.trim() : '',
    reference: detail === 'reference' ? draft.reference.trim() : '',
    note: draft.note.trim(),
  }
}
