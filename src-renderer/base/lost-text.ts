import { newId } from './new-id'

/** Something typed that could not be stored, and whose place on the screen is gone. */
export interface LostText {
  readonly id: string
  /** names the field, what was typed, and why it was not stored */
  readonly sentence: string
  /** the address (location.hash) of the screen it was typed in */
  readonly place: string
}

const lost = new Map<string, readonly LostText[]>()
const listeners = new Set<() => void>()
const NONE: readonly LostText[] = []

/** What this person has not dismissed yet; only they may see it. The same list for as long as nothing changes. */
export function lostTextsOf(person: string): readonly LostText[] {
  return lost.get(person) ?? NONE
}

/** For the person who typed it: told at once, or when they are at this station again. */
export function tellLost(person: string, sentence: string, place: string): void {
  put(person, [...lostTextsOf(person), { id: newId(), sentence, place }])
}

export function dismissLost(person: string, id: string): void {
  put(
    person,
    lostTextsOf(person).filter((one) => one.id !== id),
  )
}

export function onLostTexts(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function put(person: string, texts: readonly LostText[]): void {
  if (texts.length === 0) lost.delete(person)
  else lost.set(person, texts)
  for (const listener of listeners) listener()
}
