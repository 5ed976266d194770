import { expect, test } from 'vitest'
import { formatFactor, newCannedLine, nextBand, parseFactor } from './price-drafts'

test.each([
  ['2.5', 2_500_000],
  ['1', 1_000_000],
  ['2.5x', 2_500_000],
  ['1.333333', 1_333_333],
  ['.5', undefined],
  ['1.2345678', undefined],
  ['two', undefined],
])('%j is %j', (text, factor) => expect(parseFactor(text)).toBe(factor))

test.each([
  [2_500_000, '2.5'],
  [1_000_000, '1'],
  [1_333_333, '1.333333'],
])('%j reads %j', (factor, text) => expect(formatFactor(factor)).toBe(text))

test('the next band begins higher', () => {
  const first = nextBand([])
  expect([first.costFromCents, nextBand([first]).costFromCents]).toEqual([0, 1_000])
})

test('only a fee begins with a price', () => {
  expect(['labor', 'part', 'fee'].map((type) => newCannedLine('1', type as 'labor').unitPriceCents)).toEqual([null, null, 0])
})
