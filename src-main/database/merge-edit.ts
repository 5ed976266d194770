import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../base/app-error'

/** Part of a record as the contract's `was` and `now` carry it. */
export type Part<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined }

/** The names of the fields that an edit is about. @throws AppError INVALID_INPUT when `was` lacks one of them: nothing is edited unseen */
export function editedFields<Fields>(was: Part<Fields>, now: Part<Fields>): (keyof Fields & string)[] {
  const names = Object.keys(now).filter((name) => now[name as keyof Fields] !== undefined) as (keyof Fields & string)[]
  const unseen = names.filter((name) => was[name] === undefined)
  if (unseen.length === 0) return names
  const fields = Object.fromEntries(unseen.map((name) => [`was.${name}`, 'Say what stood here before.']))
  throw new AppError('INVALID_INPUT', { fields })
}

/**
 * For a record whose fields depend on each other, so that the whole of it is checked before it is written; `guardedEdit` is the same rule
 * for fields that stand alone, in one statement without reading first.
 *
 * An edit of single fields on top of what stands in the database now (read under the row's lock). A field that changed meanwhile is a
 * conflict, unless it changed to the very value that is wanted.
 * @returns the whole record after the edit, and the names of the fields that change
 * @throws AppError EDIT_CONFLICT with the present values of the fields concerned; INVALID_INPUT when `was` lacks a field of `now`
 */
export function mergeEdit<Fields extends object>(
  current: Fields,
  was: Part<Fields>,
  now: Part<Fields>,
): { merged: Fields; changed: (keyof Fields & string)[] } {
  const names = editedFields(was, now)
  const conflicts = names.filter((name) => !isDeepStrictEqual(current[name], was[name]) && !isDeepStrictEqual(current[name], now[name]))
  if (conflicts.length > 0) throw new AppError('EDIT_CONFLICT', { current: Object.fromEntries(names.map((name) => [name, current[name]])) })
  const changed = names.filter((name) => !isDeepStrictEqual(current[name], now[name]))
  return { merged: { ...current, ...Object.fromEntries(changed.map((name) => [name, now[name]])) }, changed }
}
