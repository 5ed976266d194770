import { types, type CustomTypesConfig } from 'pg'
import { InvariantError } from '../base/invariant'

type Parse = (text: string) => unknown

const OID = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, interval: 1186, numeric: 1700 } as const
const ARRAY_OID = { int8: 1016, date: 1182, timestamp: 1115, timestamptz: 1185, interval: 1187, numeric: 1231 } as const

/** @throws InvariantError beyond 2^53: a rounded amount or counter would be worse than none */
export function parseSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new InvariantError('a bigint of the database does not fit a safe integer')
  return value
}

const TIMESTAMP = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?\+00$/

/**
 * `2026-01-18 09:30:00.5+00` becomes `2026-01-18T09:30:00.500Z`: milliseconds as JavaScript writes them, microseconds only where
 * there are any, so that nothing is lost and what a program stored compares equal to what it reads.
 * @throws InvariantError for a connection that is not in UTC, for infinity and for years that ISO 8601 writes differently
 */
export function parseTimestampTz(text: string): string {
  const match = TIMESTAMP.exec(text)
  if (!match) throw new InvariantError('a timestamptz of the database is not a plain UTC instant')
  const micros = (match[3] ?? '').padEnd(6, '0')
  const fraction = micros.endsWith('000') ? micros.slice(0, 3) : micros
  return `${match[1]}T${match[2]}.${fraction}Z`
}

const asText: Parse = (text) => text

const scalars: Readonly<Record<keyof typeof OID, Parse>> = {
  int8: parseSafeInteger,
  date: asText,
  timestamp: asText,
  timestamptz: parseTimestampTz,
  interval: asText,
  numeric: asText,
}

/** The driver's declaration of this function is older than its code. */
const arrayParser = types.arrayParser as unknown as { create(text: string, parse: Parse): { parse(): unknown[] } }
const parseArray = (text: string, parse: Parse): unknown[] => arrayParser.create(text, parse).parse()

const parsers = new Map<number, Parse>()
for (const [type, parse] of Object.entries(scalars) as [keyof typeof OID, Parse][]) {
  parsers.set(OID[type], parse)
  parsers.set(ARRAY_OID[type], (text) => parseArray(text, parse))
}

const parserOf = (oid: number, format: 'text' | 'binary' = 'text'): unknown =>
  (format === 'text' ? parsers.get(oid) : undefined) ?? (types.getTypeParser as (oid: number, format: string) => unknown)(oid, format)

/** Handed to each connection instead of changing the driver's global table: another user of `pg` in the process keeps its own. */
export const rowTypes = { getTypeParser: parserOf as CustomTypesConfig['getTypeParser'] } satisfies CustomTypesConfig
