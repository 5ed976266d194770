import { useState, useSyncExternalStore } from 'react'
import { useSession } from './session'
import { watchUnsaved } from './unsaved'

/**
 * What somebody typed and has not sent, kept in memory after its screen was left: for that person alone, until it is sent, thrown away, or they
 * sign out. A lock or another person in between loses nothing and shows nothing.
 */
const kept = new Map<string, ReadonlyMap<string, unknown>>()
const listeners = new Set<() => void>()
const NONE: ReadonlyMap<string, unknown> = new Map()

watchUnsaved(() => kept.size > 0)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function draftsOf(person: string): ReadonlyMap<string, unknown> {
  return kept.get(person) ?? NONE
}

/** `undefined` keeps nothing any more. */
function keep(person: string, key: string, draft: unknown): void {
  const drafts = new Map(draftsOf(person))
  if (draft === undefined) drafts.delete(key)
  else drafts.set(key, draft)
  if (drafts.size === 0) kept.delete(person)
  else kept.set(person, drafts)
  for (const listener of listeners) listener()
}

/** They signed out. */
export function forgetDraftsOf(person: string): void {
  kept.delete(person)
  for (const listener of listeners) listener()
}

export interface KeptDraft<Draft> {
  readonly draft: Draft
  /** was typed before, and is here again since this screen was opened */
  readonly isFromBefore: boolean
  /** somebody typed something */
  readonly isTouched: boolean
  change: (next: (before: Draft) => Draft) => void
  /** It is sent: nothing of it is needed any more. */
  forget: () => void
  /** Begins with nothing typed. Answers with the way back. */
  startAfresh: () => () => void
}

/**
 * A draft that outlives its screen. `key` names what it is a draft of; another key is another draft.
 * @param blank a draft with nothing typed, new ids included
 * @param isTouched is there anything in it that is worth keeping?
 */
export function useKeptDraft<Draft>(key: string, blank: () => Draft, isTouched: (draft: Draft, blank: Draft) => boolean): KeptDraft<Draft> {
  const person = useSession().user.id
  const [empty, setEmpty] = useState(blank)
  const there = (): Draft | undefined => draftsOf(person).get(key) as Draft | undefined
  const present = useSyncExternalStore(subscribe, there)
  const [isFromBefore, setIsFromBefore] = useState(present !== undefined)
  return {
    draft: present ?? empty,
    isFromBefore,
    isTouched: present !== undefined,
    change: (next) => {
      const draft = next(there() ?? empty)
      keep(person, key, isTouched(draft, empty) ? draft : undefined)
    },
    forget: () => keep(person, key, undefined),
    startAfresh: () => {
      const before = there()
      setEmpty(blank)
      setIsFromBefore(false)
      keep(person, key, undefined)
      return () => {
        keep(person, key, before)
        setIsFromBefore(true)
      }
    },
  }
}

/** Every draft this person has whose key begins so, the oldest first; `discard` answers with the way back. */
export function useKeptDrafts(prefix: string): readonly { key: string; draft: unknown; discard: () => () => void }[] {
  const person = useSession().user.id
  const drafts = useSyncExternalStore(subscribe, () => draftsOf(person))
  return [...drafts]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, draft]) => ({
      key,
      draft,
      discard: () => {
        keep(person, key, undefined)
        return () => keep(person, key, draft)
      },
    }))
}
