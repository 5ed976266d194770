import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { isCancelled, sentenceFor, toCallError } from './errors'

export type StoreState = 'idle' | 'typing' | 'storing' | 'stored' | 'failed' | 'conflict'

export interface StoredFieldOptions<Value> {
  /** as the database has it */
  value: Value
  /** Stores `now`; `was` is what stood there when typing began: the call refuses when it is something else by now. */
  onStore: (now: Value, was: Value) => Promise<unknown>
  /** name of the field in the call, to find its sentence and its present value in an error */
  name?: string
  /** true for fields of several lines: Enter is a new line there */
  multiline?: boolean
}

export interface StoredField<Value> {
  state: StoreState
  /** for <Field>: what went wrong and what became of the last edit */
  field: { error: string | undefined; store: StoreState; conflict: { theirs: Value; takeTheirs(): void; keepMine(): void } | undefined }
  /** for the input */
  input: { value: Value; onValueChange(value: Value, valid?: boolean): void; onBlur(): void; onKeyDown(event: KeyboardEvent): void }
  /** Stores at once, for inputs that are done with one choice (select, checkbox). */
  choose(value: Value): void
}

interface Edit<Value> {
  draft: Value
  /** what the database had when typing began */
  base: Value
  dirty: boolean
  valid: boolean
}

const STORED_SIGN_MS = 2000

/**
 * "Nothing to save": what is typed into a field is stored when the field is left or Enter is pressed. What was typed stays when storing fails.
 * When somebody else changed the field meanwhile nothing is overwritten: the user chooses between theirs and yours.
 */
export function useStoredField<Value>(options: StoredFieldOptions<Value>): StoredField<Value> {
  const latest = useRef(options)
  const edit = useRef<Edit<Value>>({ draft: options.value, base: options.value, dirty: false, valid: true })
  const [, redraw] = useState(0)
  const [outcome, setOutcome] = useState<{ state: StoreState; error?: string; theirs?: { value: Value } }>({ state: 'idle' })
  const alive = useRef(true)
  const leftWhileStoring = useRef(false)
  latest.current = options
  if (!edit.current.dirty && outcome.state !== 'storing') {
    edit.current.draft = options.value
    edit.current.base = options.value
  }

  const store = async (was: Value = edit.current.base): Promise<void> => {
    const now = edit.current.draft
    leftWhileStoring.current = false
    if (alive.current) setOutcome({ state: 'storing' })
    try {
      await latest.current.onStore(now, was)
      const typedOn = !Object.is(edit.current.draft, now)
      edit.current = { ...edit.current, base: now, dirty: typedOn }
      if (typedOn && leftWhileStoring.current) return void store()
      if (alive.current) setOutcome({ state: typedOn ? 'typing' : 'stored' })
    } catch (error) {
      if (alive.current) setOutcome(failure(error, latest.current))
    }
  }

  const leave = (): void => {
    const { dirty, valid, draft, base } = edit.current
    leftWhileStoring.current = outcome.state === 'storing' && valid
    if (!dirty || !valid || outcome.state === 'storing') return
    if (Object.is(draft, base)) {
      edit.current.dirty = false
      setOutcome({ state: 'idle' })
    } else if (outcome.state !== 'conflict') void store()
  }

  const type = (value: Value, valid = true): void => {
    edit.current = { draft: value, base: edit.current.dirty ? edit.current.base : latest.current.value, dirty: true, valid }
    if (outcome.state !== 'typing' && outcome.state !== 'conflict' && outcome.state !== 'storing') setOutcome({ state: 'typing' })
    redraw((count) => count + 1)
  }

  useStoreOnUnmount(alive, edit, () => void store())
  useSignEnds(outcome.state === 'stored', () => setOutcome({ state: 'idle' }))

  const reset = (value: Value): void => {
    edit.current = { draft: value, base: value, dirty: false, valid: true }
    setOutcome({ state: 'idle' })
  }
  const theirs = outcome.theirs
  return {
    state: outcome.state,
    field: {
      error: outcome.error,
      store: outcome.state,
      conflict: theirs && { theirs: theirs.value, takeTheirs: () => reset(theirs.value), keepMine: () => void store(theirs.value) },
    },
    input: { value: edit.current.draft, onValueChange: type, onBlur: leave, onKeyDown: keyHandler(latest, edit, leave, reset) },
    choose: (value) => {
      type(value)
      void store()
    },
  }
}

function failure<Value>(error: unknown, options: StoredFieldOptions<Value>): { state: StoreState; error?: string; theirs?: { value: Value } } {
  if (isCancelled(error)) return { state: 'typing' }
  const { name } = options
  const known = toCallError(error)
  if (known.code === 'EDIT_CONFLICT') {
    const current = name === undefined ? undefined : known.data.current
    return { state: 'conflict', theirs: { value: current && name !== undefined && name in current ? (current[name] as Value) : options.value } }
  }
  return { state: 'failed', error: (name === undefined ? undefined : known.fieldMessage(name)) ?? sentenceFor(known) }
}

function keyHandler<Value>(
  latest: { current: StoredFieldOptions<Value> },
  edit: { current: Edit<Value> },
  leave: () => void,
  reset: (value: Value) => void,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (!latest.current.multiline || event.ctrlKey || event.metaKey)) leave()
    if (event.key === 'Escape' && edit.current.dirty) {
      // one step back: what was typed here, before the dialog or screen around it
      event.preventDefault()
      event.stopPropagation()
      reset(latest.current.value)
    }
  }
}

/** Leaving a screen by a key unmounts the field without a blur: what was typed is stored all the same. */
function useStoreOnUnmount<Value>(alive: { current: boolean }, edit: { current: Edit<Value> }, store: () => void): void {
  const latestStore = useRef(store)
  latestStore.current = store
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
      const { dirty, valid, draft, base } = edit.current
      if (dirty && valid && !Object.is(draft, base)) latestStore.current()
    }
  }, [alive, edit])
}

function useSignEnds(shown: boolean, end: () => void): void {
  const latestEnd = useRef(end)
  latestEnd.current = end
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => latestEnd.current(), STORED_SIGN_MS)
    return () => clearTimeout(timer)
  }, [shown])
}
