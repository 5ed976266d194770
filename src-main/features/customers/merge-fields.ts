import { MergeField, type MergePreview } from '../../../src-preload/contract/accounts'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import { AppError } from '../../base/app-error'
import { phoneDigits } from './phone-digits'

const LONGEST_NOTES = 4000
const MOST_TAGS = 20

/** A number that only the one who goes has is not lost: it is offered as the other number. */
function offered(kept: CustomerFields, merged: CustomerFields): CustomerFields {
  const isNew = merged.phone !== '' && phoneDigits(merged.phone) !== phoneDigits(kept.phone)
  return merged.alternatePhone === '' && isNew ? { ...merged, alternatePhone: merged.phone } : merged
}

/** Where the two differ. What stays is what the one that stays has; where that is nothing, what the other has. */
export function differingFields(kept: CustomerFields, merged: CustomerFields): MergePreview['fields'] {
  const other = offered(kept, merged)
  return MergeField.options
    .filter((name) => kept[name] !== other[name] && other[name] !== '')
    .map((name) => ({ name, kept: kept[name], merged: other[name], suggested: kept[name] === '' ? 'merged' : 'kept' }))
}

/**
 * The customer that stays, as it will stand. Kind, exemption and what the account demands are those of the one that stays.
 * @throws AppError INVALID_INPUT when the notes of both do not fit into one
 */
export function mergeFields(kept: CustomerFields, merged: CustomerFields, take: readonly MergeField[]): CustomerFields {
  const other = offered(kept, merged)
  const taken = Object.fromEntries(take.map((name) => [name, other[name]]))
  const notes = [kept.notes, merged.notes].filter((text, at, all) => text !== '' && all.indexOf(text) === at).join('\n\n')
  if (notes.length > LONGEST_NOTES) {
    throw new AppError('INVALID_INPUT', { message: 'The notes of the two do not fit into one. Shorten one of them first.' })
  }
  const tags = [...new Set([...kept.tags, ...merged.tags])].slice(0, MOST_TAGS)
  return { ...kept, ...taken, notes, tags }
}
