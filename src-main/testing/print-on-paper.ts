import { drawLine } from '../printing/draw-line'
import { type Bitmap, newBitmap } from '../printing/fill-outline'
import { buildPng } from './build-png'
import type { PrinterEvent } from './read-escpos'

const CELL = { width: 12, height: 24 } as const
const LINE_DOTS = 30

/** The paper as somebody reads it: a line each, pictures and bars named. */
export function paperText(events: readonly PrinterEvent[]): string {
  let text = ''
  for (const event of events) {
    if (event.kind === 'text') text += event.text
    else if (event.kind === 'newline') text += '\n'
    else if (event.kind === 'picture') text += `[picture ${event.width}x${event.height}]\n`
    else if (event.kind === 'barcode') text += `[barcode ${event.data}]\n`
    else if (event.kind === 'qr') text += `[qr ${event.data}]\n`
    else if (event.kind === 'cut') text += '--- cut ---\n'
  }
  return text
}

/** The paper as a printer of 203 dots an inch prints it, as a PNG: letters in cells of 12 by 24 dots, pictures dot by dot. */
export async function paperPng(events: readonly PrinterEvent[], widthDots: number): Promise<Buffer> {
  const paper = new Paper(widthDots)
  for (const event of events) await paper.print(event)
  return paper.png()
}

class Paper {
  readonly #rows: Uint8Array[] = []
  readonly #letters = new Map<string, Bitmap>()
  #line: { letter: string; bold: boolean; scale: number }[] = []
  #align = 0

  constructor(readonly width: number) {}

  async print(event: PrinterEvent): Promise<void> {
    if (event.kind === 'text') for (const letter of event.text) this.#line.push({ letter, bold: event.bold, scale: event.scale })
    else if (event.kind === 'newline') await this.#feed()
    else if (event.kind === 'align') this.#align = event.align
    else if (event.kind === 'picture') this.#stamp(event, 0)
    else if (event.kind === 'barcode') this.#bars(event)
    else if (event.kind === 'qr') this.#stamp(solid(160, 160), 0)
    else if (event.kind === 'cut') this.#stamp(dashes(this.width), 0)
  }

  png(): Buffer {
    const rows = this.#rows.map((dots) => [0, ...Array.from(dots, (dot) => (dot === 1 ? 0 : 255))])
    return buildPng({ width: this.width, height: rows.length, colorType: 0, rows })
  }

  /** A line is as high as its largest letter; what does not fit goes to the next, as on a real printer. */
  async #feed(): Promise<void> {
    while (this.#line.length > 0) {
      let used = 0
      const fitting = this.#line.findIndex(({ scale }) => (used += CELL.width * scale) > this.width)
      await this.#set(this.#line.splice(0, fitting === -1 ? this.#line.length : fitting))
      if (this.#line.length === 0) return
    }
    this.#stamp(newBitmap(this.width, LINE_DOTS), 0)
  }

  async #set(letters: readonly { letter: string; bold: boolean; scale: number }[]): Promise<void> {
    const scale = Math.max(...letters.map((each) => each.scale))
    const bitmap = newBitmap(this.width, CELL.height * scale + (LINE_DOTS - CELL.height))
    const widthUsed = letters.reduce((sum, each) => sum + CELL.width * each.scale, 0)
    let x = this.#align === 0 ? 0 : (this.width - widthUsed) / (this.#align === 1 ? 2 : 1)
    for (const { letter, bold, scale: own } of letters) {
      blit(bitmap, await this.#letter(letter, bold, own), Math.floor(x), CELL.height * (scale - own))
      x += CELL.width * own
    }
    this.#stamp(bitmap, 0)
  }

  async #letter(letter: string, strong: boolean, scale: number): Promise<Bitmap> {
    const key = `${letter}${strong}${scale}`
    const known =
      this.#letters.get(key) ??
      (await drawLine({ left: letter, right: '', align: 'center', strong, sizeDots: 18 * scale }, CELL.width * scale))
    this.#letters.set(key, known)
    return known
  }

  /** Bars of Code 128 are not drawn true, only as wide and high as they would be. */
  #bars({ data, height, module }: Extract<PrinterEvent, { kind: 'barcode' }>): void {
    const width = (data.length - 2 + 3) * 11 * module + 2 * module
    const bars = newBitmap(width, height)
    for (let at = 0; at < bars.dots.length; at += 1) bars.dots[at] = Math.floor((at % width) / module) % 3 === 0 ? 1 : 0
    this.#stamp(bars, this.#align === 1 ? Math.floor((this.width - width) / 2) : 0)
  }

  #stamp(bitmap: Bitmap, x: number): void {
    const strip = newBitmap(this.width, bitmap.height)
    blit(strip, bitmap, x, 0)
    for (let row = 0; row < strip.height; row += 1) this.#rows.push(strip.dots.subarray(row * this.width, (row + 1) * this.width))
  }
}

function blit(onto: Bitmap, what: Bitmap, x: number, y: number): void {
  for (let row = 0; row < what.height && row + y < onto.height; row += 1) {
    for (let column = 0; column < what.width && column + x < onto.width; column += 1) {
      if (what.dots[row * what.width + column] === 1 && column + x >= 0) onto.dots[(row + y) * onto.width + column + x] = 1
    }
  }
}

function solid(width: number, height: number): Bitmap {
  return { width, height, dots: new Uint8Array(width * height).fill(1) }
}

function dashes(width: number): Bitmap {
  return { width, height: 3, dots: Uint8Array.from({ length: width * 3 }, (_, at) => ((at % width) % 16 < 8 ? 1 : 0)) }
}
