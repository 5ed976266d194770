import { cityWords, dayWords, joinWords, milesWords, momentWords, TERMS, titleWords } from './document-words'
import type { Parts } from './document-parts'
import { BODY_BOTTOM, CONTENT, INK, MARGIN, PAGE, type Style, STYLES } from './paper-style'
import type { Logo } from './read-logo'
import { drawArtifact, type Element, openElement, writeElement } from './tag-structure'
import { wrapText } from './wrap-text'
import { type Pen, writeText } from './write-text'

interface Block {
  readonly x: number
  readonly widthPt: number
}

interface Entry {
  readonly text: string
  readonly style: Style
  /** ends in an ellipsis beyond these */
  readonly maxLines?: number
}

const LOGO = { widthPt: 180, heightPt: 52 } as const
const FACTS: Block = { x: 366, widthPt: CONTENT.right - 366 }
const STAMP: Block = { x: CONTENT.right - 52, widthPt: 52 }
const LEFT: Block = { x: CONTENT.left, widthPt: 290 }
const COLUMNS: readonly [Block, Block] = [
  { x: CONTENT.left, widthPt: 246 },
  { x: CONTENT.left + 270, widthPt: 246 },
]
const FACT_LABEL = 84

/** Shop and document, then customer and vehicle, then what the customer said: the upper half of the first page. */
export function writeHead(parts: Parts, logo: Logo | null): void {
  const { flow, root, snapshot } = parts
  const top = flow.y
  writeShop(parts, logo)
  const left = flow.y
  flow.y = top
  writeFacts(parts)
  flow.y = Math.max(left, flow.y) + 10
  flow.rule(INK.accent)
  flow.y += 10
  const start = flow.y
  writeCustomer(parts)
  const customerEnd = flow.y
  flow.y = start
  writeVehicle(parts)
  flow.y = Math.max(customerEnd, flow.y) + 12
  if (snapshot.complaint.trim() === '') return
  const section = openElement(flow.pen.doc, root, 'Sect')
  flow.paragraph(section, 'H2', 'Complaint', STYLES.section)
  flow.paragraph(section, 'P', snapshot.complaint, STYLES.body)
  section.end()
  flow.y += 10
}

/** In one line on every page but the first. */
export function drawContinuedHead({ flow, snapshot, isVoid }: Parts): void {
  const { pen } = flow
  const what = `${titleWords(snapshot)} ${snapshot.number}${isVoid ? ' (VOID)' : ''}`
  drawArtifact(pen.doc, 'Pagination', () => {
    const y = MARGIN.top
    drawClipped(pen, snapshot.shop.name, STYLES.strong, { x: CONTENT.left, widthPt: 220 }, y, 'left')
    drawClipped(pen, what, STYLES.strong, { x: 290, widthPt: CONTENT.right - 290 }, y, 'right')
    const who = joinWords(snapshot.customer.name, snapshot.vehicle.label)
    drawClipped(pen, who, STYLES.small, { x: CONTENT.left, widthPt: 340 }, y + 13, 'left')
    drawClipped(pen, `Repair order ${snapshot.orderNumber}`, STYLES.small, { x: 400, widthPt: CONTENT.right - 400 }, y + 13, 'right')
    flow.drawRule(INK.accent, CONTENT.left, CONTENT.width, y + 29)
  })
}

/** Written last, when the number of pages is known. */
export function drawPageFoot({ flow, snapshot }: Parts, page: number, pages: number): void {
  const { pen } = flow
  const y = PAGE.height - 37
  const name = joinWords(snapshot.shop.name, snapshot.shop.phone, `${titleWords(snapshot)} ${snapshot.number}`)
  drawArtifact(pen.doc, 'Pagination', () => {
    flow.drawRule(INK.rule, CONTENT.left, CONTENT.width, y - 5)
    drawClipped(pen, name, STYLES.small, { x: CONTENT.left, widthPt: 420 }, y, 'left')
    drawClipped(pen, `Page ${page} of ${pages}`, STYLES.small, { x: 470, widthPt: CONTENT.right - 470 }, y, 'right')
  })
}

/** Large and pale under the text, so that a void invoice, or one made in practice, cannot be taken for a good one, nor its figures be hidden. */
export function drawWatermark({ flow: { pen } }: Pick<Parts, 'flow'>, word: 'VOID' | 'PRACTICE'): void {
  const { doc } = pen
  const style = word === 'VOID' ? STYLES.watermark : STYLES.longWatermark
  drawArtifact(doc, 'Pagination', () => {
    doc.save()
    doc.rotate(-52, { origin: [PAGE.width / 2, PAGE.height / 2] })
    const y = PAGE.height / 2 - style.leadingPt / 2
    writeText(pen, { text: word, direction: 'ltr' }, style, { x: 0, y, widthPt: PAGE.width, align: 'center' })
    doc.restore()
  })
}

function writeShop({ flow, root, snapshot: { shop } }: Parts, logo: Logo | null): void {
  const { doc } = flow.pen
  if (logo) {
    const scale = Math.min(LOGO.widthPt / logo.width, LOGO.heightPt / logo.height)
    const figure = doc.struct('Figure', { alt: `Logo of ${shop.name}` })
    root.add(figure)
    figure.add(() => doc.image(logo.bytes as Buffer, LEFT.x, flow.y, { width: logo.width * scale, height: logo.height * scale })).end()
    flow.y += logo.height * scale + 7
  }
  writeEntries(flow, root, LEFT, [
    { text: shop.name, style: STYLES.shopName, maxLines: 3 },
    { text: shop.address, style: STYLES.body },
    { text: cityWords(shop), style: STYLES.body },
    { text: joinWords(shop.phone, shop.email), style: STYLES.body },
    { text: shop.registrationNumber && `Registration no. ${shop.registrationNumber}`, style: STYLES.body },
  ])
}

function writeFacts(parts: Parts): void {
  const { flow, root, snapshot, isVoid } = parts
  const { doc } = flow.pen
  writeElement(doc, root, 'H1', () => {
    writeText(flow.pen, { text: titleWords(snapshot).toUpperCase(), direction: 'ltr' }, STYLES.title, {
      ...FACTS,
      y: flow.y - 4,
      align: 'left',
    })
    if (!isVoid) return
    writeText(flow.pen, { text: 'VOID', direction: 'ltr' }, STYLES.stamp, { ...STAMP, y: flow.y + 1, align: 'center' })
  })
  if (isVoid) {
    drawArtifact(doc, 'Layout', () => doc.lineWidth(1.2).strokeColor(INK.void).rect(STAMP.x, flow.y, STAMP.widthPt, 18).stroke())
  }
  flow.y += STYLES.title.leadingPt + 2
  for (const [label, value, style] of documentFacts(parts)) {
    if (value === '') continue
    const lines = wrapText(flow.pen, value, style, FACTS.widthPt - FACT_LABEL, 3)
    writeElement(doc, root, 'P', () => {
      writeText(flow.pen, { text: label, direction: 'ltr' }, { ...STYLES.body, color: INK.muted }, { ...FACTS, y: flow.y, align: 'left' })
      for (const line of lines) {
        writeText(flow.pen, line, style, { x: FACTS.x + FACT_LABEL, y: flow.y, widthPt: FACTS.widthPt - FACT_LABEL, align: 'left' })
        flow.y += style.leadingPt
      }
    })
  }
}

function documentFacts({ snapshot }: Parts): readonly (readonly [label: string, value: string, style: Style])[] {
  const { kind, number, orderNumber, estimateVersion, date, dueDate, terms, promisedAt, serviceWriter, technician, shop, credit } = snapshot
  const isEstimate = kind === 'estimate'
  return [
    [`${titleWords(snapshot)} no.`, number, STYLES.strong],
    ['For invoice', credit?.invoiceNumber ?? '', STYLES.body],
    ['Repair order', orderNumber, STYLES.body],
    ['PO number', snapshot.purchaseOrder ?? '', STYLES.body],
    ['Version', isEstimate && estimateVersion !== null ? String(estimateVersion) : '', STYLES.body],
    ['Date', dayWords(date), STYLES.body],
    ['Terms', terms === null ? '' : TERMS[terms], STYLES.body],
    ['Due', dueDate === null || terms === 'due_on_receipt' ? '' : dayWords(dueDate), STYLES.body],
    ['Promised', promisedAt === null ? '' : momentWords(promisedAt, shop.timezone), STYLES.body],
    ['Service writer', serviceWriter, STYLES.body],
    ['Technician', technician, STYLES.body],
  ]
}

function writeCustomer({ flow, root, snapshot: { customer } }: Parts): void {
  const contact = customer.contactName === customer.name ? '' : customer.contactName
  const section = openElement(flow.pen.doc, root, 'Sect')
  writeEntries(flow, section, COLUMNS[0], [
    { text: 'Customer', style: STYLES.section },
    { text: customer.name, style: STYLES.strong, maxLines: 4 },
    { text: contact && `Attn. ${contact}`, style: STYLES.body },
    { text: customer.address, style: STYLES.body },
    { text: cityWords(customer), style: STYLES.body },
    { text: customer.phone, style: STYLES.body },
    { text: customer.email, style: STYLES.body },
    { text: exemptWords(customer), style: STYLES.strong },
  ])
  section.end()
}

export function exemptWords({ taxExempt, taxExemptNumber }: { taxExempt: boolean; taxExemptNumber: string }): string {
  if (!taxExempt) return ''
  return taxExemptNumber === '' ? 'Tax exempt' : `Tax exempt, certificate ${taxExemptNumber}`
}

function writeVehicle({ flow, root, snapshot: { vehicle } }: Parts): void {
  const { odometerIn, odometerOut, plate, plateState } = vehicle
  const odometer = [odometerIn === null ? '' : `in ${milesWords(odometerIn)}`, odometerOut === null ? '' : `out ${milesWords(odometerOut)}`]
  const reading = joinWords(...odometer)
  const section = openElement(flow.pen.doc, root, 'Sect')
  writeEntries(flow, section, COLUMNS[1], [
    { text: 'Vehicle', style: STYLES.section },
    { text: vehicle.label, style: STYLES.strong, maxLines: 4 },
    { text: joinWords(vehicle.color, vehicle.engine), style: STYLES.body },
    { text: vehicle.vin && `VIN ${vehicle.vin}`, style: STYLES.body },
    { text: plate && `Plate ${[plate, plateState].filter(Boolean).join(' ')}`, style: STYLES.body },
    { text: reading && `Odometer ${reading}`, style: STYLES.body },
  ])
  section.end()
}

function writeEntries(flow: Parts['flow'], parent: Element, block: Block, entries: readonly Entry[]): void {
  for (const { text, style, maxLines = 3 } of entries) {
    if (text.trim() === '' || flow.y > BODY_BOTTOM) continue
    const lines = wrapText(flow.pen, text, style, block.widthPt, maxLines)
    writeElement(flow.pen.doc, parent, style === STYLES.section ? 'H2' : 'P', () => {
      for (const line of lines) {
        writeText(flow.pen, line, style, { ...block, y: flow.y, align: 'left' })
        flow.y += style.leadingPt
      }
    })
  }
}

function drawClipped(pen: Pen, text: string, style: Style, block: Block, y: number, align: 'left' | 'right'): void {
  const [line] = wrapText(pen, text.replaceAll('\n', ' '), style, block.widthPt, 1)
  if (line) writeText(pen, line, style, { ...block, y, align })
}
