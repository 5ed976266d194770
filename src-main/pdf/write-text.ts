import type { Fonts, PdfDocument } from './load-fonts'
import type { Style } from './paper-style'
import { type Direction, type Run, splitRuns } from './split-runs'

/** What writes on one document. */
export interface Pen {
  readonly doc: PdfDocument
  readonly fonts: Fonts
}

export interface Line {
  readonly text: string
  readonly direction: Direction
}

export type Align = 'left' | 'right' | 'center'

const BOX_EM = 0.62
const BOX_ADVANCE_EM = BOX_EM + 0.1
const CAP_HEIGHT_EM = 0.714
/** Noto Sans draws these as letter and mark, and the mark alone has no name in the text of the PDF: Thị would be read as Thi. */
const TAKEN_APART = /[ǹḿṃṅṣẹịọụ]/
const WHOLE_LETTERS = { ccmp: false }
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text as it may be set: composed letters, plain line ends, and none of the marks by which a name could turn round its neighbours. */
export function cleanText(text: string): string {
  const plain = text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(OVERRIDES, '')
  return plain.replace(CONTROL, '').replace(LONE_SURROGATE, '\ufffd').normalize('NFC')
}

/** Width in points of one line. */
export function measureText(pen: Pen, line: Line, style: Style): number {
  let width = 0
  for (const run of splitRuns(pen.fonts, line.text, style.weight, line.direction)) width += measureRun(pen, run, style)
  return width
}

/** Writes one line between `x` and `x + widthPt`; `y` is the top of its line box. */
export function writeText(pen: Pen, line: Line, style: Style, at: { x: number; y: number; widthPt: number; align: Align }): void {
  const { doc } = pen
  const runs = splitRuns(pen.fonts, line.text, style.weight, line.direction).map((run) => ({
    ...run,
    widthPt: measureRun(pen, run, style),
  }))
  const total = runs.reduce((sum, run) => sum + run.widthPt, 0)
  const spare = at.widthPt - total
  let x = at.x + (at.align === 'right' ? spare : at.align === 'center' ? spare / 2 : 0)
  const baseline = at.y + (style.leadingPt + style.sizePt * CAP_HEIGHT_EM) / 2
  for (const run of runs) {
    doc.fillColor(style.color)
    if (run.script === null) drawBox(pen, run.text, x, baseline, style)
    else {
      pen.fonts.use(run.script, style.weight, style.sizePt)
      doc.text(run.text, x, baseline, { lineBreak: false, baseline: 'alphabetic', ...shaping(run) })
    }
    x += run.widthPt
  }
}

type Measured = Pick<Run, 'script' | 'text' | 'shapedFromRight'>

function measureRun(pen: Pen, run: Measured, style: Style): number {
  if (run.script === null) return style.sizePt * BOX_ADVANCE_EM
  pen.fonts.use(run.script, style.weight, style.sizePt)
  return pen.doc.widthOfString(run.text, shaping(run))
}

function shaping(run: Measured): PDFKit.Mixins.TextOptions {
  // Without a list of features pdfkit shapes word by word and leaves the words of a right-to-left run in the wrong order.
  if (run.shapedFromRight) return { features: [] }
  return TAKEN_APART.test(run.text) ? { features: WHOLE_LETTERS as unknown as [] } : {}
}

/** A box where no font has the letter. The true letter goes along, under a blank, for readers and for copying. */
function drawBox({ doc, fonts }: Pen, letter: string, x: number, baseline: number, style: Style): void {
  const height = style.sizePt * CAP_HEIGHT_EM
  doc.markContent('Span', { actual: letter })
  doc.lineWidth(style.sizePt / 14).strokeColor(style.color)
  doc.rect(x + style.sizePt * 0.05, baseline - height, style.sizePt * BOX_EM, height).stroke()
  fonts.use('latin', style.weight, style.sizePt)
  doc.text(' ', x, baseline, { lineBreak: false, baseline: 'alphabetic' })
  doc.endMarkedContent()
}
