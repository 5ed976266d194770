import { describe, expect, it } from 'vitest'
import { matchedRanges } from './highlight'

const marked = (text: string, typed: string): string[] => matchedRanges(text, typed).map(([start, end]) => text.slice(start, end))

describe('matchedRanges', () => {
  it('marks each word wherever it stands, in any case', () => {
    expect(marked('2019 Honda Civic', 'civ 2019')).toEqual(['2019', 'Civ'])
  })

  it('marks digits across the punctuation of a phone number', () => {
    expect(marked('(512) 555-0142', '25550142')).toEqual(['2) 555-0142'])
  })

  it('joins what overlaps and marks nothing that is not there', () => {
    expect(marked('Ortega', 'orte tega')).toEqual(['Ortega'])
    expect(marked('Ortega', 'zz')).toEqual([])
  })
})
