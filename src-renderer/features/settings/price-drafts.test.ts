import { expect, test } from 'vitest'
import { newCannedLine, nextBand } from './price-drafts'

test('the next band begins higher', () => {
  const first = nextBand([])
  expect([first.costFromCents, nextBand([first]).costFromCents]).toEqual([0, 1_000])
})

test('only a fee begins with a price', () => {
  expect(['labor', 'part', 'fee'].map((type) => newCannedLine('1', type as 'labor').unitPriceCents)).toEqual([null, null, 0])
})
