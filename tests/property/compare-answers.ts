import type { Invoice } from '../../src-preload/contract/invoices'
import type { Order } from '../../src-preload/contract/orders'
import type { Bill } from './bill-order'
import { asWhole, creditsIn, linesIn, paymentsIn, totalsIn } from './expected'
import type { Findings, Records } from './findings'
import { amountOf } from './oracle-bill'
import type { Play } from './play-order'

const words = (value: number | null): string => (value === null ? '' : String(value))

function answeredTotals(order: Order): Record<string, string> {
  const { laborCents, partsCents, feesCents, subtotalCents, discountCents, taxCents, totalCents } = order
  const amounts = {
    labor: laborCents,
    parts: partsCents,
    fees: feesCents,
    subtotal: subtotalCents,
    discount: discountCents,
    tax: taxCents,
    total: totalCents,
  }
  return Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, words(value)]))
}

function answeredLines({ lines }: Order): Records {
  return Object.fromEntries(
    lines.map((line) => [
      line.description,
      {
        kind: line.type,
        quantity: words(line.quantityHundredths),
        price: words(line.unitPriceCents),
        total: words(line.totalCents),
        taxable: String(line.taxable),
        status: line.status,
      },
    ]),
  )
}

export function compareOrderAnswer({ oracle, order, jobs }: Play, findings: Findings): void {
  findings.sameRecords('answer', 'the order', { order: totalsIn(oracle.totals(), asWhole) }, { order: answeredTotals(order) })
  findings.sameRecords('answer', 'line', linesIn(oracle.lines, asWhole), answeredLines(order))
  for (const { id, name } of jobs) {
    const answered = order.jobs.find((job) => job.id === id)
    findings.same('answer', `job ${name}`, asWhole(oracle.jobTotal(name)), words(answered?.totalCents ?? null))
  }
  findings.same('answer', 'authorized', asWhole(oracle.yeses.at(-1) ?? 0n), words(order.authorizedCents))
  findings.same('answer', 'tax rate', asWhole(oracle.rate), words(order.taxRateMillionths))
}

function answeredPayments({ payments }: Invoice): Records {
  return Object.fromEntries(
    payments.map((payment) => [
      payment.id,
      {
        amount: words(payment.amountCents),
        rounding: words(payment.roundingCents),
        tendered: words(payment.tenderedCents),
        change: words(payment.changeCents),
        left: words(payment.refundableCents),
        refunds: payment.refunds
          .map(({ amountCents, roundingCents, taxCents }) => [amountCents, roundingCents, taxCents].join('/'))
          .join(' '),
      },
    ]),
  )
}

export function compareBillAnswer({ order }: Play, { oracle, invoice, creditIds, quotes }: Bill, findings: Findings): void {
  const { totalCents, taxCents, paidCents, creditedCents, dueCents, cashRoundingCents } = invoice
  const expected = {
    total: oracle.totals.total,
    tax: oracle.totals.tax,
    paid: oracle.paid,
    credited: oracle.credited,
    due: oracle.due,
    rounding: oracle.cashRounding,
  }
  const got = { total: totalCents, tax: taxCents, paid: paidCents, credited: creditedCents, due: dueCents, rounding: cashRoundingCents }
  for (const [name, amount] of Object.entries(expected))
    findings.same('answer', `the invoice, ${name}`, asWhole(amount), words(got[name as keyof typeof got]))
  for (const { what, expected: amount, got: quoted } of quotes) findings.same('answer', what, asWhole(amount), words(quoted))
  findings.sameRecords('answer', 'payment', paymentsIn(oracle, asWhole), answeredPayments(invoice))
  const notes = invoice.creditNotes.map(({ id, subtotalCents, discountCents, taxCents: tax, totalCents: total }) => [
    id,
    { subtotal: words(subtotalCents), discount: words(discountCents), tax: words(tax), total: words(total) },
  ])
  findings.sameRecords('answer', 'credit', creditsIn(oracle, creditIds, asWhole), Object.fromEntries(notes) as Records)
  const billed = invoice.jobs.flatMap(({ lines }) => lines)
  findings.same(
    'answer',
    'order of billed lines',
    oracle.lines.map(({ name }) => name).join(),
    billed.map(({ description }) => description).join(),
  )
  for (const [at, line] of oracle.lines.entries()) {
    findings.same('answer', `billed ${line.name}`, asWhole(amountOf(line)), words(billed[at]?.totalCents ?? null))
    findings.same('answer', `credited of ${line.name}`, asWhole(oracle.creditedOf(line)), words(billed[at]?.creditedHundredths ?? null))
  }
  const onOrder = order.invoices.find(({ id }) => id === invoice.id)
  findings.same('answer', 'due, as the order says', asWhole(oracle.due), words(onOrder?.dueCents ?? null))
  findings.same('answer', 'paid, as the order says', asWhole(oracle.paid), words(onOrder?.paidCents ?? null))
}
