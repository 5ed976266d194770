import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { api } from './api'
import { type CallMeta, looksLikeCardNumber, requiredText, text } from './call'
import { errorCodes, errorMap } from './errors'
import { grantOf, permissions, Role } from './permissions'
import { shortcuts } from './shortcuts'

describe('free text', () => {
  it.each(['4242 4242 4242 4242', 'card 5555-5555-5555-4444 exp', '378282246310005'])('refuses the card number in "%s"', (value) => {
    expect(looksLikeCardNumber(value)).toBe(true)
    expect(text(100).safeParse(value).success).toBe(false)
  })
  it.each(['1M8GDM9AXKP042788', '(555) 010-0199', 'part 4242424242424241', 'RO-000123', '2026-11-22 12:00'])('lets "%s" pass', (value) => {
    expect(looksLikeCardNumber(value)).toBe(false)
  })
  it.each(['a\u0000b', 'a\ud800b', 'a\u001bb'])('refuses what cannot be stored', (value) => {
    expect(text(100).safeParse(value).success).toBe(false)
  })
  it('keeps every name as people write it', () => {
    for (const name of ['Łódź', '刹车片', 'עברית', '👩🏽‍🔧', 'line\nbreak']) expect(text(100).parse(name)).toBe(name)
  })
  it('trims, and wants something where something must be', () => {
    expect(requiredText(10).parse('  x ')).toBe('x')
    expect(requiredText(10).safeParse('   ').success).toBe(false)
  })
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
