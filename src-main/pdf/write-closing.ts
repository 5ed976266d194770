import { cents, formatDollars } from '../../src-preload/contract/money'
import type { Parts } from './document-parts'
import { CONTENT, INK, STYLES } from './paper-style'
import { drawArtifact, openElement, writeElement } from './tag-structure'
import { writeText } from './write-text'

const SIGNATURE_HEIGHT = 112

/** Where the customer signs an estimate, then the shop's own words. */
export function writeClosing(parts: Parts): void {
  const { flow, root, snapshot } = parts
  if (snapshot.kind === 'estimate') writeSignature(parts)
  if (snapshot.footer.trim() === '') return
  flow.ensure(3 * STYLES.small.leadingPt)
  flow.paragraph(root, 'P', snapshot.footer, STYLES.small)
}

function writeSignature({ flow, root, snapshot }: Parts): void {
  const { pen } = flow
  const { doc } = pen
  flow.ensure(SIGNATURE_HEIGHT)
  const section = openElement(doc, root, 'Sect')
  const total = formatDollars(cents(snapshot.totalCents))
  flow.paragraph(section, 'H2', 'Your authorization', STYLES.section)
  flow.paragraph(
    section,
    'P',
    `I authorize the work described above for an estimated total of ${total}. The shop will not go beyond this amount or do other work without asking me first.`,
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
  for (const [label, x, widthPt] of [
    ['Customer signature', CONTENT.left, 240],
    ['Name in print', CONTENT.left + 258, 150],
    ['Date', CONTENT.left + 426, CONTENT.width - 426],
  ] as const) {
    flow.rule(INK.text, x, widthPt)
    writeElement(doc, section, 'P', () =>
      writeText(pen, { text: label, direction: 'ltr' }, STYLES.small, { x, y: flow.y + 2, widthPt, align: 'left' }),
    )
  }
  section.end()
  flow.y += STYLES.small.leadingPt + 16
}
