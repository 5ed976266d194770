import type { PdfDocument } from './load-fonts'

/** Code 39 (ISO/IEC 16388): nine bars and gaps a character, bars first, three of them wide. */
export const CODE39: Readonly<Record<string, string>> = {
  0: 'nnnwwnwnn',
  1: 'wnnwnnnnw',
  2: 'nnwwnnnnw',
  3: 'wnwwnnnnn',
  4: 'nnnwwnnnw',
  5: 'wnnwwnnnn',
  6: 'nnwwwnnnn',
  7: 'nnnwnnwnw',
  8: 'wnnwnnwnn',
  9: 'nnwwnnwnn',
  A: 'wnnnnwnnw',
  B: 'nnwnnwnnw',
  C: 'wnwnnwnnn',
  D: 'nnnnwwnnw',
  E: 'wnnnwwnnn',
  F: 'nnwnwwnnn',
  G: 'nnnnnwwnw',
  H: 'wnnnnwwnn',
  I: 'nnwnnwwnn',
  J: 'nnnnwwwnn',
  K: 'wnnnnnnww',
  L: 'nnwnnnnww',
  M: 'wnwnnnnwn',
  N: 'nnnnwnnww',
  O: 'wnnnwnnwn',
  P: 'nnwnwnnwn',
  Q: 'nnnnnnwww',
  R: 'wnnnnnwwn',
  S: 'nnwnnnwwn',
  T: 'nnnnwnwwn',
  U: 'wwnnnnnnw',
  V: 'nwwnnnnnw',
  W: 'wwwnnnnnn',
  X: 'nwnnwnnnw',
  Y: 'wwnnwnnnn',
  Z: 'nwwnwnnnn',
  '-': 'nwnnnnwnw',
  '.': 'wwnnnnwnn',
  ' ': 'nwwnnnwnn',
  '*': 'nwnnwnwnn',
}
const WIDE = 2.5

/** Black stretches of a text in modules from its left edge, and how many modules it takes; null when Code 39 has no sign for a letter. */
export function code39Bars(text: string): { bars: { at: number; width: number }[]; modules: number } | null {
  const bars: { at: number; width: number }[] = []
  let at = 0
  for (const character of `*${text}*`) {
    const pattern = text.includes('*') ? undefined : CODE39[character]
    if (pattern === undefined) return null
    for (const [index, sign] of [...pattern].entries()) {
      const width = sign === 'w' ? WIDE : 1
      if (index % 2 === 0) bars.push({ at, width })
      at += width
    }
    at += 1
  }
  return { bars, modules: at - 1 }
}

/** Draws the bars so that they end at `right`, a module at most one point wide. @returns false when the text has no bars */
export function drawCode39(doc: PdfDocument, text: string, box: { right: number; y: number; widthPt: number; heightPt: number }): boolean {
  const code = code39Bars(text)
  if (!code) return false
  const module = Math.min(1, box.widthPt / code.modules)
  const left = box.right - code.modules * module
  doc.fillColor('#000000')
  for (const { at, width } of code.bars) doc.rect(left + at * module, box.y, width * module, box.heightPt).fill()
  return true
}
