import { amountOf, type BilledLine, type BillTotals, isLive, signedAmount } from './oracle-bill'
import type { OracleInvoice } from './oracle-credit'
import { dollars, percentWords, plain, quantityWords, sum } from './exact'
import type { Records } from './findings'
import type { Play } from './play-order'

// What the oracle says, as it has to be written in each place.

export type Writer = (amount: bigint) => string

/** As PostgreSQL writes a DECIMAL(10,2). */
export const asColumn: Writer = (amount) => plain(amount).replaceAll(',', '')
/** As the contract carries it. */
export const asWhole: Writer = (amount) => amount.toString()

export function totalsIn(totals: BillTotals, write: Writer): Record<string, string> {
  return Object.fromEntries(Object.entries(totals).map(([name, amount]) => [name, write(amount as bigint)]))
}

export function linesIn(lines: readonly BilledLine[], write: Writer): Records {
  return Object.fromEntries(
    lines.map((line) => [
      line.name,
      {
        kind: line.kind,
        quantity: write(line.hundredths),
        price: write(line.price),
        total: write(amountOf(line)),
        taxable: String(line.taxable),
        status: line.status,
      },
    ]),
  )
}

export function paymentsIn({ payments }: OracleInvoice, write: Writer): Records {
  return Object.fromEntries(
    payments.map(({ id, amount, rounding, tendered, refunds }) => [
      id,
      {
        amount: write(amount),
        rounding: write(rounding),
        tendered: tendered === null ? '' : write(tendered),
        change: tendered === null ? '' : write(tendered - (amount - rounding)),
        left: write(amount - sum(refunds.map((refund) => refund.amount))),
        refunds: refunds.map((refund) => [refund.amount, refund.rounding, refund.tax].map(write).join('/')).join(' '),
      },
    ]),
  )
}

export function creditsIn({ credits }: OracleInvoice, ids: readonly string[], write: Writer): Records {
  return Object.fromEntries(
    credits.map(({ subtotal, discount, tax, total }, at) => [
      ids[at] ?? '',
      { subtotal: write(subtotal), discount: write(discount), tax: write(tax), total: write(total) },
    ]),
  )
}

/** A line as a document prints it; a discount takes away. */
export function rowOnPaper(line: BilledLine, isExempt: boolean): Record<string, string> {
  const { kind, hundredths, price, taxable } = line
  return {
    quantity: `${quantityWords(hundredths)}${kind === 'labor' ? ' h' : ''}`,
    price: dollars(kind === 'discount' ? -price : price),
    tax: taxable && !isExempt ? 'T' : '',
    amount: dollars(signedAmount(line)),
  }
}

/** What was declined: a job as a whole, or single lines. */
export function declinedOnPaper({ oracle, jobs }: Play): Record<string, { amount: string }> {
  const whole = jobs.filter(({ name }) => oracle.ofJob(name).length > 0 && !oracle.ofJob(name).some(isLive))
  const isWhole = (job: string | null): boolean => whole.some(({ name }) => name === job)
  const single = oracle.lines.filter((line) => !isLive(line) && !isWhole(line.job))
  return Object.fromEntries([
    ...whole.map(({ name }) => [name, { amount: dollars(sum(oracle.ofJob(name).map(signedAmount))) }]),
    ...single.map((line) => [line.name, { amount: dollars(amountOf(line)) }]),
  ]) as Record<string, { amount: string }>
}

export const taxLabel = (isExempt: boolean, rate: bigint): string => (isExempt ? 'Tax (exempt)' : `Tax at ${percentWords(rate)}`)
