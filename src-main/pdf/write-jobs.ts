import type { DocumentSnapshot } from '../../src-preload/contract/invoices'
import { termsWords } from '../../src-preload/contract/line-terms'
import {
  addCents,
  cents,
  formatDollars,
  formatHundredths,
  type Cents,
  type Hundredths,
  subtractCents,
  ZERO,
} from '../../src-preload/contract/money'
import type { Parts } from './document-parts'
import { CONDITIONS } from './document-words'
import { INK, type Style, STYLES } from './paper-style'
import { openElement } from './tag-structure'
import { type Cell, type Column, type Row, writeTable } from './write-table'

type Job = DocumentSnapshot['jobs'][number]
type Line = Job['lines'][number]

const COLUMNS: readonly Column[] = [
  { title: 'Description', widthPt: 188, align: 'left' },
  { title: 'Part no.', widthPt: 86, align: 'left' },
  { title: 'Condition', widthPt: 76, align: 'left' },
  { title: 'Qty', widthPt: 34, align: 'right' },
  { title: 'Unit price', widthPt: 56, align: 'right' },
  { title: 'Tax', widthPt: 24, align: 'center' },
  { title: 'Amount', widthPt: 52, align: 'right' },
]
const MUTED: Style = { ...STYLES.body, color: INK.muted }

/** Every job with what was wrong, why, what was done, its lines and what it comes to. */
export async function writeJobs({ flow, root, snapshot }: Parts): Promise<void> {
  const jobs = snapshot.jobs.filter(({ lines }) => lines.length > 0)
  if (jobs.length === 0) return
  const section = openElement(flow.pen.doc, root, 'Sect')
  await writeTable(flow, section, {
    heading: { estimate: 'Proposed work', invoice: 'Work performed', credit_note: 'Credited' }[snapshot.kind],
    columns: COLUMNS,
    titled: true,
    rows: jobs.flatMap((job, index) => jobRows(job, index, snapshot.customer.taxExempt)),
  })
  section.end()
  flow.y += 12
}

/** What a line adds to the bill: a discount takes away, whichever sign it was stored with. */
export function lineAmount(line: Pick<Line, 'type' | 'totalCents'>): Cents {
  return line.type === 'discount' ? subtractCents(ZERO, cents(Math.abs(line.totalCents))) : cents(line.totalCents)
}

export function isTaxed(line: Pick<Line, 'taxable'>, taxExempt: boolean): boolean {
  return line.taxable && !taxExempt
}

function jobRows(job: Job, index: number, taxExempt: boolean): Row[] {
  const total = addCents(...job.lines.map(lineAmount))
  const rows: Row[] = [headRow(job, index)]
  for (const line of job.lines) rows.push(lineRow(line, taxExempt))
  const last = rows.length - 1
  rows[last] = { ...(rows[last] ?? headRow(job, index)), withNext: true }
  rows.push({
    cells: [
      { texts: [{ text: `Subtotal ${job.name}`, style: MUTED }], span: COLUMNS.length - 1, heading: true, align: 'right' },
      { texts: [{ text: formatDollars(total), style: STYLES.strong }], align: 'right' },
    ],
    padding: [2, 6],
  })
  return rows
}

function headRow(job: Job, index: number): Row {
  const findings = [
    ['Complaint', job.complaint],
    ['Cause', job.cause],
    ['Correction', job.correction],
  ] as const
  const texts = findings
    .filter(([, text]) => text.trim() !== '')
    .map(([label, text]) => ({ text: `${label}: ${text}`, style: STYLES.small }))
  return {
    cells: [{ texts: [{ text: job.name, style: STYLES.job }, ...texts], span: COLUMNS.length, heading: true, align: 'left' }],
    padding: [5, 2],
    ruleAbove: index > 0,
    withNext: true,
  }
}

function lineRow(line: Line, taxExempt: boolean): Row {
  const amount = lineAmount(line)
  const cells: Cell[] = [
    { texts: [{ text: line.description, style: STYLES.body }, ...termsOf(line)] },
    // Of each part it must be said whether it is new, used, rebuilt or reconditioned (16 CCR 3356); the notice by the totals covers a blank.
    cell(line.type === 'part' ? line.partNumber : '', MUTED),
    cell(line.type === 'part' && line.partCondition !== null ? CONDITIONS[line.partCondition] : '', MUTED),
    cell(`${formatHundredths(line.quantityHundredths as Hundredths)}${line.type === 'labor' ? ' h' : ''}`),
    cell(formatDollars(line.type === 'discount' ? subtractCents(ZERO, cents(Math.abs(line.unitPriceCents))) : cents(line.unitPriceCents))),
    cell(isTaxed(line, taxExempt) ? 'T' : ''),
    cell(formatDollars(amount)),
  ]
  return { cells, padding: [1.25, 1.25] }
}

/** Under the words of a line: what is not returned, its warranty. */
function termsOf({ terms }: Line): Cell['texts'] {
  return terms ? termsWords(terms).map((text) => ({ text, style: STYLES.small })) : []
}

const cell = (text: string, style: Style = STYLES.body): Cell => ({ texts: [{ text, style }] })
