import { cents, formatDollars, formatPercent, type Millionths, subtractCents, ZERO } from '../../src-preload/contract/money'
import type { Parts } from './document-parts'
import { titleWords } from './document-words'
import { CONTENT, type Style, STYLES } from './paper-style'
import { openElement } from './tag-structure'
import { wrapText } from './wrap-text'
import { exemptWords } from './write-head'
import { isTaxed } from './write-jobs'
import { type Row, type Table, tableHeight, writeTable } from './write-table'

const NOTICES_WIDTH = 236
const TOTALS_X = CONTENT.left + 300
const NOTICE_GAP = 4

/** The totals by kind at the right, what has to be said about them at the left; all on one page. */
export async function writeTotals(parts: Parts): Promise<void> {
  const { flow, root } = parts
  const table: Table = {
    x: TOTALS_X,
    columns: [
      { title: '', widthPt: 130, align: 'left' },
      { title: '', widthPt: CONTENT.right - TOTALS_X - 130, align: 'right' },
    ],
    titled: false,
    rows: totalRows(parts),
  }
  const notices = noticesOf(parts)
  const noticesHeight = notices.reduce(
    (sum, text) => sum + NOTICE_GAP + wrapText(flow.pen, text, STYLES.small, NOTICES_WIDTH).length * STYLES.small.leadingPt,
    0,
  )
  flow.ensure(Math.max(tableHeight(flow, table), noticesHeight))
  if (!flow.isFresh) flow.rule()
  const top = flow.y
  const section = openElement(flow.pen.doc, root, 'Sect')
  await writeTable(flow, section, table)
  const end = flow.y
  flow.y = top + 2
  for (const text of notices) {
    flow.y += NOTICE_GAP
    flow.paragraph(section, 'P', text, STYLES.small, { widthPt: NOTICES_WIDTH })
  }
  section.end()
  flow.y = Math.max(end, flow.y) + 14
}

function totalRows({ snapshot }: Parts): Row[] {
  const amount = (label: string, value: number, style: Style = STYLES.body): Row => ({
    cells: [{ texts: [{ text: label, style }], heading: true }, { texts: [{ text: formatDollars(cents(value)), style }] }],
    padding: [1, 1],
    withNext: true,
  })
  const { laborCents, partsCents, feesCents, subtotalCents, discountCents, taxRateMillionths, taxCents, totalCents, customer } = snapshot
  const isCredit = snapshot.kind === 'credit_note'
  const tax = customer.taxExempt ? 'Tax (exempt)' : `Tax at ${formatPercent(taxRateMillionths as Millionths)}`
  const discount = subtractCents(ZERO, cents(Math.abs(discountCents)))
  const byKind = [
    { ...amount('Labor', laborCents), padding: [5, 1] as const },
    amount('Parts without tax', partsCents),
    ...(feesCents === 0 ? [] : [amount('Fees', feesCents)]),
  ]
  return [
    ...(isCredit ? [] : byKind),
    amount('Subtotal', subtotalCents, STYLES.strong),
    ...(discountCents === 0 ? [] : [amount(isCredit ? 'Discount, earlier credit' : 'Discount', discount)]),
    { ...amount(tax, taxCents), padding: [1, 4] },
    {
      ...amount(
        { estimate: 'Estimated total', invoice: 'Total', credit_note: 'Total credit' }[snapshot.kind],
        totalCents,
        STYLES.grandTotal,
      ),
      padding: [4, 2],
      ruleAbove: true,
      withNext: false,
    },
  ]
}

/** 16 CCR 3356 wants to know what the parts are; they are new unless the line says otherwise. */
function noticesOf({ snapshot, isVoid, isPractice }: Parts): string[] {
  const lines = snapshot.jobs.flatMap((job) => job.lines)
  const { customer } = snapshot
  return [
    isPractice ? `This ${titleWords(snapshot).toLowerCase()} was made in practice. It is no document of the shop.` : '',
    isVoid ? `This ${titleWords(snapshot).toLowerCase()} is void. Nothing is owed on it.` : '',
    snapshot.kind !== 'credit_note' && lines.some(({ type }) => type === 'part') ? 'All parts are new unless stated otherwise.' : '',
    exemptWords(customer) && `${exemptWords(customer)}.`,
    lines.some((line) => isTaxed(line, customer.taxExempt)) ? 'T: sales tax is charged on this item.' : '',
  ].filter(Boolean)
}
