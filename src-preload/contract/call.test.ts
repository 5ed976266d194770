import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { api } from './api'
import { type CallMeta, looksLikeCardNumber, Moment, requiredText, seen, text } from './call'
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
    '385-1234 385-9872',
    '650-1234 555 650 9873',
    'EAN 4047023000026',
  ])('lets "%s" pass', (value) => {
    expect(looksLikeCardNumber(value)).toBe(false)
  })
  it.each<[kind: string, shape: RegExp]>([
    ['phone', /^[2-9]\d\d-[2-9]\d\d-\d{4}$/],
    ['phone in one piece', /^\+?1?[2-9]\d\d[2-9]\d{6}( x\d{1,5})?$/],
    ['phone as it is stored', /^\([2-9]\d\d\) [2-9]\d\d-\d{4}$/],
    ['two phones', /^(\([2-9]\d\d\) )?[2-9]\d\d-\d{4}(, | or | \/ | )[2-9]\d\d[ -][2-9]\d\d[ -]\d{4}$/],
    ['two local phones', /^[2-9]\d\d-\d{4} [2-9]\d\d-\d{4}$/],
    ['VIN', /^[1-5J-Z][A-HJ-NPR-Z0-9]{7}[0-9X][A-HJ-NPR-Z0-9]{2}\d{6}$/],
    ['VIN of digits and few letters', /^[1-5]\d{2}[A-HJ-NPR-Z]{2}\d{2}[A-HJ-NPR-Z]\d{9}$/],
    ['order and invoice', /^RO-\d{6,7}, INV-\d{6,7}$/],
    ['Toyota part', /^\d{5}-[0-9A-Z]{5}$/],
    ['General Motors part', /^\d{8}$/],
    ['Mopar part', /^\d{8}[A-Z]{2}$/],
    ['Ford part', /^[A-Z]{2}\dZ-\d{4,5}-[A-Z]{1,2}$/],
    ['Bosch part', /^[0F] ?\d{3} ?\d{3} ?\d{3}$/],
    ['UPC', /^\d{12}$/],
    ['mileage, amount, date and time', /^\d{5,6} mi, \$\d{1,4}\.\d{2}, (0[1-9]|1[0-2])\/[0-2]\d\/20\d\d (0\d|1\d):[0-5]\d$/],
  ])('lets a thousand of each kind pass: %s', (_, shape) => {
    fc.assert(
      fc.property(fc.stringMatching(shape), (value) => !looksLikeCardNumber(value)),
      { numRuns: 1000, seed: 20_261_122 },
    )
  })
  it('lets the bar code of a part pass, though it begins like an old card and every tenth ends like one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^4\d{11}$/), (twelve) => !looksLikeCardNumber(withEanDigit(twelve))),
      { numRuns: 1000, seed: 20_261_122 },
    )
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

/** The check digit of EAN-13 behind the twelve. */
function withEanDigit(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, at) => total + Number.parseInt(digit, 10) * (at % 2 === 1 ? 3 : 1), 0)
  return `${twelve}${(10 - (sum % 10)) % 10}`
}

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

interface TextField {
  readonly path: string
  readonly schema: z.core.$ZodType
}

/** Every place of an input where a text may stand; of a list, its elements. */
function textsOf(schema: unknown, path = ''): TextField[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  )
    return textsOf(schema.unwrap(), path)
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape).flatMap(([name, field]) => textsOf(field, `${path}.${name}`))
  if (schema instanceof z.ZodArray) return textsOf(schema.element, path)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => textsOf(option, path))
  if (schema instanceof z.ZodRecord) return [...textsOf(schema.keyType, path), ...textsOf(schema.valueType, path)]
  if (schema instanceof z.ZodPipe) return textsOf(schema.in, path)
  return schema instanceof z.ZodString ? [{ path, schema }] : []
}

/** An input that is an object, or each kind of it. */
function objectsOf(schema: unknown): z.ZodObject[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(objectsOf)
  return schema instanceof z.ZodObject ? [schema] : []
}

function takesCardNumber({ schema }: TextField): boolean {
  return z.safeParse(schema, '4242424242424242').success || z.safeParse(schema, '4222222222222').success
}

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
      for (const schema of objectsOf(entry['~orpc'].inputSchema))
        expect(
          schema.safeParse({ surprise: 1 }).error?.issues.some((issue) => issue.code === 'unrecognized_keys'),
          name,
        ).toBe(true)
    }
  })

  it('takes a card number in no text that is stored', () => {
    const taken = calls.flatMap(({ name, entry }) =>
      textsOf(entry['~orpc'].inputSchema)
        .filter(takesCardNumber)
        .map(({ path }) => `${name}${path}`),
    )
    const neverStored =
      /^(customers\.(search\.text|list\.after|duplicates\.\w+)|orders\.findParts\.text|session\.signIn\.\w+|.*[pP]assword|\w+\.\w+\.was\..*)$/
    expect(taken.filter((path) => !neverStored.test(path))).toEqual([])
    // What is of several kinds is looked into as well.
    const seenTexts = calls.filter(({ name }) => name === 'pricing.add').flatMap(({ entry }) => textsOf(entry['~orpc'].inputSchema))
    expect(seenTexts.map(({ path }) => path)).toContain('.fields.lines.description')
    expect(taken.length).toBeGreaterThan(20)
  })

  it('lets what an older program stored be corrected', () => {
    const fields = z.strictObject({ note: requiredText(10), tags: z.array(text(5)), count: z.int() })
    const old = { note: '4242424242424242', tags: ['4242 4242 4242 4242'], count: 1 }
    expect(seen(fields).parse(old)).toEqual(old)
    expect(seen(fields).parse({})).toEqual({})
    expect(fields.partial().safeParse(old).success).toBe(false)
    for (const wrong of [{ other: 1 }, { count: 'x' }, { note: 'a\u0000' }, { note: 'x'.repeat(20_000) }, { tags: 'x' }])
      expect(seen(fields).safeParse(wrong).success).toBe(false)
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
