import fc from 'fast-check'
import type { Shape } from './contract-calls'

/** Texts that programs stumble over: quoting, direction, lone surrogates, zero bytes, numbers that are none, card numbers. */
const nastyTexts = [
  '',
  ' ',
  '\0',
  '\ud800',
  '\u202e\u2066',
  "'; DROP TABLE payments; --",
  '${7*7}{{7*7}}',
  '<img src=x onerror=alert(1)>',
  '4242 4242 4242 4242',
  'NaN',
  '1e309',
  '-0',
  '../../etc/passwd',
  '__proto__',
  'x'.repeat(5_000),
  '刹车片 עברית Łódź 🚗',
]

const nastyNumbers = [0, -0, -1, 1.5, 0.1 + 0.2, 1e21, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 31, -(2 ** 31) - 1, 5e-324]

/** Any text that JSON can carry, mostly short. */
const anyText = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20, unit: 'binary' }), fc.constantFrom(...nastyTexts))

const pollution = fc.constantFrom(
  JSON.parse('{"__proto__":{"role":"owner"}}') as unknown,
  JSON.parse('{"constructor":{"prototype":{"role":"owner"}}}') as unknown,
)

/** Any JSON at all. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(...nastyTexts, ...nastyNumbers, null, true, [], {}) },
  { weight: 1, arbitrary: pollution },
)

/** Values that fit the shape, as far as a shape can say it. */
export function fitting(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.anyOf) return fc.oneof(...shape.anyOf.map(fitting))
  if (shape.allOf) return fitting(Object.assign({}, ...shape.allOf) as Shape)
  if ('const' in shape) return fc.constant(shape.const)
  if (shape.enum) return fc.constantFrom(...shape.enum)
  switch (shape.type) {
    case 'object':
      return fittingObject(shape)
    case 'array':
      return fc.array(fitting(shape.items ?? {}), { minLength: shape.minItems ?? 0, maxLength: Math.min(shape.maxItems ?? 3, 3) })
    case 'integer':
    case 'number':
      return fittingNumber(shape)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return fittingText(shape)
    default:
      return anyJson
  }
}

function fittingObject({ properties = {}, required = [] }: Shape): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(Object.entries(properties).map(([key, shape]) => [key, fitting(shape)]))
  return fc.record(model, { requiredKeys: [...required] })
}

function fittingNumber({ minimum = -1_000_000, maximum = 1_000_000 }: Shape): fc.Arbitrary<number> {
  const [min, max] = [Math.max(minimum, Number.MIN_SAFE_INTEGER), Math.min(maximum, Number.MAX_SAFE_INTEGER)]
  return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max))
}

function fittingText({ format, pattern, minLength = 0, maxLength = 40 }: Shape): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid({ version: 7 })
  if (format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }).map((date) => date.toISOString())
  if (format === 'date')
    return fc
      .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
      .map((date) => date.toISOString().slice(0, 10))
  if (format === 'email') return fc.constantFrom('somebody@test.invalid', 'a+b@test.invalid')
  if (format === 'base64') return fc.base64String({ maxLength: 40 })
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u'))
  const size = Math.min(maxLength, Math.max(minLength, 40))
  return fc.oneof(
    fc.string({ minLength, maxLength: size }),
    fc.constantFrom(...nastyTexts).map((text) => text.slice(0, maxLength).padEnd(minLength, 'x')),
  )
}

/** A fitting value with one thing wrong somewhere: exchanged, left out, added. */
export function nearlyFitting(shape: Shape): fc.Arbitrary<unknown> {
  return fc
    .tuple(
      fitting(shape),
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      fc.oneof(anyText, anyJson, fc.constantFrom(...nastyNumbers)),
      fc.constantFrom('swap', 'drop', 'add'),
    )
    .map(([value, path, strange, how]) => {
      let depth = 0
      const next = (below: number): number => (path[depth++ % path.length] ?? 0) % below
      return spoiled(value, next, strange, how)
    })
}

const unasked = ['role', 'shop_id', 'shopId', 'price', 'cost', 'is_admin', 'created_at', 'constructor'] as const

function spoiled(value: unknown, next: (below: number) => number, strange: unknown, how: string): unknown {
  if (Array.isArray(value) && value.length > 0) {
    const at = next(value.length)
    return value.map((each: unknown, index) => (index === at ? spoiled(each, next, strange, how) : each))
  }
  if (typeof value !== 'object' || value === null) return strange
  const entries = Object.entries(value)
  if (entries.length === 0 || how === 'add') return { ...value, [unasked[next(unasked.length)] ?? 'role']: strange }
  const at = next(entries.length)
  if (how === 'drop') return Object.fromEntries(entries.filter((_, index) => index !== at))
  return Object.fromEntries(entries.map(([key, each], index) => [key, index === at ? spoiled(each, next, strange, how) : each]))
}
