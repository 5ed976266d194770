import { BODY_BOTTOM, CONTENT, CONTINUED_TOP, INK, MARGIN, type Style } from './paper-style'
import { drawArtifact, type Element, openElement } from './tag-structure'
import { wrapText } from './wrap-text'
import { type Line, type Pen, writeText } from './write-text'

export interface Furniture {
  /** under everything, on every page */
  background(): void
  /** the document's head in one line, on every page but the first */
  continuedHead(): void
}

const BREATH_MS = 12

/** The place on the paper where the next thing goes, and what happens when a page is full. */
export class PageFlow {
  /** top of what is written next, in points from the top of the page */
  y: number = MARGIN.top
  /** written again at the top of each page while it is set: the head of a table */
  repeated: (() => void) | undefined
  #top: number = MARGIN.top
  #lastBreath = performance.now()

  constructor(
    readonly pen: Pen,
    readonly furniture: Furniture,
  ) {}

  /** Opens the first page. */
  start(): void {
    this.pen.doc.addPage()
    this.furniture.background()
  }

  get roomPt(): number {
    return BODY_BOTTOM - this.y
  }

  /** A new page unless `heightPt` still fits here, or nothing is written on this page yet. */
  ensure(heightPt: number): void {
    if (heightPt > this.roomPt && !this.isFresh) this.breakPage()
  }

  /** What fits on a page of its own, below the repeated heads. */
  get emptyPagePt(): number {
    return BODY_BOTTOM - CONTINUED_TOP - (this.repeated ? 24 : 0)
  }

  breakPage(): void {
    joinContent(this.pen.doc.page)
    this.pen.doc.addPage()
    this.furniture.background()
    this.furniture.continuedHead()
    this.y = CONTINUED_TOP
    this.repeated?.()
    this.#top = this.y
  }

  /** nothing is written on this page yet */
  get isFresh(): boolean {
    return this.y <= this.#top
  }

  rule(color: string = INK.rule, x: number = CONTENT.left, widthPt: number = CONTENT.width): void {
    drawArtifact(this.pen.doc, 'Layout', () => this.drawRule(color, x, widthPt, this.y))
  }

  /** A rule inside what is already marked as an artifact. */
  drawRule(color: string, x: number, widthPt: number, y: number): void {
    const { doc } = this.pen
    doc.lineWidth(0.6).strokeColor(color)
    doc
      .moveTo(x, y)
      .lineTo(x + widthPt, y)
      .stroke()
  }

  /** A paragraph that may run over pages, never with a single line left alone. */
  paragraph(parent: Element, tag: string, text: string, style: Style, at: { x?: number; widthPt?: number } = {}): void {
    const x = at.x ?? CONTENT.left
    const widthPt = at.widthPt ?? CONTENT.width
    let lines = wrapText(this.pen, text, style, widthPt)
    const element = openElement(this.pen.doc, parent, tag)
    while (lines.length > 0) {
      let fitting = Math.min(lines.length, Math.floor(this.roomPt / style.leadingPt))
      if (fitting < lines.length && lines.length - fitting === 1) fitting -= 1
      if (fitting < Math.min(2, lines.length) && !this.isFresh) {
        this.breakPage()
        continue
      }
      const here = lines.slice(0, Math.max(1, fitting))
      lines = lines.slice(here.length)
      element.add(() => this.#lines(here, style, x, widthPt))
    }
    element.end()
  }

  /** Lets the program answer others while a long document is made. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath < BREATH_MS) return
    await new Promise((resolve) => setImmediate(resolve))
    this.#lastBreath = performance.now()
  }

  #lines(lines: readonly Line[], style: Style, x: number, widthPt: number): void {
    for (const line of lines) {
      writeText(this.pen, line, style, { x, y: this.y, widthPt, align: 'left' })
      this.y += style.leadingPt
    }
  }
}

/** pdfkit keeps each operator of a page as an array of its own until the end: for a thousand pages that is most of the memory. */
function joinContent(page: PDFKit.PDFPage): void {
  const content = page.content as unknown as { buffer: Uint8Array[] }
  content.buffer = [Buffer.concat(content.buffer)]
}
