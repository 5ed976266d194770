import { isDeepStrictEqual } from 'node:util'
import { AppError } from '../../base/app-error'

/** Part of a record as the contract's `was` and `now` carry it. */
export type Part<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] | undefined }

/**
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
  const names = (Object.keys(now) as (keyof Fields & string)[]).filter((name) => now[name] !== undefined)
  const unseen = names.filter((name) => was[name] === undefined)
  if (unseen.length > 0) {
    throw new AppError('INVALID_INPUT', {
      fields: Object.fromEntries(unseen.map((name) => [`was.${name}`, 'Say what stood here before.'])),
    })
  }
  const conflicts = names.filter((name) => !isDeepStrictEqual(current[name], was[name]) && !isDeepStrictEqual(current[name], now[name]))
  if (conflicts.length > 0) throw new AppError('EDIT_CONFLICT', { current: Object.fromEntries(names.map((name) => [name, current[name]])) })
  const changed = names.filter((name) => !isDeepStrictEqual(current[name], now[name]))
  return { merged: { ...current, ...Object.fromEntries(changed.map((name) => [name, now[name]])) }, changed }
}
