/** One line of a receipt, as wide as its paper at most. */
export type ReceiptLine =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly align: 'left' | 'center' | 'right'
      readonly strong: boolean
      readonly large: boolean
    }
  | { readonly kind: 'pair'; readonly left: string; readonly right: string; readonly strong: boolean; readonly large: boolean }
  | { readonly kind: 'rule' }
  | { readonly kind: 'gap' }
  | { readonly kind: 'barcode'; readonly value: string }

export interface Look {
  readonly strong?: boolean
  readonly large?: boolean
  readonly align?: 'left' | 'center' | 'right'
  /** ends in an ellipsis beyond these */
  readonly maxLines?: number
}

/** Characters of the East that are drawn twice as wide as a figure. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u
const AMOUNT_GAP = 2
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns a text takes on the paper. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const { segment } of clusters.segment(text)) columns += WIDE.test(segment) ? 2 : 1
  return columns
}

/** Collects the lines of a receipt, breaking what is longer than its paper; large letters take two columns. */
export class ReceiptPaper {
  readonly lines: ReceiptLine[] = []

  constructor(readonly columns: number) {}

  text(text: string, { strong = false, large = false, align = 'left', maxLines = 4 }: Look = {}): void {
    for (const part of wrap(tidy(text), this.#room(large), maxLines)) this.lines.push({ kind: 'text', text: part, align, strong, large })
  }

  /** Words on the left, an amount on the right of the last of their lines; the amount is never broken. */
  pair(left: string, right: string, { strong = false, large = false, maxLines = 2 }: Look = {}): void {
    const room = this.#room(large)
    const words = wrap(tidy(left), Math.max(4, room - right.length - AMOUNT_GAP), maxLines)
    const last = words.pop() ?? ''
    for (const part of words) this.lines.push({ kind: 'text', text: part, align: 'left', strong, large })
    this.lines.push({ kind: 'pair', left: last, right, strong, large })
  }

  rule(): void {
    this.lines.push({ kind: 'rule' })
  }

  gap(): void {
    this.lines.push({ kind: 'gap' })
  }

  barcode(value: string): void {
    this.lines.push({ kind: 'barcode', value })
  }

  #room(large: boolean): number {
    return large ? Math.floor(this.columns / 2) : this.columns
  }
}

function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
}

function wrap(text: string, room: number, maxLines: number): string[] {
  if (text === '') return []
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => pieces(each, room))) {
    const joined = line === '' ? word : `${line} ${word}`
    if (columnsOf(joined) <= room) {
      line = joined
      continue
    }
    lines.push(line)
    line = word
  }
  lines.push(line)
  if (lines.length <= maxLines) return lines
  const kept = lines.slice(0, maxLines)
  kept.push(`${pieces(kept.pop() ?? '', room - 1)[0] ?? ''}…`)
  return kept
}

/** A word wider than the paper, in parts that fit. */
function pieces(word: string, room: number): string[] {
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const { segment } of clusters.segment(word)) {
    const wide = columnsOf(segment)
    if (used + wide > room && part !== '') {
      parts.push(part)
      part = ''
      used = 0
    }
    part += segment
    used += wide
  }
  return [...parts, part]
}
