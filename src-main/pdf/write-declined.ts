import { cents, formatDollars } from '../../src-preload/contract/money'
import type { Parts } from './document-parts'
import { STYLES } from './paper-style'
import { openElement } from './tag-structure'
import { writeTable } from './write-table'

/** What was offered and not wanted: said apart, with its price, and in no total. */
export async function writeDeclined({ flow, root, snapshot: { declined } }: Parts): Promise<void> {
  if (declined.length === 0) return
  const section = openElement(flow.pen.doc, root, 'Sect')
  await writeTable(flow, section, {
    heading: 'Declined by the customer, not included in the total',
    columns: [
      { title: 'Recommended work', widthPt: 226, align: 'left' },
      { title: 'Reason', widthPt: 210, align: 'left' },
      { title: 'Quoted', widthPt: 80, align: 'right' },
    ],
    titled: true,
    rows: declined.map(({ name, reason, totalCents }) => ({
      cells: [
        { texts: [{ text: name, style: STYLES.body }], heading: true },
        { texts: [{ text: reason, style: STYLES.body }] },
        { texts: [{ text: formatDollars(cents(totalCents)), style: STYLES.body }] },
      ],
      padding: [2, 2],
    })),
  })
  section.end()
  flow.y += 12
}
