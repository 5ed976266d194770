import { expect, test } from 'vitest'
import { InvariantError } from '../base/invariant'
import { parseSafeInteger, parseTimestampTz, rowTypes } from './type-parsers'

const parserOf = rowTypes.getTypeParser as unknown as (oid: number, format: 'text') => (text: string) => unknown
const parse = (oid: number, text: string): unknown => parserOf(oid, 'text')(text)

test.each([
  ['2026-01-18 09:30:00+00', '2026-01-18T09:30:00.000Z'],
  ['2026-01-18 09:30:00.5+00', '2026-01-18T09:30:00.500Z'],
  ['2026-01-18 09:30:00.123456+00', '2026-01-18T09:30:00.123456Z'],
  ['2026-01-18 09:30:00.12345+00', '2026-01-18T09:30:00.123450Z'],
])('%s is %s', (text, instant) => {
  expect(parseTimestampTz(text)).toBe(instant)
  expect(new Date(instant).getTime()).not.toBeNaN()
})

test.each(['2026-01-18 09:30:00+02', 'infinity', '0044-03-15 00:00:00+00 BC'])('%s is refused', (text) => {
  expect(() => parseTimestampTz(text)).toThrow(InvariantError)
})

test('a bigint is a number while that is exact', () => {
  expect(parseSafeInteger('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  expect(parseSafeInteger('-5')).toBe(-5)
  expect(() => parseSafeInteger('9007199254740992')).toThrow(InvariantError)
})

test('amounts and days stay text, alone and in arrays', () => {
  expect(parse(1700, '10.10')).toBe('10.10')
  expect(parse(1231, '{10.10,NULL,0.005}')).toEqual(['10.10', null, '0.005'])
  expect(parse(1082, '2026-01-18')).toBe('2026-01-18')
  expect(parse(1182, '{2026-01-18}')).toEqual(['2026-01-18'])
  expect(parse(1016, '{1,2}')).toEqual([1, 2])
  expect(parse(1185, '{"2026-01-18 09:30:00+00"}')).toEqual(['2026-01-18T09:30:00.000Z'])
})

test('everything else is as the driver does it', () => {
  expect(parse(16, 't')).toBe(true)
  expect(parse(3802, '{"a":1}')).toEqual({ a: 1 })
  expect(parse(1009, '{a,b}')).toEqual(['a', 'b'])
})
