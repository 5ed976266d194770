import type { Bill } from './bill-order'
import { asColumn, creditsIn, linesIn, paymentsIn, totalsIn } from './expected'
import type { Findings, Records } from './findings'
import type { Play } from './play-order'

type Row = Readonly<Record<string, string | null>>

/** Rows by one of their columns, without it. */
function byName(rows: readonly Row[], name: string): Records {
  return Object.fromEntries(
    rows.map(({ [name]: key, ...fields }) => [
      key ?? '',
      Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? ''])),
    ]),
  )
}

const ORDER = `SELECT 'order' AS id, labor_total::text AS labor, parts_total::text AS parts, fees_total::text AS fees, subtotal::text, discount::text,
  tax::text, total::text FROM repair_orders WHERE id = $1`
const LINES = `SELECT description AS id, type::text AS kind, quantity::text, unit_price::text AS price, total::text, taxable::text, status::text
  FROM line_items WHERE repair_order_id = $1`

export async function compareOrderRows({ shop, oracle, order }: Play, findings: Findings): Promise<void> {
  const orders = byName(await shop.rows(ORDER, [order.id]), 'id')
  findings.sameRecords('database', 'the order', { order: totalsIn(oracle.totals(), asColumn) }, orders)
  findings.sameRecords('database', 'line', linesIn(oracle.lines, asColumn), byName(await shop.rows(LINES, [order.id]), 'id'))
}

const INVOICE = `SELECT 'invoice' AS id, labor_total::text AS labor, parts_total::text AS parts, fees_total::text AS fees, subtotal::text, discount::text,
  tax::text, total::text, (SELECT coalesce(sum(n.tax), 0.00)::text FROM credit_notes n WHERE n.invoice_id = i.id) AS "taxOfCredits", amount_paid::text AS paid, credited_total::text AS credited, amount_due::text AS due FROM invoices i WHERE id = $1`
const PAYMENTS = `SELECT p.id::text, p.amount::text, p.rounding::text, p.tendered_amount::text AS tendered, p.change_given::text AS change,
  (p.amount - coalesce((SELECT sum(r.amount) FROM payment_refunds r WHERE r.payment_id = p.id), 0))::text AS left,
  coalesce((SELECT string_agg(r.amount::text || '/' || r.rounding::text || '/' || r.tax_amount::text, ' ' ORDER BY r.processed_at, r.id)
    FROM payment_refunds r WHERE r.payment_id = p.id), '') AS refunds
  FROM payments p WHERE p.invoice_id = $1`
const CREDITS = `SELECT id::text, subtotal::text, discount::text, tax::text, total::text FROM credit_notes WHERE invoice_id = $1`
const CREDIT_LINES = `SELECT n.id::text || ' line ' || l.line_no AS id, l.quantity::text, l.amount::text
  FROM credit_notes n JOIN credit_note_lines l ON l.credit_note_id = n.id WHERE n.invoice_id = $1`

export async function compareBillRows({ shop }: Play, { oracle, creditIds, invoice }: Bill, findings: Findings): Promise<void> {
  const read = async (text: string): Promise<Records> => byName(await shop.rows(text, [invoice.id]), 'id')
  const { paid, credited, due } = oracle
  // All credits together are the invoice to the cent, its tax too.
  const creditedTax = credited === oracle.totals.total ? oracle.totals.tax : oracle.creditedTax
  const amounts = {
    ...totalsIn(oracle.totals, asColumn),
    taxOfCredits: asColumn(creditedTax),
    paid: asColumn(paid),
    credited: asColumn(credited),
    due: asColumn(due),
  }
  findings.sameRecords('database', 'the invoice', { invoice: amounts }, await read(INVOICE))
  findings.sameRecords('database', 'payment', paymentsIn(oracle, asColumn), await read(PAYMENTS))
  findings.sameRecords('database', 'credit', creditsIn(oracle, creditIds, asColumn), await read(CREDITS))
  const lines = oracle.credits.flatMap((credit, at) =>
    credit.lines.map(({ line, hundredths, amount }) => [
      `${creditIds[at]} line ${oracle.lines.indexOf(line)}`,
      { quantity: asColumn(hundredths), amount: asColumn(amount) },
    ]),
  )
  findings.sameRecords('database', 'credited line', Object.fromEntries(lines) as Records, await read(CREDIT_LINES))
}
