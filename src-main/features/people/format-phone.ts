import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

const EXTENSION = /\s*(?:x|ext\.?|extension|#)\s*(\d{1,10})\s*$/i

/** What the columns hold; with an extension a number may be longer. */
const PHONE_COLUMN = 20

/** '555.010.0199' -> '(555) 010-0199'. A number of another country, or one that is no phone number, stays as it was typed. */
export function formatPhone(typed: string): string {
  const text = typed.trim()
  const number = parsePhoneNumberFromString(text, 'US')
  const national = number?.countryCallingCode === '1' && number.isPossible() ? number.formatNational() : text
  return national.length <= PHONE_COLUMN ? national : text
}

/** '555 010 0199 x12' -> number and extension, apart. */
export function splitExtension(typed: string): { phone: string; extension: string } {
  const found = EXTENSION.exec(typed)
  return found ? { phone: typed.slice(0, found.index).trim(), extension: found[1] ?? '' } : { phone: typed.trim(), extension: '' }
}

export function countDigits(text: string): number {
  return text.replaceAll(/\D/g, '').length
}
