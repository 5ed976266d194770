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
export const Moment = z.iso.datetime({ offset: true })
export const Day = z.iso.date()
export const Nothing = z.strictObject({})
export const Done = z.object({})

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** 13 to 19 digits (blanks and dashes between them ignored) that start like a payment card and pass the Luhn check. */
export function looksLikeCardNumber(text: string): boolean {
  for (const [run] of text.matchAll(/(?:\d[ -]?){13,19}/g)) {
    const digits = run.replace(/\D/g, '')
    if (!/^(4|5[1-5]|2[2-7]|3[47]|6(?:011|4|5)|35|30[0-5]|3[68])/.test(digits)) continue
    const sum = [...digits].reverse().reduce((total, digit, at) => {
      const doubled = (digit.charCodeAt(0) - 48) * (at % 2 === 1 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
    if (sum % 10 === 0) return true
  }
  return false
}

/** Free text of at most `max` characters, trimmed; no control characters, no card numbers (they are never stored anywhere). */
export function text(max: number) {
  return z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .refine((value) => !CONTROL.test(value) && !LONE_SURROGATE.test(value), 'This contains characters that cannot be stored.')
    .refine((value) => !looksLikeCardNumber(value), 'This looks like a card number. Card numbers are never written down here.')
}

/** The same, but something must be there. */
export function requiredText(max: number, sentence = 'Please fill this in.') {
  return text(max).refine((value) => value !== '', sentence)
}

/**
 * The PIN of somebody who may approve, given with the very call it approves: bound to action, record and amount, used once.
 * Missing where the matrix wants it: APPROVAL_REQUIRED; the same call is sent again with it.
 */
export const Approval = z.strictObject({ approverId: Id, pin: z.string().regex(/^\d{6}$/, 'A PIN has six digits.') })
export type Approval = z.output<typeof Approval>
