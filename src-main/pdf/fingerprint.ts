import { createHash } from 'node:crypto'

/** SHA-256 in hex: the same for the same facts, however a database has ordered their keys. */
export function fingerprint(facts: object): string {
  return createHash('sha256').update(JSON.stringify(facts, sortKeys)).digest('hex')
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
