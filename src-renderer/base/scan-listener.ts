import { isCode, MAX_GAP_MS, type Typed } from './is-code'
import { isTextField, type KeptField, keepField, putBack, typeInto } from './kept-field'
import { typeAhead } from './type-ahead'

/** Two keys so close are hardly a person's: what they would do can wait for the third. */
const SURER_MS = 200
const LATE_MS = 8

interface Burst {
  text: string
  readonly firstMs: number
  /** when its last key went down, by the event's own clock: a busy page hears keys late, but not closer together */
  lastMs: number
  /** every field a key went to, as it was before */
  readonly kept: Map<EventTarget, KeptField>
  /** keys outside of text fields, where one alone would do something: they wait until it is clear who types */
  readonly held: KeyboardEvent[]
}

/**
 * Hears a bar-code scanner wherever the focus is: characters with hardly any gap, then Enter or Tab. Nothing of a scan stays in a field or
 * reaches a shortcut; what was no scan arrives as if nobody had listened. Must be the first to hear keys.
 * @returns what stops listening
 */
export function listenForScans(target: Window, heard: (text: string) => void): () => void {
  let burst: Burst | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let endedMs = -Infinity
  const replayed = new WeakSet<Event>()

  /** What waited does what it does; the burst stays: under load the next key of a scanner may be heard only now, and says by its time that it is one. */
  const release = (): void => {
    clearTimeout(timer)
    for (const event of burst?.held.splice(0) ?? []) {
      const again = new KeyboardEvent('keydown', event)
      replayed.add(again)
      const at = event.target instanceof Node && event.target.isConnected ? event.target : document.body
      if (!at.dispatchEvent(again)) continue
      if (isSecret(at)) typeInto(at, event.key)
      else if (at instanceof HTMLSelectElement) typeAhead(at, event)
      else if (event.key === ' ' && at instanceof HTMLElement && at.matches('button, input, summary')) at.click()
    }
  }
  const replay = (): void => {
    release()
    burst = undefined
  }
  // A timer that comes late says that the page was busy: keys that were pressed meanwhile are still on their way.
  const hold = (ms: number): void => {
    clearTimeout(timer)
    const dueMs = performance.now() + ms
    timer = setTimeout(() => (performance.now() - dueMs > LATE_MS ? hold(ms) : release()), ms)
  }
  const swallow = (event: KeyboardEvent): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  const add = (event: KeyboardEvent): void => {
    burst ??= { text: '', firstMs: event.timeStamp, lastMs: 0, kept: new Map(), held: [] }
    burst.text += event.key
    burst.lastMs = event.timeStamp
    const at = event.target
    if (isTextField(at) && !burst.kept.has(at)) burst.kept.set(at, keepField(at))
    if (isTextField(at) && !isSecret(at)) return
    swallow(event)
    burst.held.push(event)
    hold(burst.text.length > 1 ? SURER_MS : MAX_GAP_MS)
  }
  const finish = (event: KeyboardEvent, { text, kept }: Burst): void => {
    swallow(event)
    clearTimeout(timer)
    burst = undefined
    endedMs = event.timeStamp
    for (const field of kept.values()) putBack(field)
    heard(text)
  }
  const hear = (event: KeyboardEvent): void => {
    if (replayed.has(event) || event.key === 'Shift' || event.key === 'CapsLock') return
    if (burst && !isSoonAfter(event, burst.lastMs)) replay()
    const isEnd = (event.key === 'Enter' || event.key === 'Tab') && !hasModifier(event) && !event.shiftKey
    // Some end with two keys: carriage return and line feed, Tab and Enter.
    if (!burst && isSoonAfter(event, endedMs) && (isEnd || (event.ctrlKey && event.key === 'j'))) swallow(event)
    // No code begins with a blank: alone it presses the button that has the focus.
    else if (isCharacter(event) && (burst || event.key !== ' ')) add(event)
    else if (isEnd && burst && isCode(typed(burst, event))) finish(event, burst)
    else replay()
  }
  target.addEventListener('keydown', hear, true)
  return () => {
    clearTimeout(timer)
    target.removeEventListener('keydown', hear, true)
  }
}

function isSoonAfter(event: KeyboardEvent, atMs: number): boolean {
  const gapMs = event.timeStamp - atMs
  return gapMs >= 0 && gapMs <= MAX_GAP_MS
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey
}

function typed({ text, firstMs, kept }: Burst, end: KeyboardEvent): Typed {
  return { text, end, meanGapMs: (end.timeStamp - firstMs) / text.length, isSecret: [...kept.keys()].some(isSecret) }
}

function isCharacter(event: KeyboardEvent): boolean {
  return event.key.length === 1 && !hasModifier(event) && !event.isComposing && !event.repeat
}

/** A PIN submits itself with its last digit: not one character of a scan may get so far. */
function isSecret(target: EventTarget): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type === 'password'
}
