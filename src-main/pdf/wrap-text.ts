import type { Style } from './paper-style'
import { baseDirection, splitClusters } from './split-runs'
import { cleanText, type Line, measureText, type Pen } from './write-text'

const ASIAN = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}'
const CLOSING = '、。，．！？：；）」』】〉》'
/** Between words, after a hyphen or slash inside a word, between Asian characters but not before their closing marks. */
const BREAK = new RegExp(
  `(?<=[ \\u2000-\\u200b\\u3000])(?=[^ ])|(?<=[\\p{L}\\d][-–—/])(?=\\p{L})|(?<=[${ASIAN}${CLOSING}])(?=[${ASIAN}\\p{L}\\d])|(?<=[\\p{L}\\d])(?=[${ASIAN}])`,
  'u',
)

/** Breaks text into lines of at most `widthPt`; a word that is wider than the line is broken too. Beyond `maxLines` an ellipsis ends it. */
export function wrapText(pen: Pen, raw: string, style: Style, widthPt: number, maxLines = Infinity): Line[] {
  const lines: Line[] = []
  // No more is looked at than could be shown: a letter is hardly ever narrower than a point.
  const shown = maxLines === Infinity ? raw : raw.slice(0, Math.ceil(widthPt * (maxLines + 1)))
  for (const paragraph of cleanText(shown).split('\n')) {
    const direction = baseDirection(paragraph)
    for (const text of wrapParagraph(pen, { text: paragraph, direction }, style, widthPt)) {
      if (lines.length === maxLines) return [...lines.slice(0, -1), shorten(pen, lines.at(-1) ?? { text: '', direction }, style, widthPt)]
      lines.push({ text, direction })
    }
  }
  return lines
}

function* wrapParagraph(pen: Pen, paragraph: Line, style: Style, widthPt: number): Generator<string> {
  const { direction } = paragraph
  const width = (text: string): number => measureText(pen, { text, direction }, style)
  const mayFit = (text: string): boolean => text.length < widthPt
  if (mayFit(paragraph.text) && width(paragraph.text) <= widthPt) {
    yield paragraph.text.trimEnd()
    return
  }
  let line = ''
  let used = 0
  for (const token of paragraph.text.split(BREAK)) {
    const wide = mayFit(token) ? width(token) : Infinity
    if (used + wide <= widthPt || (wide < Infinity && used + width(token.trimEnd()) <= widthPt)) {
      line += token
      used += wide
      continue
    }
    if (line.trim() !== '') yield line.trimEnd()
    line = token
    used = wide
    if (wide <= widthPt) continue
    line = yield* breakWord(token, width, widthPt)
    used = width(line)
  }
  yield line.trimEnd()
}

/** Yields what fills a line each and returns the rest. */
function* breakWord(word: string, width: (text: string) => number, widthPt: number): Generator<string, string> {
  let part = ''
  let used = 0
  for (const cluster of splitClusters(word)) {
    const wide = width(cluster)
    if (part !== '' && used + wide > widthPt) {
      yield part
      part = ''
      used = 0
    }
    part += cluster
    used += wide
  }
  return part
}

function shorten(pen: Pen, line: Line, style: Style, widthPt: number): Line {
  const kept = splitClusters(line.text)
  for (;;) {
    const shorter = { ...line, text: `${kept.join('').trimEnd()}…` }
    if (kept.length === 0 || measureText(pen, shorter, style) <= widthPt) return shorter
    kept.pop()
  }
}
