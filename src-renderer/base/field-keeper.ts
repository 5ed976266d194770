import { connectionState } from './connection'
import { isCancelled, sentenceFor, toCallError } from './errors'
import { Leaving } from './leaving'
import { tellLost } from './lost-text'
import { watchUnsaved } from './unsaved'

export type StoreState = 'idle' | 'typing' | 'storing' | 'stored' | 'failed' | 'conflict'

export interface StoredFieldOptions<Value> {
  /** as the database has it; a primitive value, compared with Object.is */
  value: Value
  /** Stores `now`; `was` is what stood there when typing began: the call refuses when it is something else by now. */
  onStore: (now: Value, was: Value) => Promise<unknown>
  /** name of the field in the call, to find its sentence and its present value in an error */
  name?: string
  /** true for fields of several lines: Enter is a new line there */
  multiline?: boolean
}

/** What the screen shows of a field; a new object whenever something changed. */
export interface FieldView<Value> {
  readonly draft: Value
  readonly state: StoreState
  readonly error?: string
  /** what somebody else stored meanwhile */
  readonly theirs?: { readonly value: Value }
  /** what was typed and not approved, or given up when it was asked about: the stored value stands again, this may be sent once more */
  readonly refused?: { readonly value: Value; readonly text: string }
}

/** What an input has in it as it was typed: a value is not always what was typed ('12.5' is 1250 cents, '12x' is none). */
export interface Typed {
  readonly text: string
  /** why it is no value, when it is none */
  readonly problem?: string
}

/** What a <Field> tells of itself: needed to say what is lost once the field is gone. */
export interface FieldWitness {
  named: (label: string) => void
  typed: (typed: Typed) => void
}

const STORED_SIGN_MS = 2000

/** Keeps one field between keyboard and database: what is typed, what was there before, what became of storing it. */
export class FieldKeeper<Value> {
  private view: FieldView<Value>
  /** what the database had when typing began */
  private base: Value
  /** the newest value from outside */
  private seen: Value
  private dirty = false
  private valid = true
  private leftWhileStoring = false
  private label = ''
  private words: Typed | undefined
  private place = ''
  private stopWatching: (() => void) | undefined
  private readonly leaving = new Leaving(() => this.tellIfLost())
  private readonly listeners = new Set<() => void>()

  constructor(private options: StoredFieldOptions<Value>) {
    this.view = { draft: options.value, state: 'idle' }
    this.base = options.value
    this.seen = options.value
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  readonly current = (): FieldView<Value> => this.view

  /** A value from outside is shown, except above what somebody is typing right now. */
  readonly follow = (options: StoredFieldOptions<Value>): void => {
    this.options = options
    if (Object.is(options.value, this.seen)) return
    this.seen = options.value
    if (!this.dirty && this.view.state !== 'storing') this.settle(options.value, this.view.state)
  }

  readonly type = (value: Value, valid = true): void => {
    if (!this.dirty) this.base = this.seen
    this.dirty = true
    this.valid = valid
    this.place = location.hash
    const { state } = this.view
    if (state === 'storing' || state === 'conflict') this.show({ ...this.view, draft: value })
    else this.show({ draft: value, state: 'typing' })
  }

  /** The field was left, or Enter pressed in it. */
  readonly leave = (): void => {
    if (this.view.state === 'storing') {
      this.leftWhileStoring = true
      return
    }
    if (!this.dirty || !this.valid || this.view.state === 'conflict') return
    if (Object.is(this.view.draft, this.base)) this.reset()
    else void this.store(this.base)
  }

  /** For inputs that are done with one choice. */
  readonly choose = (value: Value): void => {
    this.type(value)
    this.leave()
  }

  readonly reset = (): void => this.settle(this.seen, 'idle')

  readonly takeTheirs = (): void => {
    if (this.view.theirs) this.settle(this.view.theirs.value, 'idle')
  }

  readonly keepMine = (): void => {
    if (this.view.theirs) void this.store(this.view.theirs.value)
  }

  /** What was refused is sent again, and asked about again. */
  readonly retry = (): void => {
    const { refused } = this.view
    if (!refused) return
    this.type(refused.value)
    this.words = { text: refused.text }
    this.leave()
  }

  /** What the field around says; a new text of an input comes before its value. */
  readonly witness: FieldWitness = {
    named: (label) => {
      this.label = label
    },
    typed: (typed) => {
      this.words = typed
    },
  }

  /** The field is on the screen (again). */
  readonly appear = (): void => {
    this.leaving.appear()
    this.stopWatching = watchUnsaved(() => this.isUnsaved())
  }

  /** Its screen goes away, or is hidden by the lock. What can be stored is stored; what cannot is told, unless it will be there again. */
  readonly disappear = (): void => {
    this.stopWatching?.()
    this.leave()
    this.leaving.disappear()
  }

  /** Says what was typed and is stored nowhere, now that its field is gone. While it is on its way the answer decides. */
  private readonly tellIfLost = (): void => {
    if (!this.leaving.isGone || !this.dirty || this.view.state === 'storing') return
    const typed = this.words?.text ?? wordsOf(this.view.draft)
    if (!this.valid && typed === '' && this.words?.problem === undefined) return // emptied where something has to stand: the old value stays
    const where = this.label === '' ? '' : ` in “${this.label}”`
    const what = typed === '' ? 'only a part was filled in' : `“${typed}”`
    tellLost(this.leaving.person, `Not stored${where}: ${what}. ${this.reason()}`, this.place)
  }

  private reason(): string {
    if (!this.valid) return this.words?.problem ?? 'It could not be read.'
    if (this.view.state === 'conflict') return 'Somebody else changed it meanwhile.'
    return this.view.error ?? 'It was not sent before the screen was locked.'
  }

  /** Would it be lost if the window went away now? What is only typed is sent in that moment, where there is a connection. */
  private isUnsaved(): boolean {
    const { state } = this.view
    if (state === 'storing') return connectionState() !== 'open'
    return this.dirty && (!this.valid || state !== 'typing' || connectionState() !== 'open')
  }

  get isDirty(): boolean {
    return this.dirty
  }

  get isMultiline(): boolean {
    return this.options.multiline ?? false
  }

  private async store(was: Value): Promise<void> {
    const now = this.view.draft
    const before = this.seen
    this.leftWhileStoring = false
    this.show({ draft: now, state: 'storing' })
    try {
      await this.options.onStore(now, was)
      this.stored(now, Object.is(before, this.seen) ? now : this.seen)
    } catch (error) {
      this.failed(error)
    }
  }

  /** `there` is what the database made of it: the same, or tidied (blanks at the ends). */
  private stored(now: Value, there: Value): void {
    if (Object.is(this.view.draft, now)) {
      this.settle(there, 'stored')
      setTimeout(() => {
        if (this.view.state === 'stored') this.show({ ...this.view, state: 'idle' })
      }, STORED_SIGN_MS)
      return
    }
    this.base = there
    this.show({ draft: this.view.draft, state: 'typing' })
    if (this.leftWhileStoring) this.leave()
    this.tellIfLost()
  }

  private failed(error: unknown): void {
    const { draft } = this.view
    const { name } = this.options
    const known = toCallError(error)
    if (isCancelled(known) && this.leaving.isGone) this.show({ draft, state: 'typing', error: known.message })
    else if (isCancelled(known)) {
      const text = this.words?.text ?? wordsOf(draft)
      this.settle(this.seen, 'idle')
      this.show({ ...this.view, refused: { value: draft, text } })
    } else if (known.code === 'EDIT_CONFLICT') {
      const there = known.data.current
      const theirs = there && name !== undefined && name in there ? (there[name] as Value) : this.seen
      this.show({ draft, state: 'conflict', theirs: { value: theirs } })
    } else this.show({ draft, state: 'failed', error: (name === undefined ? undefined : known.fieldMessage(name)) ?? sentenceFor(known) })
    this.tellIfLost()
  }

  private settle(value: Value, state: StoreState): void {
    this.dirty = false
    this.valid = true
    this.words = undefined
    this.base = value
    this.show({ draft: value, state: state === 'stored' ? 'stored' : 'idle' })
  }

  private show(view: FieldView<Value>): void {
    this.view = view
    for (const listener of this.listeners) listener()
  }
}

function wordsOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
