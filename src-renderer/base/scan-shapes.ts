import { judgeVin, tidyVin } from '../../src-preload/contract/vin'

/** What a scanned code is by its shape. A plate and a part number look alike: only the shop's records tell them apart. */
export type Scan =
  | { readonly kind: 'vin'; readonly text: string }
  | { readonly kind: 'order'; readonly text: string }
  | { readonly kind: 'invoice'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }

/** Scanners may be set to say the kind of bar code first (AIM identifiers): `]A0`, `]C1`. */
const AIM = /^\][A-Za-z][0-9A-Za-z]/
const NUMBER = /^(RO|INV)-?(\d{1,9})$/
/** Numbers of orders and invoices have at least so many digits, as the database makes them. */
const DIGITS = 6

export function shapeOf(scanned: string): Scan {
  const text = scanned.replace(AIM, '').trim().toUpperCase()
  const vin = tidyVin(text)
  const verdict = judgeVin(vin)
  if (verdict === 'right' || verdict === 'check_digit_wrong') return { kind: 'vin', text: vin }
  const [, prefix, digits = ''] = NUMBER.exec(text) ?? []
  if (prefix) return { kind: prefix === 'RO' ? 'order' : 'invoice', text: `${prefix}-${digits.padStart(DIGITS, '0')}` }
  return { kind: 'code', text }
}

/** Letters and digits only: plates and part numbers are written with and without signs. */
export function codeKey(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '')
}
