import { isCounterLocked, onPersonLeft, personAtCounter } from './at-counter'

/** What a locked screen hides, until its person is back or somebody else takes the place. */
const hidden = new Set<Leaving>()

onPersonLeft(() => {
  const left = [...hidden]
  hidden.clear()
  for (const one of left) one.whenGone()
})

/**
 * Tells a part of the screen that goes away for good from one that a lock hides and that will be there again: React says the same of both.
 * `whenGone` is called once it is gone for good, for whoever was there when it came: `person`.
 */
export class Leaving {
  readonly person = personAtCounter()
  private isOut = false

  constructor(readonly whenGone: () => void) {}

  get isGone(): boolean {
    return this.isOut && !hidden.has(this)
  }

  readonly appear = (): void => {
    this.isOut = false
    hidden.delete(this)
  }

  readonly disappear = (): void => {
    this.isOut = true
    if (isCounterLocked() && this.person === personAtCounter()) hidden.add(this)
    else
      queueMicrotask(() => {
        if (this.isGone) this.whenGone() // a screen that is only drawn anew is back by then
      })
  }
}
