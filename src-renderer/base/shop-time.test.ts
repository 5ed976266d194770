import { describe, expect, it } from 'vitest'
import { dayOf, fromWallTime, toWallTime } from './shop-time'

const chicago = 'America/Chicago'

describe('shop time', () => {
  it('shows and reads the wall clock of the shop', () => {
    expect(toWallTime('2026-07-01T17:30:00Z', chicago)).toBe('2026-07-01T12:30')
    expect(fromWallTime('2026-07-01T12:30', chicago)).toBe('2026-07-01T17:30:00.000Z')
    expect(fromWallTime('2026-01-15T12:30', chicago)).toBe('2026-01-15T18:30:00.000Z')
  })

  it('gets through the hour that is skipped and the hour that comes twice', () => {
    expect(fromWallTime('2026-03-08T02:30', chicago)).toBe('2026-03-08T08:30:00.000Z') // reads 3:30 that day
    expect(toWallTime('2026-03-08T08:30:00.000Z', chicago)).toBe('2026-03-08T03:30')
    expect(fromWallTime('2026-11-01T01:30', chicago)).toBe('2026-11-01T06:30:00.000Z') // the first of the two
  })

  it('reads back every hour of a year that the clock shows', () => {
    for (let hour = 0; hour < 24 * 365; hour += 5) {
      const wall = new Date(Date.UTC(2026, 0, 1, hour)).toISOString().slice(0, 16)
      if (wall.startsWith('2026-03-08T02')) continue
      expect(toWallTime(fromWallTime(wall, chicago) ?? '', chicago)).toBe(wall)
    }
  })

  it.each(['', '2026-07-01', 'tomorrow', '2026-13-45T99:99'])('refuses %j', (text) => {
    expect(fromWallTime(text, chicago)).toBeUndefined()
  })

  it('knows the shop’s calendar day', () => {
    expect(dayOf('2026-07-02T03:00:00Z', chicago)).toBe('2026-07-01')
  })
})
