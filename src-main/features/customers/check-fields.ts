import type { CustomerFields } from '../../../src-preload/contract/customers'
import { AppError } from '../../base/app-error'
import { countDigits, formatPhone, splitExtension } from '../people/format-phone'

const FEWEST_DIGITS = 7
const PHONE_COLUMN = 20

/**
 * As they are stored: phones in the usual notation with their extension apart, names of states in capitals, each tag once.
 * Takes any part of the fields.
 */
export function tidyFields<Fields extends { readonly [Key in keyof CustomerFields]?: CustomerFields[Key] | undefined }>(
  typed: Fields,
): Fields {
  const tidied: { -readonly [Key in keyof CustomerFields]?: CustomerFields[Key] | undefined } = { ...typed }
  if (typed.phone !== undefined) {
    const { phone, extension } = splitExtension(typed.phone)
    tidied.phone = formatPhone(phone)
    if (extension !== '') tidied.phoneExt = extension
  }
  if (typed.alternatePhone !== undefined) tidied.alternatePhone = formatPhone(typed.alternatePhone)
  if (typed.state !== undefined) tidied.state = typed.state.toUpperCase()
  if (typed.tags !== undefined) tidied.tags = [...new Set(typed.tags)]
  return tidied as Fields
}

/**
 * A person needs a name and a phone, a company its name, a walk-in nothing.
 * @throws AppError INVALID_INPUT; field names begin with `prefix` ('fields' or 'now')
 */
export function checkFields(fields: CustomerFields, prefix: string): void {
  const problems: Record<string, string> = {}
  const say = (name: keyof CustomerFields, sentence: string) => (problems[`${prefix}.${name}`] = sentence)
  if (fields.kind === 'person' && fields.firstName === '' && fields.lastName === '') say('lastName', 'Enter a first or last name.')
  if (fields.kind === 'person' && fields.phone === '') say('phone', 'Enter a phone number.')
  if (fields.kind === 'company' && fields.companyName === '') say('companyName', 'Enter the name of the company.')
  for (const name of ['phone', 'alternatePhone'] as const) {
    if (fields[name] !== '' && countDigits(fields[name]) < FEWEST_DIGITS) say(name, `A phone number has at least ${FEWEST_DIGITS} digits.`)
    if (fields[name].length > PHONE_COLUMN) say(name, `At most ${PHONE_COLUMN} characters; put an extension in its own field.`)
  }
  if (fields.state !== '' && !/^[A-Z]{2}$/.test(fields.state)) say('state', 'Two letters, like CA.')
  if (fields.taxExempt && fields.taxExemptNumber === '') say('taxExemptNumber', 'Enter the number of the exemption certificate.')
  if (Object.keys(problems).length > 0) throw new AppError('INVALID_INPUT', { fields: problems })
}
