import { describe, expect, it } from 'vitest'
import { timeZoneChoices } from './time-zones'

describe('time zones to choose from', () => {
  it('begin with the present one and list each once', () => {
    const zones = timeZoneChoices('America/Chicago').map(({ value }) => value)
    expect(zones.slice(0, 3)).toEqual(['America/Chicago', 'America/New_York', 'America/Detroit'])
    expect(new Set(zones).size).toBe(zones.length)
    expect(zones).toContain('Europe/Warsaw')
  })

  it('keep one that the machine does not list', () => {
    expect(timeZoneChoices('UTC')[0]).toEqual({ value: 'UTC', label: 'UTC' })
  })
})
