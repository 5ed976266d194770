import type { ChangeOrder } from '../../src-preload/contract/invoices'
import { cents, formatDollars, formatHundredths, type Hundredths } from '../../src-preload/contract/money'
import type { Parts } from './document-parts'
import { dayWords } from './document-words'
import { type Style, STYLES } from './paper-style'
import { openElement } from './tag-structure'
import { type Row, writeTable } from './write-table'

type Line = ChangeOrder['lines'][number]

const KINDS: Record<Line['kind'], string> = { added: 'Added', removed: 'Removed', dearer: 'Dearer', cheaper: 'Cheaper', changed: 'Changed' }

/** Line by line what is different, then the total as it was, the difference and the revised total. */
export async function writeChanges({ flow, root }: Parts, changes: ChangeOrder): Promise<void> {
  const section = openElement(flow.pen.doc, root, 'Sect')
  const { from, to } = changes
  await writeTable(flow, section, {
    heading: `Changes to estimate ${from.number} of ${dayWords(from.date)}`,
    columns: [
      { title: 'Change', widthPt: 56, align: 'left' },
      { title: 'Work', widthPt: 232, align: 'left' },
      { title: 'Before', widthPt: 74, align: 'right' },
      { title: 'Now', widthPt: 74, align: 'right' },
      { title: 'Difference', widthPt: 80, align: 'right' },
    ],
    titled: true,
    rows: [
      ...changes.lines.map(lineRow),
      ...(from.taxCents === to.taxCents ? [] : [amountRow('Sales tax', from.taxCents, to.taxCents, STYLES.body)]),
      { ...amountRow('Total with tax', from.totalCents, to.totalCents, STYLES.strong), ruleAbove: true },
    ],
  })
  section.end()
  flow.y += 12
}

function lineRow({ kind, job, description, quantityHundredths, wasCents, nowCents }: Line): Row {
  const details = [job, `Quantity ${formatHundredths(quantityHundredths as Hundredths)}`].filter(Boolean).join(' · ')
  return {
    cells: [
      { texts: [{ text: KINDS[kind], style: STYLES.body }] },
      {
        texts: [
          { text: description, style: STYLES.body },
          { text: details, style: STYLES.small },
        ],
        heading: true,
      },
      ...amounts(wasCents, nowCents, STYLES.body),
    ],
    padding: [2, 2],
  }
}

function amountRow(label: string, was: number, now: number, style: Style): Row {
  return { cells: [{ texts: [] }, { texts: [{ text: label, style }], heading: true }, ...amounts(was, now, style)], padding: [3, 2] }
}

function amounts(was: number | null, now: number | null, style: Style): Row['cells'] {
  const difference = (now ?? 0) - (was ?? 0)
  const sign = difference > 0 ? '+' : ''
  return [was, now, difference].map((value, index) => ({
    texts: value === null ? [] : [{ text: `${index === 2 ? sign : ''}${formatDollars(cents(value))}`, style }],
  }))
}
