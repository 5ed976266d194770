/** Nobody types five characters and Enter without a gap longer than this: the fastest typist's mean over a minute is about 55 ms. */
export const MAX_GAP_MS = 45
/** On the average to Enter: a scanner on a cable needs 2 to 20 ms a character; three keys rolled over and an Enter reached for, a person some 100 ms. */
export const SURE_GAP_MS = 25
const FEWEST = 5
/** Two keys at once are a roll-over, and Enter right behind them a habit. */
const FEWEST_SURE = 3

/**
 * Characters of VINs, plates, part numbers and our own numbers, behind an AIM prefix or not. A scanner that believes in a Caps Lock which is
 * not on sends small letters only, which is believed of a VIN's length alone.
 */
const PLAIN = /^(?:\][A-Za-z][0-9A-Za-z])?(?:[A-Z0-9][A-Z0-9./+$%_-]*|[a-z0-9]{17,18})$/
/** Any other sign but that of an e-mail address; blanks, or small letters, not both: that is a street. */
const LOOSE = /^(?:[!-?A-~]+|[ -?A-`{-~]+)$/

/** Keys that came as fast as a scanner's, and what ended them. */
export interface Typed {
  readonly text: string
  /** from one key to the next, the end among them, on the average */
  readonly meanGapMs: number
  readonly end: KeyboardEvent
  /** one of them went to a password field: a program types words with other signs there */
  readonly isSecret: boolean
}

/**
 * Is this what a scanner sends? The fewer its characters, and the more it looks like words, the faster it must have come. Programs type as
 * fast as scanners, so words, e-mail addresses and passwords are none: a code has at least as many digits as small letters.
 */
export function isCode({ text, meanGapMs, end, isSecret }: Typed): boolean {
  const isPlain = PLAIN.test(end.getModifierState('CapsLock') ? text.toUpperCase() : text)
  if (isPlain && text.length >= FEWEST) return true
  // Fingers side by side on the number pad roll 1, 2, 3 and its Enter almost as fast.
  if (text.length < FEWEST_SURE || meanGapMs > SURE_GAP_MS || end.code === 'NumpadEnter') return false
  const count = (kind: RegExp): number => text.match(kind)?.length ?? 0
  const digits = count(/\d/g)
  return isPlain || (!isSecret && LOOSE.test(text) && digits > 0 && digits >= count(/[a-z]/g))
}
