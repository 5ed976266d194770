import type { PaymentMethod, TakePayment } from '../../../src-preload/contract/invoices'
import { type Cents, formatDollars } from '../../../src-preload/contract/money'
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
  method: PaymentMethod
  /** null = not touched: all that is due, also when that changes meanwhile */
  amount: TypedAmount | null
  /** null = not touched: exactly the amount */
  tendered: TypedAmount | null
  checkNumber: string
  reference: string
  note: string
}

export type DraftField = 'amountCents' | 'tenderedCents' | 'checkNumber' | 'reference' | 'note'
export type Problems = Partial<Record<DraftField, string>>
type Facts = Omit<TakePayment, 'paymentId' | 'invoiceId' | 'approval'>

export function newDraft(paymentId: string, method: PaymentMethod): PaymentDraft {
  return { paymentId, method, amount: null, tendered: null, checkNumber: '', reference: '', note: '' }
}

export function amountOf(draft: PaymentDraft, due: Cents): TypedAmount {
  return draft.amount ?? { cents: due, valid: true }
}

export function tenderedOf(draft: PaymentDraft, due: Cents): TypedAmount {
  return draft.tendered ?? amountOf(draft, due)
}

/** Change or what is missing, as soon as both amounts can be read. */
export function balanceOf(draft: PaymentDraft, due: Cents): CashBalance | null {
  const [amount, tendered] = [amountOf(draft, due), tenderedOf(draft, due)]
  return amount.cents === null || tendered.cents === null ? null : cashBalance(amount.cents, tendered.cents)
}

const UNREADABLE = 'Enter an amount like 12.50.'

function amountProblem({ cents }: TypedAmount, due: Cents): string | undefined {
  if (cents === null) return UNREADABLE
  if (cents <= 0) return 'Enter more than nothing.'
  return cents > due ? `At most ${formatDollars(due)} is due. Cash above it goes into "Received" and comes back as change.` : undefined
}

function tenderedProblem(draft: PaymentDraft, due: Cents): string | undefined {
  if (tenderedOf(draft, due).cents === null) return UNREADABLE
  const balance = balanceOf(draft, due)
  return balance?.kind === 'short'
    ? `${formatDollars(balance.cents)} is missing. Take what there is as a part payment, or correct it.`
    : undefined
}

/** What has to be entered before it can be sent; the program checks the same again. */
export function problemsOf(draft: PaymentDraft, due: Cents): Problems {
  const detail = detailOf(draft.method)
  const found: Record<DraftField, string | undefined> = {
    amountCents: amountProblem(amountOf(draft, due), due),
    tenderedCents: detail === 'tendered' ? tenderedProblem(draft, due) : undefined,
    checkNumber: detail === 'checkNumber' && draft.checkNumber.trim() === '' ? 'Enter the number of the check.' : undefined,
    reference: detail === 'reference' && draft.reference.trim() === '' ? 'Enter the reference of this payment.' : undefined,
    note: undefined,
  }
  return Object.fromEntries(Object.entries(found).filter(([, sentence]) => sentence !== undefined))
}

/** The call's input without ids, of a draft without problems. */
export function factsOf(draft: PaymentDraft, due: Cents): Facts | null {
  const [amount, tendered] = [amountOf(draft, due).cents, tenderedOf(draft, due).cents]
  if (amount === null || Object.keys(problemsOf(draft, due)).length > 0) return null
  const detail = detailOf(draft.method)
  return {
    method: draft.method,
    amountCents: amount,
    ...(detail === 'tendered' && tendered !== null ? { tenderedCents: tendered } : {}),
    checkNumber: detail === 'checkNumber' ? draft.checkNumber.trim() : '',
    reference: detail === 'reference' ? draft.reference.trim() : '',
    note: draft.note.trim(),
  }
}
