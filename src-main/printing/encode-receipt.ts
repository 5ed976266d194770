import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import type { Bitmap } from './fill-outline'
import { drawLine } from './draw-line'
import { columnsOf, type ReceiptLine } from './receipt-lines'

/** What a roll of this width holds: columns of its usual letters (12 by 24 dots), and dots, at 203 an inch. */
export const PAPERS = { 58: { columns: 32, dots: 384 }, 80: { columns: 48, dots: 576 } } as const
export type PaperMm = keyof typeof PAPERS

const LETTER_DOTS = 22
const PULSE_MS = 100
const PULSE_PAUSE_MS = 400
const BARCODE = /^[\u0020-\u007e]{1,24}$/
/**
 * The printer's own letters: ASCII and the page WPC1252, which printers of every make have; CP437 is where they begin. Spelled out, because
 * TextDecoder takes windows-1252 for Latin-1 in some versions of Node.
 */
const OWN_LETTERS = /^[ -~\u00a1-\u00ac\u00ae-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/

/**
 * The bytes that print a receipt and cut the paper. A line with a letter that the printer does not have is sent as a picture, drawn with the
 * fonts of the documents, so that every name is printed as it is written, in any script.
 */
export async function encodeReceipt(lines: readonly ReceiptLine[], paperMm: PaperMm): Promise<Uint8Array> {
  const { columns, dots } = PAPERS[paperMm]
  const encoder = newEncoder(columns)
  encoder.initialize().codepage('auto')
  for (const line of lines) await encodeLine(encoder, line, { columns, dots })
  return encoder.newline(1).cut('partial').encode()
}

/** A pulse to the drawer socket, and nothing on the paper. */
export function encodePulse(pin: 2 | 5): Uint8Array {
  // What the encoder would send before a pulse (ESC @) makes some printers feed; the pulse alone is what is wanted.
  return newEncoder(PAPERS[80].columns)
    .pulse(pin === 2 ? 0 : 1, PULSE_MS, PULSE_PAUSE_MS)
    .encode()
}

function newEncoder(columns: number): ReceiptPrinterEncoder {
  return new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns,
    imageMode: 'raster',
    newline: '\n',
    codepageMapping: 'epson',
    codepageCandidates: ['cp437', 'windows1252'],
    feedBeforeCut: 3,
    feedAfterBlock: false,
    autoFlush: false,
  })
}

type Room = { readonly columns: number; readonly dots: number }

async function encodeLine(encoder: ReceiptPrinterEncoder, line: ReceiptLine, room: Room): Promise<void> {
  if (line.kind === 'rule') encoder.line('-'.repeat(room.columns))
  else if (line.kind === 'gap') encoder.newline()
  else if (line.kind === 'barcode') encodeBarcode(encoder, line.value, room)
  else await encodeWords(encoder, line, room)
}

async function encodeWords(
  encoder: ReceiptPrinterEncoder,
  line: Extract<ReceiptLine, { kind: 'text' | 'pair' }>,
  room: Room,
): Promise<void> {
  const left = line.kind === 'text' ? line.text : line.left
  const right = line.kind === 'text' ? '' : line.right
  const align = line.kind === 'text' ? line.align : 'left'
  const { strong, large } = line
  if (!OWN_LETTERS.test(left + right)) {
    const bitmap = await drawLine({ left, right, align, strong, sizeDots: large ? LETTER_DOTS * 2 : LETTER_DOTS }, room.dots)
    encodePicture(encoder, bitmap)
    return
  }
  const columns = large ? room.columns / 2 : room.columns
  const gap = ' '.repeat(Math.max(0, columns - columnsOf(left) - columnsOf(right)))
  const centred = ' '.repeat(Math.floor(gap.length / 2))
  const words = line.kind === 'pair' ? left + gap + right : align === 'center' ? centred + left : align === 'right' ? gap + left : left
  if (large) encoder.size(2, 2)
  encoder.bold(strong).text(words)
  if (large) encoder.size(1, 1)
  encoder.bold(false).newline()
}

function encodePicture(encoder: ReceiptPrinterEncoder, { width, height, dots }: Bitmap): void {
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (const [at, ink] of dots.entries()) if (ink === 1) data.fill(0, at * 4, at * 4 + 3)
  encoder.image({ data, width, height }, width, height, 'threshold')
}

/** Code 128, as wide as the roll allows; a number that would not fit stays in words. */
function encodeBarcode(encoder: ReceiptPrinterEncoder, value: string, { dots }: Room): void {
  if (!BARCODE.test(value)) return
  const modules = (value.length + 3) * 11 + 2
  const width = modules * 2 <= dots ? 2 : 1
  if (modules * width <= dots) encoder.align('center').barcode(value, 'code128', { height: 64, width, text: false }).align('left')
}
