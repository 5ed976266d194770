import { drawInTurn } from '../pdf/draw-in-turn'
import { type Fonts, loadFonts, type PdfDocument } from '../pdf/load-fonts'
import { baseDirection, type Run, splitRuns } from '../pdf/split-runs'
import { cleanText } from '../pdf/write-text'
import { type Bitmap, fillOutlines, newBitmap, type Outline } from './fill-outline'

/** One line of a receipt as a picture. */
export interface DrawnLine {
  readonly left: string
  readonly right: string
  readonly align: 'left' | 'center' | 'right'
  readonly strong: boolean
  readonly sizeDots: number
}

interface PathCommand {
  readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'
  readonly args: readonly number[]
}

/** What fontkit, inside pdfkit, knows of a font. */
interface OutlineFont {
  readonly unitsPerEm: number
  layout(
    text: string,
    features?: readonly string[],
  ): {
    readonly glyphs: readonly { readonly path: { readonly commands: readonly PathCommand[] } }[]
    readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[]
    readonly advanceWidth: number
  }
}

const BASELINE = 0.77
const LINE_HEIGHT = 1.34
const CURVE_STEPS = 6
const GAP_EM = 0.5

/** Draws a line in every script the documents are printed in; too long, it is drawn smaller. Its height is a multiple of 8 dots. */
export function drawLine(line: DrawnLine, widthDots: number): Promise<Bitmap> {
  return drawInTurn(async () => {
    const { default: PDFDocument } = await import('pdfkit')
    const doc: PdfDocument = new PDFDocument({ font: null as unknown as string, autoFirstPage: false })
    return draw(doc, loadFonts(doc), line, widthDots)
  })
}

function draw(doc: PdfDocument, fonts: Fonts, line: DrawnLine, widthDots: number): Bitmap {
  const pen = { doc, fonts, strong: line.strong }
  const [left, right] = [measure(pen, line.left), measure(pen, line.right)]
  const gapEm = line.left === '' || line.right === '' ? 0 : GAP_EM
  const size = Math.min(line.sizeDots, widthDots / Math.max(left.widthEm + gapEm + right.widthEm, 0.01))
  const bitmap = newBitmap(widthDots, Math.ceil((line.sizeDots * LINE_HEIGHT) / 8) * 8)
  const spare = widthDots - left.widthEm * size
  const x = line.right !== '' || line.align === 'left' ? 0 : line.align === 'right' ? spare : spare / 2
  const baseline = bitmap.height * BASELINE
  fillOutlines(bitmap, [
    ...left.outlines.map((outline) => placed(outline, size, x, baseline)),
    ...right.outlines.map((outline) => placed(outline, size, widthDots - right.widthEm * size, baseline)),
  ])
  return bitmap
}

function placed(outline: Outline, size: number, x: number, baseline: number): Outline {
  return outline.map(([px, py]) => [x + px * size, baseline - py * size])
}

interface Pen {
  readonly doc: PdfDocument
  readonly fonts: Fonts
  readonly strong: boolean
}

/** Outlines in ems, y up from the baseline. */
function measure(pen: Pen, text: string): { widthEm: number; outlines: Outline[] } {
  const clean = cleanText(text)
  const weight = pen.strong ? 'strong' : 'regular'
  const outlines: Outline[] = []
  let widthEm = 0
  for (const run of splitRuns(pen.fonts, clean, weight, baseDirection(clean))) {
    if (run.script === null) {
      outlines.push(...boxAt(widthEm))
      widthEm += 0.72
      continue
    }
    pen.fonts.use(run.script, weight, 1)
    widthEm += layRun(fontOf(pen.doc), run, widthEm, outlines)
  }
  return { widthEm, outlines }
}

function layRun(font: OutlineFont, run: Run, startEm: number, outlines: Outline[]): number {
  const { glyphs, positions, advanceWidth } = run.shapedFromRight ? font.layout(run.text, []) : font.layout(run.text)
  let x = 0
  for (const [at, glyph] of glyphs.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[at] ?? {}
    for (const outline of outlinesOf(glyph.path.commands)) {
      outlines.push(outline.map(([px, py]) => [startEm + (x + xOffset + px) / font.unitsPerEm, (yOffset + py) / font.unitsPerEm]))
    }
    x += xAdvance
  }
  return advanceWidth / font.unitsPerEm
}

function fontOf(doc: PdfDocument): OutlineFont {
  return (doc as unknown as { _font: { font: OutlineFont } })._font.font
}

/** For a letter that no font has. */
function boxAt(x: number): Outline[] {
  const box = (inset: number): [number, number][] => [
    [x + 0.05 + inset, inset],
    [x + 0.67 - inset, inset],
    [x + 0.67 - inset, 0.71 - inset],
    [x + 0.05 + inset, 0.71 - inset],
  ]
  return [box(0), box(0.08).reverse()]
}

function outlinesOf(commands: readonly PathCommand[]): Outline[] {
  const outlines: [number, number][][] = []
  let current: [number, number][] = []
  for (const { command, args } of commands) {
    const [x0, y0] = current.at(-1) ?? [0, 0]
    if (command === 'moveTo') outlines.push((current = []))
    if (command === 'closePath') continue
    const points = [x0, y0, ...args]
    if (command === 'moveTo' || command === 'lineTo') current.push([args[0] ?? 0, args[1] ?? 0])
    else for (let step = 1; step <= CURVE_STEPS; step += 1) current.push(curvePoint(points, step / CURVE_STEPS))
  }
  return outlines
}

/** De Casteljau, for curves of any degree. */
function curvePoint(points: readonly number[], t: number): [number, number] {
  let level = points
  while (level.length > 2) level = level.slice(0, -2).map((value, at) => value + ((level[at + 2] ?? 0) - value) * t)
  return [level[0] ?? 0, level[1] ?? 0]
}
