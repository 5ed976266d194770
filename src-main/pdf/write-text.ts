import type { Fonts, PdfDocument } from './load-fonts'
import type { Style } from './paper-style'
import { type Direction, splitRuns } from './split-runs'

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
const CAP_HEIGHT_EM = 0.714
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Text as it may be set: composed letters, plain line ends, and none of the marks by which a name could turn round its neighbours. */
export function cleanText(text: string): string {
  const plain = text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n').replaceAll('\t', ' ').replace(OVERRIDES, '')
  return plain.replace(CONTROL, '').replace(LONE_SURROGATE, '\ufffd').normalize('NFC')
}

/** Width in points of one line. */
export function measureText(pen: Pen, line: Line, style: Style): number {
  let width = 0
  for (const run of splitRuns(pen.fonts, line.text, style.weight, line.direction)) width += measureRun(pen, run, style)
  return width
}

/**
 * Writes one line between `x` and `x + widthPt`; `y` is the top of its line box. Where the order on paper is not the order of reading, or a
 * box stands for a letter, the true text goes along for readers and for copying.
 */
export function writeText(pen: Pen, line: Line, style: Style, at: { x: number; y: number; widthPt: number; align: Align }): void {
  const { doc } = pen
  const runs = splitRuns(pen.fonts, line.text, style.weight, line.direction).map((run) => ({ ...run, widthPt: measureRun(pen, run, style) }))
  const total = runs.reduce((sum, run) => sum + run.widthPt, 0)
  const spare = at.widthPt - total
  let x = at.x + (at.align === 'right' ? spare : at.align === 'center' ? spare / 2 : 0)
  const baseline = at.y + (style.leadingPt + style.sizePt * CAP_HEIGHT_EM) / 2
  const spoken = runs.some((run) => run.script === null || run.shapedFromRight)
  if (spoken) doc.markContent('Span', { actual: line.text })
  for (const run of runs) {
    doc.fillColor(style.color)
    if (run.script === null) drawBox(doc, x, baseline, style)
    else {
      pen.fonts.use(run.script, style.weight, style.sizePt)
      // Without a list of features pdfkit shapes word by word and leaves the words of a right-to-left run in the wrong order.
      doc.text(run.text, x, baseline, { lineBreak: false, baseline: 'alphabetic', ...(run.shapedFromRight ? { features: [] } : {}) })
    }
    x += run.widthPt
  }
  if (spoken) doc.endMarkedContent()
}

function measureRun(pen: Pen, run: { script: Parameters<Fonts['use']>[0] | null; text: string; shapedFromRight: boolean }, style: Style): number {
  if (run.script === null) return style.sizePt * (BOX_EM + 0.1)
  pen.fonts.use(run.script, style.weight, style.sizePt)
  return pen.doc.widthOfString(run.text, run.shapedFromRight ? { features: [] } : {})
}

function drawBox(doc: PdfDocument, x: number, baseline: number, style: Style): void {
  const size = style.sizePt * BOX_EM
  doc.lineWidth(style.sizePt / 14).strokeColor(style.color)
  doc.rect(x + style.sizePt * 0.05, baseline - style.sizePt * CAP_HEIGHT_EM, size, style.sizePt * CAP_HEIGHT_EM).stroke()
}
