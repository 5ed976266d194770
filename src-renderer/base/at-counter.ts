/**
 * Who is at this station, for what is kept in memory for one person alone (base/session.ts says so). The id of the person; '' = nobody.
 * A locked screen still belongs to whoever locked it.
 */
let person = ''
let locked = false
const listeners = new Set<(left: string) => void>()

export function personAtCounter(): string {
  return person
}

export function isCounterLocked(): boolean {
  return locked
}

/** Called with the person who was there, after somebody else, or nobody, took the place. */
export function onPersonLeft(listener: (left: string) => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function setAtCounter(next: string, isLocked: boolean): void {
  const left = person
  person = next
  locked = isLocked
  if (left === next || left === '') return
  for (const listener of listeners) listener(left)
}
