import { describe, expect, it } from 'vitest'
import { promiseTimes } from './promise-times'

const at = (moment: string, zone = 'America/Los_Angeles') => promiseTimes(Date.parse(moment), zone)

describe('quick promises', () => {
  it('are the next noons and evenings on the clock of the shop', () => {
    expect(at('2026-06-10T15:00:00Z')).toEqual([
      { label: 'Today noon', moment: '2026-06-10T19:00:00.000Z' },
      { label: 'Today 5 PM', moment: '2026-06-11T00:00:00.000Z' },
      { label: 'Tomorrow noon', moment: '2026-06-11T19:00:00.000Z' },
      { label: 'Tomorrow 5 PM', moment: '2026-06-12T00:00:00.000Z' },
    ])
  })

  it('leave out what is over or about to be', () => {
    expect(at('2026-06-10T23:45:00Z').map(({ label }) => label)).toEqual([
      'Tomorrow noon',
      'Tomorrow 5 PM',
      'In 2 days 5 PM',
      'In 3 days 5 PM',
    ])
  })

  it('follow the clock when it changes overnight', () => {
    expect(at('2026-10-31T16:00:00Z')[2]?.moment).toBe('2026-11-01T20:00:00.000Z')
  })

  it('take the day of the shop, not of the PC', () => {
    expect(at('2026-06-10T15:00:00Z', 'Pacific/Auckland')[0]).toEqual({ label: 'Today noon', moment: '2026-06-11T00:00:00.000Z' })
  })
})
