import { uuid7 } from '../../src-main/base/uuid7'
import { cents } from '../../src-preload/contract/money'
import type { Invoice, RefundRequest } from '../../src-preload/contract/invoices'
import { least, most, sum } from './exact'
import { type BilledLine, isLive, signedAmount } from './oracle-bill'
import { type CreditWish, type OracleCredit, OracleInvoice, type OraclePayment, type OracleRefund } from './oracle-credit'
import type { CreditPlan } from './order-plan'
import { totalWithout } from '../../src-renderer/features/orders/answered-jobs'
import { addLines, type Play } from './play-order'

/** What became of an order's bill: the program's and the oracle's. */
export interface Bill {
  readonly oracle: OracleInvoice
  /** credit notes of the program, in the order of the oracle's */
  readonly creditIds: string[]
  /** what the program said before it was asked to do it, beside what the oracle said */
  readonly quotes: { readonly what: string; readonly expected: bigint; readonly got: number }[]
  invoice: Invoice
}

const asCents = (value: bigint) => cents(Number(value))

/** The customer's yes, with a no to the last job in the same breath where the plan says so. */
export async function authorizeOrder(play: Play): Promise<void> {
  const { plan, oracle, met } = play
  const job = plan.declinesWithYes ? play.jobs.findLast(({ name }) => oracle.ofJob(name).some(isLive)) : undefined
  if (!job || !staysABill(oracle.live().filter((line) => line.job !== job.name))) return sayYes(play, undefined)
  oracle.decline(oracle.ofJob(job.name))
  await sayYes(play, job)
  met.count('declined with the yes')
}

/** Work is left, and its discounts are not more than it. */
function staysABill(lines: readonly BilledLine[]): boolean {
  const own = lines.filter(({ feeRule }) => feeRule === null)
  return own.some(({ kind }) => kind !== 'discount') && sum(own.map(signedAmount)) >= 0n
}

async function sayYes(play: Play, declined: Play['jobs'][number] | undefined): Promise<void> {
  const { shop, oracle, order } = play
  play.order = await shop.api.orders.authorize({
    authorizationId: uuid7(),
    orderId: order.id,
    // As the dialog says it.
    expectedTotalCents: totalWithout(order, new Set(declined ? [declined.id] : [])),
    estimateFingerprint: order.estimateFingerprint,
    approvedByName: 'Carla Tester',
    method: 'in_person',
    contact: '',
    note: '',
    ...(declined ? { declined: [{ jobId: declined.id, reason: 'Not now' }] } : {}),
  })
  oracle.authorize()
}

/** Work that is found later, agreed to by another yes; then everything is done and billed. */
export async function billOrder(play: Play): Promise<Bill> {
  const { shop, plan, oracle, met } = play
  if (plan.later.length > 0) {
    await addLines(play, null, plan.later)
    await sayYes(play, undefined)
    met.count('second yes')
  }
  const { id: orderId } = play.order
  await shop.api.orders.update({ orderId, was: { odometerOut: null }, now: { odometerOut: 48_215 } })
  if (plan.stepByStep) {
    await shop.api.orders.transition({ orderId, from: 'approved', to: 'in_progress' })
    await shop.api.orders.transition({ orderId, from: 'in_progress', to: 'completed' })
  }
  const invoice = await shop.api.invoices.issue({ invoiceId: uuid7(), orderId, completeWork: !plan.stepByStep })
  oracle.complete()
  const paper = linesOnPaper(play)
  return { oracle: new OracleInvoice(paper, oracle.totals(), shop.plan.cashRounding), creditIds: [], quotes: [], invoice }
}

/** Job by job, and last what is of none: so a document lists them, and so a credit counts them. */
export function linesOnPaper({ jobs, oracle, order }: Play): BilledLine[] {
  const place = new Map(order.lines.map(({ description, sortOrder }) => [description, sortOrder]))
  const sorted = oracle.live().toSorted((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0))
  return [...jobs.map(({ name }) => name), null].flatMap((name) => sorted.filter(({ job }) => job === name))
}

export async function payBill({ shop, plan, met }: Play, bill: Bill): Promise<void> {
  const { oracle } = bill
  for (const { method, share, over } of plan.payments) {
    if (oracle.due <= 0n) return
    const amount = most((oracle.due * BigInt(share)) / 1000n, 1n)
    const rounding = method === 'cash' && amount === oracle.due ? oracle.cashRounding : 0n
    bill.quotes.push({ what: 'rounding of cash', expected: oracle.cashRounding, got: bill.invoice.cashRoundingCents })
    const paymentId = uuid7()
    const received = method === 'cash' ? amount - rounding + BigInt(over) : null
    const { invoice } = await shop.api.payments.take({
      paymentId,
      invoiceId: bill.invoice.id,
      method,
      amountCents: asCents(amount),
      ...(received === null ? {} : { tenderedCents: asCents(received) }),
      ...(rounding === 0n ? {} : { roundingCents: asCents(rounding) }),
      checkNumber: method === 'check' ? '1001' : '',
      reference: method === 'cash' || method === 'check' ? '' : 'T-1',
    })
    bill.invoice = invoice
    oracle.payments.push({ id: paymentId, method, amount, rounding, tendered: received, refunds: [] })
    met.count(`paid by ${method}`)
    if (rounding !== 0n) met.count('cash rounded')
  }
  if (oracle.due === 0n) met.count('paid in full')
}

export async function correctBill(play: Play, bill: Bill): Promise<void> {
  if (play.plan.end === 'void') return voidBill(play, bill)
  if (play.plan.end === 'credits') for (const credit of play.plan.credits) await creditSome(play, bill, credit)
}

/** From the newest payment to the oldest, as the screen spreads it. */
function spreadOver(oracle: OracleInvoice, owed: bigint): { payment: OraclePayment; amount: bigint }[] {
  let rest = owed
  return oracle.payments.toReversed().flatMap((payment) => {
    const amount = least(rest, oracle.left(payment))
    rest -= amount
    return amount > 0n ? [{ payment, amount }] : []
  })
}

const requestOf = ({ payment, amount }: { payment: OraclePayment; amount: bigint }): RefundRequest => ({
  refundId: uuid7(),
  paymentId: payment.id,
  amountCents: asCents(amount),
  checkNumber: payment.method === 'check' ? '2002' : '',
  reference: payment.method === 'cash' || payment.method === 'check' ? '' : 'R-1',
})

function wishOf({ oracle }: Bill, { kind, at, lines, share }: CreditPlan): CreditWish | null {
  const left = oracle.totals.total - oracle.credited
  if (left <= 0n) return null
  if (kind === 'rest') return { kind: 'amount', amount: left }
  if (kind === 'amount') return { kind, amount: most((left * BigInt(share)) / 1000n, 1n) }
  const open = oracle.lines.filter((line) => line.kind !== 'discount' && oracle.creditedOf(line) < line.hundredths)
  const first = at % Math.max(open.length, 1)
  const pieces = open.slice(first, first + lines).map((line) => {
    const rest = line.hundredths - oracle.creditedOf(line)
    return { line, hundredths: most((rest * BigInt(share)) / 1000n, 1n) }
  })
  return pieces.length === 0 ? null : { kind, pieces }
}

async function creditSome(play: Play, bill: Bill, plan: CreditPlan): Promise<void> {
  const { oracle } = bill
  const wish = wishOf(bill, plan)
  const amounts = wish && oracle.reckon(wish)
  if (!wish || !amounts) return
  const owed = oracle.owedBack(amounts.total)
  const refunds = oracle.refund(spreadOver(oracle, owed), amounts)
  await sendCredit(play, bill, wish, { ...amounts, refunds, offDue: amounts.total - owed })
}

async function sendCredit({ shop, met }: Play, bill: Bill, wish: CreditWish, expected: OracleCredit): Promise<void> {
  const { oracle } = bill
  const { invoices } = shop.api
  const credit =
    wish.kind === 'amount'
      ? { kind: 'amount' as const, amountCents: asCents(wish.amount) }
      : {
          kind: 'return' as const,
          lines: wish.pieces.map(({ line, hundredths }) => ({
            lineNo: oracle.lines.indexOf(line),
            quantityHundredths: Number(hundredths),
            restock: line.isStocked,
          })),
        }
  const quote = await invoices.quoteCredit({ invoiceId: bill.invoice.id, credit })
  const quoted = {
    subtotalCents: expected.subtotal,
    discountCents: expected.discount,
    taxCents: expected.tax,
    totalCents: expected.total,
    owedCents: expected.total - expected.offDue,
  }
  for (const [what, amount] of Object.entries(quoted))
    bill.quotes.push({ what: `quoted ${what}`, expected: amount, got: quote[what as keyof typeof quote] })
  const creditNoteId = uuid7()
  const refunds = refundsFor(expected.refunds)
  bill.invoice = await invoices.credit({
    creditNoteId,
    invoiceId: bill.invoice.id,
    credit,
    totalCents: quote.totalCents,
    refunds,
    reason: 'Did not fit',
  })
  oracle.book(expected)
  bill.creditIds.push(creditNoteId)
  met.count(wish.kind === 'amount' ? 'credit of an amount' : 'credit of lines')
  if (expected.refunds.length > 0) met.count('refund')
  if (expected.offDue > 0n) met.count('credit taken off what was due')
  if (expected.refunds.some(({ rounding }) => rounding !== 0n)) met.count('refund rounded')
  if (oracle.credited === oracle.totals.total) met.count('credited to the last cent')
  if (expected.discount > 0n) met.count('credit with a share of the discount')
}

const refundsFor = (refunds: readonly OracleRefund[]): RefundRequest[] => refunds.map(requestOf)

/** All that was paid goes back with the void. */
async function voidBill({ shop, met }: Play, bill: Bill): Promise<void> {
  const { oracle } = bill
  const spread = spreadOver(oracle, oracle.paid)
  const refunds = oracle.refund(spread, oracle.totals)
  bill.invoice = await shop.api.invoices.void({ invoiceId: bill.invoice.id, reason: 'Wrong car', refunds: refundsFor(refunds) })
  for (const refund of refunds) refund.payment.refunds.push(refund)
  oracle.isVoid = true
  met.count(refunds.length > 0 ? 'refund and void' : 'void')
}
