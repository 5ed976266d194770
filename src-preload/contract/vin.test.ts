import { describe, expect, it } from 'vitest'
import { judgeVin, tidyVin } from './vin'

describe('judging a VIN', () => {
  // Made-up or published examples: the all-ones VIN and the example of 49 CFR 565 literature both carry right check digits.
  it.each([
    ['', 'empty'],
    ['1M8GDM9A', 'short'],
    ['1M8GDM9AXKP042788', 'right'],
    ['11111111111111111', 'right'],
    ['1M8GDM9A1KP042788', 'check_digit_wrong'],
    ['1M8GDM9AXKP0427881', 'long'],
    ['1M8GDM9AXKPO42788', 'bad_letter'],
    ['1m8gdm9a-xkp0 42788', 'right'],
  ])('%s is %s', (vin, verdict) => {
    expect(judgeVin(vin)).toBe(verdict)
  })

  it("drops the leading I of a windshield's bar code", () => {
    expect(tidyVin('I1M8GDM9AXKP042788')).toBe('1M8GDM9AXKP042788')
  })
})
