import { describe, expect, test } from 'vitest'
import { CallMeter } from './call-meter'

/** One call that is over at once. */
function call(meter: CallMeter, nowMs: number): boolean {
  const admitted = meter.begin(nowMs)
  if (admitted) meter.end()
  return admitted
}

const times = (count: number, work: () => boolean): boolean[] => Array.from({ length: count }, work)

describe('calls of one station', () => {
  test('of a scanner, a fast typist and a screen that loads anew pass, all day long', () => {
    const meter = new CallMeter()
    for (let second = 0; second < 600; second += 1) {
      expect(times(200, () => call(meter, second * 1000)).every(Boolean)).toBe(true)
    }
    expect(times(100, () => meter.begin(600_000)).every(Boolean)).toBe(true)
  })

  test('beyond what the time allows are refused, and allowed again as it passes', () => {
    const meter = new CallMeter()
    const answers = times(10_000, () => call(meter, 0))
    expect(answers.filter(Boolean)).toHaveLength(5_000)
    expect(answers.lastIndexOf(true)).toBe(4_999)
    expect(times(1_000, () => call(meter, 100)).filter(Boolean)).toHaveLength(200)
    expect(times(10_000, () => call(meter, 3_600_000)).filter(Boolean)).toHaveLength(5_000)
  })

  test('that never end are refused beyond a number, until one of them ends', () => {
    const meter = new CallMeter()
    expect(times(300, () => meter.begin(0)).filter(Boolean)).toHaveLength(250)
    expect(meter.begin(60_000)).toBe(false)
    meter.end()
    expect([meter.begin(60_000), meter.begin(60_000)]).toEqual([true, false])
  })

  test('that are refused are told once a second', () => {
    const meter = new CallMeter()
    expect([0, 1, 999, 1_000, 1_500, 2_000].map((nowMs) => meter.isWorthTelling(nowMs))).toEqual([true, false, false, true, false, true])
  })
})
