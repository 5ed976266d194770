import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { api } from './api'
import { type CallMeta, looksLikeCardNumber, Moment, requiredText, text } from './call'
import { errorCodes, errorMap } from './errors'
import { grantOf, permissions, Role } from './permissions'
import { shortcuts } from './shortcuts'

describe('free text', () => {
  it.each([
    '4242 4242 4242 4242',
    'card 5555-5555-5555-4444 exp',
    '378282246310005',
    '4242 4242 4242 4242 03/27 123',
    '4242424242424242 0327',
    '4242424242424242/0327/123',
    'call 555 0142, 4242 4242 4242 4242',
    '12 4242 4242 4242 4242',
    '0327 3782 822463 10005',
    '4242.4242.4242.4242',
    '4242\u00a04242\u00a04242\u00a04242',
    '4242 – 4242 – 4242 – 4242',
    '4242\n4242\n4242\n4242',
    '４２４２ ４２４２ ４２４２ ４２４２',
    '4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2',
    '42424242424242420327',
  ])('refuses the card number in "%s"', (value) => {
    expect(looksLikeCardNumber(value)).toBe(true)
    expect(text(100).safeParse(value).success).toBe(false)
  })
  it.each([
    '1M8GDM9AXKP042788',
    '(555) 010-0199',
    '(555) 010-0199 or (555) 010-0142 or 555-010-0177',
    'part 4242424242424241',
    'RO-000123',
    '2026-11-22 12:00',
    'tracking 9400 1000 0000 0000 0000 00',
    '125.00 45.50 1,250.00 350.00 47.99 12.00',
    'torque 103 Nm, 45 psi, 5W-30, 4.5 qt, 12345 mi',
  ])('lets "%s" pass', (value) => {
    expect(looksLikeCardNumber(value)).toBe(false)
  })
  it.each(['a\u0000b', 'a\ud800b', 'a\u001bb', 'a\u0085b', 'pay \u202e00.001\u202c', '\u2067b\u2069'])(
    'refuses what cannot be stored',
    (value) => {
      expect(text(100).safeParse(value).success).toBe(false)
    },
  )
  it('keeps every name as people write it', () => {
    for (const name of ['Łódź', '刹车片', 'עברית', '👩🏽‍🔧', 'line\nbreak']) expect(text(100).parse(name)).toBe(name)
  })
  it('trims, and wants something where something must be', () => {
    expect(requiredText(10).parse('  x ')).toBe('x')
    expect(requiredText(10).safeParse('   ').success).toBe(false)
    for (const unseen of ['\u200b', '\u2060\ufeff', '\u00ad', '\u3164']) expect(requiredText(10).safeParse(unseen).success).toBe(false)
    for (const seen of ['?', '李', '🚗', '—']) expect(requiredText(10).safeParse(seen).success).toBe(true)
  })
})

describe('a moment', () => {
  it.each(['2026-11-22T12:00:00Z', '1999-01-01T00:00:00+14:00', '2099-12-31T23:59:59.999-12:00'])('may be %s', (value) => {
    expect(Moment.safeParse(value).success).toBe(true)
  })
  it.each(['9999-12-31T23:59:59-10:00', '0001-01-01T00:00:00+10:00', '0000-01-01T00:00:00Z', '2300-01-01T00:00:00Z'])(
    'is never %s',
    (value) => {
      expect(Moment.safeParse(value).success).toBe(false)
    },
  )
})

describe('the contract', () => {
  interface Call {
    '~orpc': { meta: CallMeta; inputSchema?: unknown }
  }
  const calls = Object.entries(api).flatMap(([area, entries]: [string, Record<string, Call>]) =>
    Object.entries(entries).map(([name, entry]) => ({ name: `${area}.${name}`, entry })),
  )

  it('says of every call who may make it', () => {
    expect(calls.length).toBeGreaterThan(40)
    const known: readonly string[] = [...permissions, 'signed_in', 'locked', 'public']
    for (const { name, entry } of calls) expect(known, name).toContain(entry['~orpc'].meta.access)
  })

  it('refuses unknown keys in every input', () => {
    for (const { name, entry } of calls) {
      const schema = entry['~orpc'].inputSchema
      if (!(schema instanceof z.ZodObject)) continue
      expect(
        schema.safeParse({ surprise: 1 }).error?.issues.some((issue) => issue.code === 'unrecognized_keys'),
        name,
      ).toBe(true)
    }
  })

  it('has a sentence for every code', () => {
    for (const code of errorCodes) expect(errorMap[code].message).toMatch(/\.$/)
  })

  it('never uses one key for two things', () => {
    const keys = shortcuts.map((shortcut) => shortcut.keys.toLowerCase())
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('lets an owner do everything', () => {
    for (const permission of permissions) expect(grantOf('owner', permission)).toBe('yes')
    for (const role of Role.options) expect(grantOf(role, 'shop.see')).toBe('yes')
  })
})
