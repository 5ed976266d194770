import { useState } from 'react'
import type { CallError } from './errors'

/** The fields of `now` that differ from `was`, on both sides. */
export function changedFields<Fields extends object>(was: Fields, now: Fields): { was: Partial<Fields>; now: Partial<Fields> } {
  const names = (Object.keys(now) as (keyof Fields)[]).filter((name) => !Object.is(now[name], was[name]))
  const only = (fields: Fields): Partial<Fields> => Object.fromEntries(names.map((name) => [name, fields[name]])) as Partial<Fields>
  return { was: only(was), now: only(now) }
}

export interface FieldConflict {
  theirs: unknown
  takeTheirs: () => void
  keepMine: () => void
}

export interface GuardedDraft<Fields extends object> {
  draft: Fields
  change: (part: Partial<Fields>) => void
  /** for the call: what was changed, and what stood there when the user saw it last */
  edit: () => { was: Partial<Fields>; now: Partial<Fields> }
  /** Hand every refusal in: a conflict is kept until the user has chosen for each of its fields. */
  refused: (error: CallError) => void
  /** for <Field> */
  conflictOf: (name: keyof Fields) => FieldConflict | undefined
  /** nothing is sent while the user has not chosen */
  hasConflict: boolean
}

/**
 * A form in a dialog that is stored by one call with `was` and `now`. When somebody else changed a field of it meanwhile nothing is
 * overwritten and nothing typed is lost: both values are shown and the user chooses; the next try says that theirs was seen.
 */
export function useGuardedDraft<Fields extends object>(start: Fields): GuardedDraft<Fields> {
  const [base, setBase] = useState(start)
  const [draft, setDraft] = useState(start)
  const [theirs, setTheirs] = useState<Partial<Fields>>({})
  const settle = (name: keyof Fields): void => setTheirs((all) => without(all, name))
  return {
    draft,
    change: (part) => setDraft((now) => ({ ...now, ...part })),
    edit: () => changedFields(base, draft),
    refused: ({ code, data }) => {
      if (code !== 'EDIT_CONFLICT' || !data.current) return
      const present = data.current as Partial<Fields>
      const names = (Object.keys(present) as (keyof Fields)[]).filter((name) => name in start)
      const differing = names.filter((name) => !Object.is(present[name], base[name]) && !Object.is(present[name], draft[name]))
      setTheirs(Object.fromEntries(differing.map((name) => [name, present[name]])) as Partial<Fields>)
      setBase((seen) => ({ ...seen, ...(Object.fromEntries(names.map((name) => [name, present[name]])) as Partial<Fields>) }))
    },
    conflictOf: (name) => {
      if (!(name in theirs)) return undefined
      const value = theirs[name]
      return {
        theirs: value,
        takeTheirs: () => {
          setDraft((now) => ({ ...now, [name]: value }))
          settle(name)
        },
        keepMine: () => settle(name),
      }
    },
    hasConflict: Object.keys(theirs).length > 0,
  }
}

function without<Fields extends object>(all: Partial<Fields>, name: keyof Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== name)) as Partial<Fields>
}
