import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorMap } from './errors'
import type { Permission } from './permissions'

/**
 * Who may call: a row of the permission matrix; 'signed_in' = anybody with an open session; 'locked' = also while the screen is locked;
 * 'public' = also without a session (set-up, sign-in).
 */
export type Access = Permission | 'signed_in' | 'locked' | 'public'
export interface CallMeta {
  access?: Access
}

const base = oc.$meta<CallMeta>({}).errors(errorMap)

/** One line of the contract. A call without access does not compile; input objects are strict (an unknown key is refused). */
export function call<Input extends z.ZodType, Output extends z.ZodType>(access: Access, input: Input, output: Output) {
  return base.meta({ access }).input(input).output(output)
}

/** A call that answers with a stream of events until the caller stops listening. */
export function stream<Output extends Parameters<ReturnType<typeof base.meta>['output']>[0]>(access: Access, output: Output) {
  return base.meta({ access }).output(output)
}

// Shapes that every area uses ------------------------------------------------------------------------------------------

export const Id = z.uuid()
const EARLIEST_MS = Date.UTC(1900, 0)
const LATEST_MS = Date.UTC(2200, 0)
/** A point in time of a shop's life: years at the edges of what a calendar holds are typing errors, and not every part can hold them. */
export const Moment = z.iso.datetime({ offset: true }).refine((value) => {
  const at = Date.parse(value)
  return at >= EARLIEST_MS && at < LATEST_MS
}, 'This is not a date of our time.')
export const Day = z.iso.date()
export const Nothing = z.strictObject({})
export const Done = z.object({})

/** Control characters, and those that turn the direction of what follows: a bill must read as it is stored. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/
/** Something that leaves ink on paper: no blank, no joiner, no letter that is drawn as nothing. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u

/** Visa, Mastercard, American Express, Discover and UnionPay, Diners Club, JCB: how their numbers begin and how long they are. */
const CARD =
  /^(?:4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d|2\d\d)\d{12,15}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14,17})$/
const CHAIN = /\d+(?:[\s.,/_·\u2010-\u2015-]{1,3}\d+)*/g
const LONGEST_CARD = 19
/** American phone numbers in groups, one behind the other: digits enough for a card number, in groups no card is written in. */
const PHONES = /^(?:(?:1[ -])?(?:\d{3}[ -]){1,2}\d{4}(?:[ -]|$))+$/

/**
 * Whether a card number stands somewhere in a text: in one piece or in groups of at least four digits, in whatever way they are separated,
 * also with expiry and code behind it or other numbers around it; or digit by digit.
 */
export function looksLikeCardNumber(text: string): boolean {
  for (const [chain] of text.normalize('NFKC').matchAll(CHAIN)) {
    if (/^\d(?:[ -]?\d)*$/.test(chain) && !PHONES.test(chain) && isCardNumber(chain.replace(/\D/g, ''))) return true
    const groups = chain.split(/\D+/)
    if (groups.some((group, at) => startsCard(group) || windowsFrom(groups, at).some(isCardNumber))) return true
  }
  return false
}

/** The digits from this group on, group by group; only the last group may have fewer than four. */
function windowsFrom(groups: readonly string[], start: number): string[] {
  const windows: string[] = []
  let digits = ''
  for (const group of groups.slice(start, start + LONGEST_CARD)) {
    digits += group
    if (digits.length > LONGEST_CARD) break
    windows.push(digits)
    if (group.length < 4) break
  }
  return windows
}

/** Expiry and code typed without a blank behind the number. */
function startsCard(group: string): boolean {
  return group.length > 16 && (isCardNumber(group.slice(0, 16)) || isCardNumber(group.slice(0, 15)))
}

function isCardNumber(digits: string): boolean {
  if (!CARD.test(digits) || isBarCode(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const doubled = (digit.charCodeAt(0) - 48) * (at % 2 === 1 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** The EAN-13 of a box of parts, most of them from Europe and Japan and beginning with 4 (GS1, check digit by weights 3 and 1). */
function isBarCode(digits: string): boolean {
  if (digits.length !== 13) return false
  return [...digits].reduce((total, digit, at) => total + (digit.charCodeAt(0) - 48) * (at % 2 === 1 ? 3 : 1), 0) % 10 === 0
}

const LONGEST_TEXT = 10_000
const LONGEST_LIST = 100

/** `max` first: what follows reads every character. */
function storable(base: z.ZodString, max: number) {
  return base
    .max(max, { error: `At most ${max} characters.`, abort: true })
    .refine((value) => !CONTROL.test(value) && !LONE_SURROGATE.test(value), 'This contains characters that cannot be stored.')
}

/** Free text of at most `max` characters, trimmed; no control characters, no card numbers (they are never stored anywhere). */
export function text(max: number) {
  return storable(z.string().trim(), max).refine(
    (value) => !looksLikeCardNumber(value),
    'This looks like a card number. Card numbers are never written down here.',
  )
}

/**
 * The fields of an edit as they were seen, for its `was`: texts are compared and not stored, so that what an older program let in can be
 * corrected. Everything else is held to its own rules.
 */
export function seen<Fields extends z.ZodObject>(fields: Fields): ReturnType<Fields['partial']> {
  const shape: Record<string, z.ZodType> = {}
  for (const [name, field] of Object.entries<z.core.$ZodType>(fields.shape)) shape[name] = asSeen(field)
  return z.strictObject(shape).partial() as unknown as ReturnType<Fields['partial']>
}

function asSeen(field: z.core.$ZodType): z.ZodType {
  if (field instanceof z.ZodString) return storable(z.string(), LONGEST_TEXT)
  if (field instanceof z.ZodArray) return z.array(asSeen(field.element)).max(LONGEST_LIST)
  return field as z.ZodType
}

/** The same, but something must be there. */
export function requiredText(max: number, sentence = 'Please fill this in.') {
  return text(max).refine((value) => VISIBLE.test(value), sentence)
}

/**
 * The PIN of somebody who may approve, given with the very call it approves: bound to action, record and amount, used once.
 * Missing where the matrix wants it: APPROVAL_REQUIRED; the same call is sent again with it.
 */
export const Approval = z.strictObject({ approverId: Id, pin: z.string().regex(/^\d{6}$/, 'A PIN has six digits.') })
export type Approval = z.output<typeof Approval>
