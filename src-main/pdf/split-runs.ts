import bidiFactory from 'bidi-js'
import { type Fonts, SCRIPTS, type Script } from './load-fonts'
import type { Weight } from './paper-style'

/** A stretch of one line that is drawn with one font in one direction. `script` null: no font has it, a box stands for it. */
export interface Run {
  readonly script: Script | null
  readonly text: string
  /** the font's own shaping turns it round; must be shaped whole, not word by word */
  readonly shapedFromRight: boolean
}

export type Direction = 'ltr' | 'rtl'

interface Piece {
  script: Script | null
  text: string
  level: number
}

const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const STRONG_FROM_RIGHT = /[\p{Script=Hebrew}\p{Script=Arabic}]/u
const NEUTRAL = /^[\p{P}\p{S}\p{Z}\p{M}]+$/u
/** Shown by nothing: joiners stay for the shaping of Arabic, the rest has done its work once the order is known. */
const INVISIBLE = /[\u200b\u200e\u200f\u2060-\u2064\u2066-\u2069\ufeff]|\p{Variation_Selector}/gu
const JOINERS = /[\u200c\u200d]/g

const bidi = bidiFactory()
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The direction a paragraph reads in: that of its first letter. */
export function baseDirection(text: string): Direction {
  if (!FROM_RIGHT.test(text)) return 'ltr'
  return (bidi.getEmbeddingLevels(text).paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr'
}

/** Splits one line into runs in the order the eye meets them from left to right (Unicode's UAX 9, with a font found for each letter). */
export function splitRuns(fonts: Fonts, line: string, weight: Weight, direction: Direction): Run[] {
  if (PRINTABLE_ASCII.test(line)) return line === '' ? [] : [{ script: 'latin', text: line, shapedFromRight: false }]
  const pieces = splitPieces(fonts, line, weight, direction)
  return reorder(pieces).map(({ script, text, level }) => {
    if (level % 2 === 0 || script === null) return { script, text, shapedFromRight: false }
    const mirrored = Array.from(text, (character) => bidi.getMirroredCharacter(character) ?? character)
    const shapedFromRight = STRONG_FROM_RIGHT.test(text)
    return { script, text: (shapedFromRight ? mirrored : mirrored.reverse()).join(''), shapedFromRight }
  })
}

/** Grapheme clusters: what a reader takes for one character. */
export function splitClusters(text: string): string[] {
  return PRINTABLE_ASCII.test(text) ? Array.from(text) : Array.from(clusters.segment(text), ({ segment }) => segment)
}

function splitPieces(fonts: Fonts, line: string, weight: Weight, direction: Direction): Piece[] {
  const levels = FROM_RIGHT.test(line) ? bidi.getEmbeddingLevels(line, direction).levels : undefined
  const pieces: Piece[] = []
  let at = 0
  for (const cluster of splitClusters(line)) {
    const level = levels?.[at] ?? 0
    at += cluster.length
    const text = cluster.replace(INVISIBLE, '')
    if (text === '') continue
    const last = pieces.at(-1)
    const before = last?.level === level ? last.script : null
    const script = findScript(fonts, text, weight, level % 2 === 1 && NEUTRAL.test(text) ? before : null)
    if (script !== null && last?.level === level && last.script === script) last.text += text
    else pieces.push({ script, text, level })
  }
  return pieces
}

/** The first font that has every part of the cluster; `preferred` keeps a bracket in the font of the word it closes. */
function findScript(fonts: Fonts, cluster: string, weight: Weight, preferred: Script | null): Script | null {
  const needed = Array.from(cluster.replace(JOINERS, ''), (character) => character.codePointAt(0) ?? 0)
  const order = preferred === null ? SCRIPTS : [preferred, ...SCRIPTS]
  return order.find((script) => needed.every((codePoint) => fonts.has(script, weight, codePoint))) ?? null
}

/** Rule L2: from the highest level down to the lowest odd one, turn round each stretch of at least that level. */
function reorder(pieces: Piece[]): Piece[] {
  const highest = pieces.reduce((level, piece) => Math.max(level, piece.level), 0)
  for (let level = highest; level >= 1; level -= 1) {
    for (let start = 0; start < pieces.length; start += 1) {
      let end = start
      while ((pieces[end]?.level ?? -1) >= level) end += 1
      if (end === start) continue
      pieces.splice(start, end - start, ...pieces.slice(start, end).reverse())
      start = end
    }
  }
  return pieces
}
