import { describe, expect, it } from 'vitest'
import { formatPhone, splitExtension } from './format-phone'
import { shopDay } from './shop-day'

describe('phone numbers', () => {
  it.each([
    ['5550100199', '(555) 010-0199'],
    ['+1 555.010.0199', '(555) 010-0199'],
    ['1-555-010-0199', '(555) 010-0199'],
    ['555-0199', '555-0199'],
    ['+48 22 123 45 67', '+48 22 123 45 67'],
    ['ask for Ana', 'ask for Ana'],
    ['', ''],
  ])('%s is kept as %s', (typed, stored) => {
    expect(formatPhone(typed)).toBe(stored)
  })

  it.each([
    ['555 010 0199 x12', '555 010 0199', '12'],
    ['(555) 010-0199 ext. 1234', '(555) 010-0199', '1234'],
    ['555 010 0199#7', '555 010 0199', '7'],
    [' 555 010 0199 ', '555 010 0199', ''],
  ])('%s has its extension apart', (typed, phone, extension) => {
    expect(splitExtension(typed)).toEqual({ phone, extension })
  })
})

describe('the day at the shop', () => {
  it('is that of its time zone, not of the computer', () => {
    const justAfterMidnightUtc = new Date('2026-03-01T00:30:00Z')
    expect(shopDay(justAfterMidnightUtc, 'America/Los_Angeles')).toBe('2026-02-28')
    expect(shopDay(justAfterMidnightUtc, 'Asia/Tokyo')).toBe('2026-03-01')
  })
})
