import { text } from '../../../src-preload/contract/call'
import { AppError } from '../../base/app-error'

const storable = text(Infinity)

/**
 * The rule of every free text, for objects whose strings are only measured by the contract: nothing that cannot be stored, no card number.
 * @throws AppError INVALID_INPUT beside `<prefix>.<name>`
 */
export function checkTexts(values: object, prefix: string): void {
  const problems: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    const result = typeof value === 'string' ? storable.safeParse(value) : undefined
    if (result?.error) problems[`${prefix}.${name}`] = result.error.issues[0]?.message ?? 'This cannot be stored.'
  }
  if (Object.keys(problems).length > 0) throw new AppError('INVALID_INPUT', { fields: problems })
}
