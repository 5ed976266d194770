import type { DocumentSnapshot } from '../../src-preload/contract/invoices'
import { cents, formatDollars } from '../../src-preload/contract/money'
import type { Parts } from './document-parts'
import { METHODS, momentWords } from './document-words'
import { STYLES } from './paper-style'
import { openElement } from './tag-structure'
import { type Row, writeTable } from './write-table'

/** Each yes of the customer: when, who, how and under which number, to how much of which estimate, and who wrote it down (16 CCR 3356). */
export async function writeAuthorizations({ flow, root, snapshot: { authorizations, shop } }: Parts): Promise<void> {
  if (authorizations.length === 0) return
  const section = openElement(flow.pen.doc, root, 'Sect')
  const rows = authorizations.map((one): Row => {
    const cell = (text: string, ...notes: readonly string[]) => ({
      texts: [{ text, style: STYLES.body }, ...notes.filter((note) => note !== '').map((note) => ({ text: note, style: STYLES.small }))],
    })
    return {
      cells: [
        cell(momentWords(one.authorizedAt, shop.timezone)),
        cell(one.approvedByName, one.note, ...answerWords(one)),
        cell(METHODS[one.method], one.contact),
        cell(`Version ${one.estimateVersion}`),
        cell(formatDollars(cents(one.authorizedCents))),
        cell(one.recordedByName),
      ],
      padding: [2, 2],
    }
  })
  await writeTable(flow, section, {
    heading: 'Authorizations',
    columns: [
      { title: 'Date and time', widthPt: 118, align: 'left' },
      { title: 'Authorized by', widthPt: 108, align: 'left' },
      { title: 'How', widthPt: 98, align: 'left' },
      { title: 'Estimate', widthPt: 52, align: 'left' },
      { title: 'Amount', widthPt: 66, align: 'right' },
      { title: 'Recorded by', widthPt: 74, align: 'left' },
    ],
    titled: true,
    rows,
  })
  section.end()
  flow.y += 12
}

/** What was added, what was not wanted, and whether the replaced parts are wanted back (16 CCR 3355, 3356). */
function answerWords({ jobs, added, oldPartsWanted }: DocumentSnapshot['authorizations'][number]): string[] {
  const amount = (totalCents: number): string => formatDollars(cents(totalCents))
  const refused = (jobs ?? []).filter(({ answer }) => answer === 'no').map(({ name, totalCents }) => `${name} ${amount(totalCents)}`)
  const more = (added ?? []).map(({ description, totalCents }) => `${description} ${amount(totalCents)}`)
  return [
    ...(more.length > 0 ? [`Added: ${more.join(', ')}`] : []),
    ...(refused.length > 0 ? [`Declined: ${refused.join(', ')}`] : []),
    ...(oldPartsWanted === true ? [OLD_PARTS] : []),
  ]
}

const OLD_PARTS = 'Wants the replaced parts back. Parts that go back to their maker (exchange, warranty) are shown, not given.'
