import { addCents, cents, formatDollars, subtractCents } from '../../src-preload/contract/money'
import type { Parts } from './document-parts'
import { dayWords, TENDERS } from './document-words'
import { CONTENT, INK, STYLES } from './paper-style'
import { drawArtifact, type Element, openElement, writeElement } from './tag-structure'
import { writeText } from './write-text'

const SIGNATURE_HEIGHT = 112
const SIGNED_HEIGHT = 48

/** Where the customer signs an estimate, then what the law wants to be said, then the shop's own words. */
export function writeClosing(parts: Parts): void {
  const { flow, root, snapshot } = parts
  if (snapshot.kind === 'estimate') writeSignature(parts)
  writeCredit(parts)
  writeNotices(parts)
  if (snapshot.footer.trim() === '') return
  flow.ensure(3 * STYLES.small.leadingPt)
  flow.paragraph(root, 'P', snapshot.footer, STYLES.small)
}

/** Why a bill is corrected, and which way the money went back. */
function writeCredit({ flow, root, snapshot: { credit, totalCents } }: Parts): void {
  if (!credit) return
  const refunded = addCents(...credit.refunds.map(({ amountCents }) => cents(amountCents)))
  const rest = subtractCents(cents(totalCents), refunded)
  const ways = credit.refunds.map(({ method, amountCents, roundingCents, reference, toCredit }) => {
    const back = formatDollars(subtractCents(cents(amountCents), cents(roundingCents)))
    if (toCredit) return `Put on the customer’s account, to pay with at this shop: ${back}`
    const rounded = roundingCents === 0 ? '' : ` (${formatDollars(cents(amountCents))} rounded to the nearest coin)`
    const tender = TENDERS[method]
    return `Refunded by ${tender.charAt(0).toLowerCase()}${tender.slice(1)}${reference === '' ? '' : `, ${reference}`}: ${back}${rounded}`
  })
  flow.ensure(STYLES.section.leadingPt + (3 + ways.length) * STYLES.body.leadingPt)
  const section = openElement(flow.pen.doc, root, 'Sect')
  flow.paragraph(section, 'H2', 'This credit', STYLES.section)
  const of = `It corrects invoice ${credit.invoiceNumber} of ${dayWords(credit.invoiceDate)} over ${formatDollars(cents(credit.invoiceTotalCents))}, which stays as it is.`
  flow.paragraph(section, 'P', `${of} Reason: ${credit.reason}`, STYLES.body)
  if (rest > 0) flow.paragraph(section, 'P', `${formatDollars(rest)} is taken off what was due on the invoice.`, STYLES.body)
  for (const way of ways) flow.paragraph(section, 'P', way, STYLES.strong)
  section.end()
  flow.y += 10
}

function limitWords(allowance: string | undefined): string {
  if (allowance === undefined) return 'The shop will not go beyond this amount or do other work without asking me first.'
  return `Without asking me first the shop may go beyond this amount only as far as the law allows: ${allowance}.`
}

/** Frozen with the paper: what the state asked for on its day. */
function writeNotices(parts: Parts): void {
  const { flow, root, snapshot } = parts
  for (const { title, text, signed } of snapshot.notices ?? []) {
    flow.ensure(STYLES.strong.leadingPt + 2 * STYLES.body.leadingPt + (signed ? SIGNED_HEIGHT : 0))
    const section = openElement(flow.pen.doc, root, 'Sect')
    flow.paragraph(section, 'H2', title, STYLES.strong)
    flow.paragraph(section, 'P', text, STYLES.body)
    if (signed) {
      flow.y += 24
      writeSigningLines(parts, section, [
        ['Signature for the shop', CONTENT.left, 240],
        ['Date', CONTENT.left + 258, 90],
      ])
    }
    section.end()
    flow.y += signed ? STYLES.small.leadingPt + 12 : 8
  }
}

type SigningLine = readonly [label: string, x: number, widthPt: number]

function writeSigningLines({ flow }: Parts, section: Element, lines: readonly SigningLine[]): void {
  const { pen } = flow
  for (const [label, x, widthPt] of lines) {
    flow.rule(INK.text, x, widthPt)
    writeElement(pen.doc, section, 'P', () =>
      writeText(pen, { text: label, direction: 'ltr' }, STYLES.small, { x, y: flow.y + 2, widthPt, align: 'left' }),
    )
  }
}

function writeSignature(parts: Parts): void {
  const { flow, root, snapshot } = parts
  const { pen } = flow
  const { doc } = pen
  flow.ensure(SIGNATURE_HEIGHT)
  const section = openElement(doc, root, 'Sect')
  const total = formatDollars(cents(snapshot.totalCents))
  flow.paragraph(section, 'H2', 'Your authorization', STYLES.section)
  flow.paragraph(
    section,
    'P',
    `I authorize the work described above for an estimated total of ${total}. ${limitWords(snapshot.allowance)}`,
    STYLES.body,
  )
  flow.y += 6
  // The fonts have no empty check box.
  drawArtifact(doc, 'Layout', () =>
    doc
      .lineWidth(0.8)
      .strokeColor(INK.text)
      .rect(CONTENT.left, flow.y + 1.6, 9, 9)
      .stroke(),
  )
  flow.paragraph(section, 'P', 'Please return the replaced parts to me.', STYLES.body, {
    x: CONTENT.left + 16,
    widthPt: CONTENT.width - 16,
  })
  flow.y += 32
  writeSigningLines(parts, section, [
    ['Customer signature', CONTENT.left, 240],
    ['Name in print', CONTENT.left + 258, 150],
    ['Date', CONTENT.left + 426, CONTENT.width - 426],
  ])
  section.end()
  flow.y += STYLES.small.leadingPt + 16
}
