import { type LineTerms, onlyShownWords, termsWords } from '../../src-preload/contract/line-terms'
import { formatHundredths, type Hundredths } from '../../src-preload/contract/money'
import { assertOutsideTransaction } from '../database/transaction'
import { joinWords, milesWords, momentWords } from './document-words'
import { drawCode39 } from './draw-code39'
import { drawInTurn } from './draw-in-turn'
import { loadFonts } from './load-fonts'
import { openDocument } from './open-document'
import { PageFlow } from './page-flow'
import { CONTENT, INK, MARGIN, PAGE, type Style, STYLES } from './paper-style'
import { drawArtifact, type Element, openElement, writeElement } from './tag-structure'
import { drawWatermark } from './write-head'
import { type Column, type Row, writeTable } from './write-table'
import { type Align, writeText } from './write-text'

/** What a technician needs to know of an order: nothing of money, nothing of how to reach the customer. */
export interface WorkOrder {
  readonly shopName: string
  readonly timezone: string
  /** in the shop's time, 'YYYY-MM-DD' */
  readonly today: string
  readonly orderNumber: string
  readonly priority: 'low' | 'normal' | 'high' | 'urgent'
  readonly checkedInAt: string
  readonly promisedAt: string | null
  readonly technician: string
  readonly bay: string
  readonly serviceWriter: string
  readonly customerName: string
  readonly vehicle: {
    readonly label: string
    readonly vin: string
    readonly plate: string
    readonly color: string
    readonly engine: string
    readonly odometerIn: number | null
  }
  readonly complaint: string
  readonly technicianNotes: string
  readonly oldPartsWanted: boolean
  readonly jobs: readonly WorkOrderJob[]
  /** work that the customer has not said yes to */
  readonly undecided: readonly string[]
}

export interface WorkOrderJob {
  readonly name: string
  readonly complaint: string
  readonly cause: string
  readonly correction: string
  readonly lines: readonly {
    readonly type: 'labor' | 'part' | 'fee'
    readonly description: string
    readonly partNumber: string
    /** where the part lies */
    readonly bin: string
    readonly quantityHundredths: number
    readonly terms?: LineTerms | null
  }[]
}

interface Sheet {
  readonly flow: PageFlow
  readonly root: Element
  readonly order: WorkOrder
}

const WIDTHS = { label: 66, left: 234, right: 150 } as const
const FACTS: readonly Column[] = [
  { title: '', widthPt: WIDTHS.label, align: 'left' },
  { title: '', widthPt: WIDTHS.left, align: 'left' },
  { title: '', widthPt: WIDTHS.label, align: 'left' },
  { title: '', widthPt: WIDTHS.right, align: 'left' },
]
const LINES: readonly Column[] = [
  { title: 'Done', widthPt: 36, align: 'left' },
  { title: 'Work and parts', widthPt: 252, align: 'left' },
  { title: 'Part no.', widthPt: 102, align: 'left' },
  { title: 'Bin', widthPt: 76, align: 'left' },
  { title: 'Qty', widthPt: 50, align: 'right' },
]
const MUTED: Style = { ...STYLES.body, color: INK.muted }
const SIGN_OFF_HEIGHT = 92

/** The sheet that goes with the car, as PDF: Letter, tagged; `practice` marks it as made in practice. @throws InvariantError inside a transaction */
export function renderWorkOrder(order: WorkOrder, { practice = false } = {}): Promise<Uint8Array> {
  assertOutsideTransaction('making a PDF')
  return drawInTurn(() => render(order, practice))
}

async function render(order: WorkOrder, practice: boolean): Promise<Uint8Array> {
  const title = `Work order ${order.orderNumber}${practice ? ' (practice)' : ''}`
  const facts = { order, ...(practice ? { practice } : {}) }
  const { doc, bytes } = await openDocument({ title, author: order.shopName, subject: title, day: order.today, facts })
  const root = doc.struct('Document')
  doc.addStructure(root)
  const furniture = { background: () => practice && drawWatermark(sheet, 'PRACTICE'), continuedHead: () => drawContinued(sheet) }
  const sheet: Sheet = { flow: new PageFlow({ doc, fonts: loadFonts(doc) }, furniture), root, order }
  sheet.flow.start()
  writeTop(sheet)
  await writeFacts(sheet)
  writeWords(sheet)
  await writeWork(sheet)
  writeSignOff(sheet)
  root.end()
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page)
    drawFoot(sheet, page + 1, count)
  }
  doc.end()
  return bytes
}

function writeTop({ flow, root, order }: Sheet): void {
  const { pen } = flow
  const at = (align: Align) => ({ x: CONTENT.left, widthPt: CONTENT.width, align })
  writeElement(pen.doc, root, 'H1', () =>
    writeText(pen, { text: `WORK ORDER ${order.orderNumber}`, direction: 'ltr' }, STYLES.title, { ...at('left'), y: flow.y }),
  )
  drawArtifact(pen.doc, 'Layout', () => {
    drawCode39(pen.doc, order.orderNumber.toUpperCase(), { right: CONTENT.right, y: flow.y, widthPt: 190, heightPt: 32 })
  })
  flow.y += STYLES.title.leadingPt
  flow.paragraph(root, 'P', order.shopName, MUTED, { widthPt: 300 })
  flow.y += 6
  flow.rule(INK.accent)
  flow.y += 8
}

/** On every page but the first. */
function drawContinued({ flow: { pen }, order }: Sheet): void {
  const words = joinWords(`Work order ${order.orderNumber}`, order.vehicle.label, order.customerName)
  const place = { x: CONTENT.left, y: MARGIN.top, widthPt: CONTENT.width, align: 'left' as const }
  drawArtifact(pen.doc, 'Pagination', () => writeText(pen, { text: words, direction: 'ltr' }, STYLES.strong, place))
}

function drawFoot({ flow: { pen }, order }: Sheet, page: number, pages: number): void {
  const text = joinWords(`Work order ${order.orderNumber}`, `Page ${page} of ${pages}`)
  const place = { x: CONTENT.left, y: PAGE.height - 37, widthPt: CONTENT.width, align: 'right' as const }
  drawArtifact(pen.doc, 'Pagination', () => writeText(pen, { text, direction: 'ltr' }, STYLES.small, place))
}

async function writeFacts({ flow, root, order }: Sheet): Promise<void> {
  const { vehicle } = order
  const when = (moment: string | null): string => (moment === null ? 'no promise' : momentWords(moment, order.timezone))
  const pairs: [label: string, value: string][][] = [
    [
      ['Vehicle', vehicle.label],
      ['Promised', when(order.promisedAt)],
    ],
    [
      ['Plate', vehicle.plate || '–'],
      ['Technician', order.technician || '–'],
    ],
    [
      ['VIN', vehicle.vin || '–'],
      ['Bay', order.bay || '–'],
    ],
    [
      ['Color, engine', [vehicle.color, vehicle.engine].filter(Boolean).join(', ') || '–'],
      ['Priority', order.priority],
    ],
    [
      ['Odometer in', vehicle.odometerIn === null ? '–' : milesWords(vehicle.odometerIn)],
      ['Checked in', when(order.checkedInAt)],
    ],
    [
      ['Customer', order.customerName],
      ['Writer', order.serviceWriter],
    ],
  ]
  const rows: Row[] = pairs.map((pair) => ({
    cells: pair.flatMap(([label, value]) => [
      { texts: [{ text: label, style: MUTED }] },
      { texts: [{ text: value, style: STYLES.strong }] },
    ]),
    padding: [1.5, 1.5],
  }))
  await writeTable(flow, root, { columns: FACTS, titled: false, rows })
  flow.y += 8
}

/** What the customer says, what the technician was told, and what becomes of the old parts. */
function writeWords({ flow, root, order }: Sheet): void {
  for (const [title, text] of [
    ['Complaint', order.complaint],
    ['Notes', order.technicianNotes],
  ] as const) {
    if (text.trim() === '') continue
    flow.paragraph(root, 'H2', title, STYLES.section)
    flow.paragraph(root, 'P', text, STYLES.body)
    flow.y += 6
  }
  const oldParts = order.oldPartsWanted
    ? `OLD PARTS: KEEP THEM, the customer wants them back. ${onlyShownWords(order.jobs.flatMap(({ lines }) => lines))}`.trim()
    : 'Old parts: the customer did not ask for them.'
  flow.paragraph(root, 'P', oldParts, order.oldPartsWanted ? STYLES.job : MUTED)
  flow.y += 8
}

async function writeWork({ flow, root, order }: Sheet): Promise<void> {
  const rows = order.jobs.flatMap(jobRows)
  if (rows.length === 0) flow.paragraph(root, 'P', 'No work is approved yet. Do not start.', STYLES.job)
  else await writeTable(flow, root, { heading: 'Approved work', columns: LINES, titled: true, rows })
  if (order.undecided.length === 0) return
  flow.y += 8
  flow.ensure(3 * STYLES.body.leadingPt)
  flow.paragraph(root, 'H2', 'Not approved: do not start', STYLES.section)
  for (const text of order.undecided) flow.paragraph(root, 'P', text, STYLES.body)
}

function jobRows({ name, complaint, cause, correction, lines }: WorkOrderJob, index: number): Row[] {
  const findings = [
    ['Complaint', complaint],
    ['Cause', cause],
    ['Correction', correction],
  ] as const
  const texts = findings.filter(([, text]) => text !== '').map(([label, text]) => ({ text: `${label}: ${text}`, style: STYLES.small }))
  const head: Row = {
    cells: [{ texts: [{ text: name || 'Other work', style: STYLES.job }, ...texts], span: LINES.length, heading: true }],
    padding: [5, 2],
    ruleAbove: index > 0,
    withNext: true,
  }
  return [head, ...lines.map(lineRow)]
}

function lineRow({ type, description, partNumber, bin, quantityHundredths, terms }: WorkOrderJob['lines'][number]): Row {
  const quantity = `${formatHundredths(quantityHundredths as Hundredths)}${type === 'labor' ? ' h' : ''}`
  const notes = terms ? termsWords(terms, { withPrices: false }).map((text) => ({ text, style: STYLES.small })) : []
  const cells = ['[     ]', description, partNumber, bin, quantity].map((text, at) => ({
    texts: [{ text, style: STYLES.body }, ...(at === 1 ? notes : [])],
  }))
  return { cells, padding: [3, 3] }
}

/** Where the technician writes by hand. */
function writeSignOff({ flow, root }: Sheet): void {
  const { pen } = flow
  flow.y += 14
  flow.ensure(SIGN_OFF_HEIGHT)
  const section = openElement(pen.doc, root, 'Sect')
  flow.paragraph(section, 'H2', 'Findings', STYLES.section)
  for (let line = 0; line < 2; line += 1) {
    flow.y += 20
    flow.rule()
  }
  flow.y += 30
  for (const [label, x, widthPt] of [
    ['Odometer out', CONTENT.left, 110],
    ['Technician', CONTENT.left + 128, 200],
    ['Date and time', CONTENT.left + 346, CONTENT.width - 346],
  ] as const) {
    flow.rule(INK.text, x, widthPt)
    writeElement(pen.doc, section, 'P', () =>
      writeText(pen, { text: label, direction: 'ltr' }, STYLES.small, { x, y: flow.y + 2, widthPt, align: 'left' }),
    )
  }
  section.end()
}
