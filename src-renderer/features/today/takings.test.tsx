import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { cents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { Takings } from './takings'

afterEach(cleanup)

function words(takenCents: number, backCents: number, creditUsedCents: number): string | null {
  const [totalCents, refundedCents] = [cents(takenCents), subtractCents(ZERO, cents(backCents))]
  const takings = {
    day: '2026-11-22',
    byMethod: [],
    totalCents,
    refundedCents,
    netCents: subtractCents(totalCents, cents(backCents)),
    roundingCents: ZERO,
    creditUsedCents: cents(creditUsedCents),
    creditAddedCents: ZERO,
  }
  return render(<Takings takings={takings} />).container.textContent
}

it('tells what the day has left, not what came in before it went back', () => {
  expect(words(57_145, 0, 0)).toBe('Taken today $571.45')
  expect(words(203_095, 101_402, 0)).toBe('Taken today $1,016.93 after $1,014.02 went back')
  expect(words(203_095, 101_402, 9_346)).toBe('Taken today $1,016.93 after $1,014.02 went back, besides account credit used $93.46')
  expect(words(0, 0, 9_346)).toBe('Taken today $0.00 besides account credit used $93.46')
})
