/** What a printer of the ESC/POS kind is told to do, in order. */
export type PrinterEvent =
  | { readonly kind: 'init' }
  | { readonly kind: 'text'; readonly text: string; readonly bold: boolean; readonly scale: number }
  | { readonly kind: 'newline' }
  | { readonly kind: 'align'; readonly align: number }
  | { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly dots: Uint8Array }
  | { readonly kind: 'barcode'; readonly type: number; readonly data: string; readonly height: number; readonly module: number }
  | { readonly kind: 'qr'; readonly data: string }
  | { readonly kind: 'pulse'; readonly pin: 2 | 5; readonly onMs: number }
  | { readonly kind: 'cut' }
  /** a question; the answer is one byte */
  | { readonly kind: 'question'; readonly answer: 'offline' | 'paper' | 'done' }

/** Upper half of IBM's code page 437, as printers are born with it. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ '
/** The part of Windows' page 1252 that is not Latin-1; a blank where it has nothing. */
const WPC1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

const pages: Readonly<Record<number, (byte: number) => string>> = {
  0: (byte) => CP437[byte - 128] ?? '?',
  16: (byte) => WPC1252[byte - 128] ?? String.fromCharCode(byte),
}

/**
 * A printer's own reading of its bytes, written after Epson's command reference and not after what sends them. Bytes that come in pieces
 * wait for the rest of their command. @throws Error on a command that cheap printers do not know
 */
export class EscPosReader {
  readonly events: PrinterEvent[] = []
  #waiting: number[] = []
  #page = 0
  #bold = false
  #scale = 1
  #barHeight = 162
  #barModule = 3
  #qr = ''

  read(bytes: Uint8Array): void {
    this.#waiting.push(...bytes)
    for (;;) {
      const taken = this.#step(this.#waiting)
      if (taken === 0) return
      this.#waiting = this.#waiting.slice(taken)
    }
  }

  /** How many bytes the first command takes; 0: it is not whole yet. */
  #step(bytes: readonly number[]): number {
    const [first] = bytes
    if (first === undefined) return 0
    if (first === 0x1b) return this.#escape(bytes)
    if (first === 0x1d) return this.#group(bytes)
    if (first === 0x10) return this.#realTime(bytes)
    if (first === 0x1c) return bytes.length < 2 ? 0 : 2 // FS .: one byte a character
    if (first === 0x0a) this.events.push({ kind: 'newline' })
    else this.#letter(first)
    return 1
  }

  #letter(byte: number): void {
    const text = byte < 128 ? String.fromCharCode(byte) : (pages[this.#page]?.(byte) ?? '?')
    const last = this.events.at(-1)
    if (last?.kind === 'text' && last.bold === this.#bold && last.scale === this.#scale) {
      this.events[this.events.length - 1] = { ...last, text: last.text + text }
    } else this.events.push({ kind: 'text', text, bold: this.#bold, scale: this.#scale })
  }

  #escape(bytes: readonly number[]): number {
    const [, command, n = 0, on = 0] = bytes
    const lengths: Readonly<Record<number, number>> = {
      0x40: 2,
      0x4d: 3,
      0x70: 5,
      0x45: 3,
      0x74: 3,
      0x61: 3,
      0x2d: 3,
      0x32: 2,
      0x33: 3,
      0x64: 3,
    }
    if (command === undefined) return 0
    const length = lengths[command]
    if (length === undefined) throw new Error(`the printer does not know ESC ${command.toString(16)}`)
    if (bytes.length < length) return 0
    if (command === 0x40) this.#reset()
    else if (command === 0x45) this.#bold = n % 2 === 1
    else if (command === 0x74) this.#page = n
    else if (command === 0x61) this.events.push({ kind: 'align', align: n % 48 })
    else if (command === 0x70) this.events.push({ kind: 'pulse', pin: n % 48 === 0 ? 2 : 5, onMs: on * 2 })
    else if (command === 0x64) for (let line = 0; line < n; line += 1) this.events.push({ kind: 'newline' })
    return length
  }

  #reset(): void {
    this.#page = 0
    this.#bold = false
    this.#scale = 1
    this.events.push({ kind: 'init' })
  }

  #group(bytes: readonly number[]): number {
    const [, command, a = 0, b = 0] = bytes
    if (command === undefined) return 0
    if (command === 0x76) return this.#picture(bytes)
    if (command === 0x28) return this.#function(bytes)
    if (command === 0x6b) {
      if (bytes.length < 4 || bytes.length < 4 + b) return 0
      const data = String.fromCharCode(...bytes.slice(4, 4 + b))
      this.events.push({ kind: 'barcode', type: a, data, height: this.#barHeight, module: this.#barModule })
      return 4 + b
    }
    const length = command === 0x56 && (a === 65 || a === 66) ? 4 : 3
    if (![0x21, 0x68, 0x77, 0x48, 0x66, 0x56, 0x72].includes(command))
      throw new Error(`the printer does not know GS ${command.toString(16)}`)
    if (bytes.length < 3 || bytes.length < length) return 0
    if (command === 0x21) this.#scale = (a & 0x07) + 1
    else if (command === 0x68) this.#barHeight = a
    else if (command === 0x77) this.#barModule = a
    else if (command === 0x56) this.events.push({ kind: 'cut' })
    else if (command === 0x72) this.events.push({ kind: 'question', answer: 'done' })
    return length
  }

  /** GS v 0: rows of eight dots a byte. */
  #picture(bytes: readonly number[]): number {
    const [, , , , xl = 0, xh = 0, yl = 0, yh = 0] = bytes
    const [across, height] = [xl + xh * 256, yl + yh * 256]
    const length = 8 + across * height
    if (bytes.length < 8 || bytes.length < length) return 0
    const dots = new Uint8Array(across * 8 * height)
    for (let at = 0; at < dots.length; at += 1) dots[at] = ((bytes[8 + (at >> 3)] ?? 0) >> (7 - (at & 7))) & 1
    this.events.push({ kind: 'picture', width: across * 8, height, dots })
    return length
  }

  /** GS ( k: QR codes come in steps; the last prints what the one before stored. */
  #function(bytes: readonly number[]): number {
    const [, , , low = 0, high = 0, , step] = bytes
    const length = 5 + low + high * 256
    if (bytes.length < 5 || bytes.length < length) return 0
    if (step === 80) this.#qr = String.fromCharCode(...bytes.slice(8, length))
    if (step === 81) this.events.push({ kind: 'qr', data: this.#qr })
    return length
  }

  #realTime(bytes: readonly number[]): number {
    if (bytes.length < 3) return 0
    this.events.push({ kind: 'question', answer: bytes[2] === 4 ? 'paper' : 'offline' })
    return 3
  }
}
