import { Fragment } from 'react'

/** Parts of `text` that any word of `typed` found; digits are found across the punctuation of phone numbers ('5550142' in '(512) 555-0142'). */
export function matchedRanges(text: string, typed: string): [start: number, end: number][] {
  const ranges: [number, number][] = []
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = text.toLowerCase().indexOf(word)
    if (at >= 0) ranges.push([at, at + word.length])
    else {
      const across = acrossPunctuation(text, word)
      if (across) ranges.push(across)
    }
  }
  return merge(ranges)
}

function acrossPunctuation(text: string, word: string): [number, number] | undefined {
  const wanted = word.replace(/[^a-z0-9]/g, '')
  if (wanted.length < 2) return undefined
  const places: number[] = []
  const plain = [...text.toLowerCase()].reduce((kept, character, at) => {
    if (!/[a-z0-9]/.test(character)) return kept
    places.push(at)
    return kept + character
  }, '')
  const at = plain.indexOf(wanted)
  const start = places[at]
  const last = places[at + wanted.length - 1]
  return at < 0 || start === undefined || last === undefined ? undefined : [start, last + 1]
}

function merge(ranges: [number, number][]): [number, number][] {
  const merged: [number, number][] = []
  for (const range of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = merged.at(-1)
    if (before && range[0] <= before[1]) before[1] = Math.max(before[1], range[1])
    else merged.push([...range])
  }
  return merged
}

export function Highlight({ text, typed }: { text: string; typed: string }) {
  const ranges = matchedRanges(text, typed)
  return (
    <>
      {ranges.map(([start, end], at) => (
        <Fragment key={start}>
          {text.slice(ranges[at - 1]?.[1] ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  )
}
