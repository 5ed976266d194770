import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Activity, StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Cents } from '../../src-preload/contract/money'
import { Field } from '../components/field'
import { MoneyInput } from '../components/money-input'
import { TextInput } from '../components/text-input'
import { setAtCounter } from './at-counter'
import { setConnectionState } from './connection'
import { CallError } from './errors'
import { dismissLost, lostTextsOf } from './lost-text'
import { askBeforeUnload } from './unsaved'
import { useStoredField } from './use-stored-field'

const ZOE = 'zoe'
const BEN = 'ben'
const told = (person = ZOE): string[] => lostTextsOf(person).map(({ sentence }) => sentence)

/** Calls to the program that the test answers when it likes. */
let calls: { now: unknown; answer: () => void; refuse: (error: unknown) => void }[] = []
const onStore = (now: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    calls.push({ now, answer: resolve, refuse: reject })
  })

beforeEach(() => {
  calls = []
  setConnectionState('open')
  setAtCounter(ZOE, false)
})
afterEach(async () => {
  await act(async () => cleanup())
  setAtCounter('', false)
  for (const person of [ZOE, BEN]) for (const { id } of lostTextsOf(person)) dismissLost(person, id)
})

function Complaint() {
  const { field, input } = useStoredField({ value: 'noise', onStore, name: 'complaint' })
  return (
    <Field label="Complaint" {...field}>
      <TextInput {...input} />
    </Field>
  )
}

function Price() {
  const { field, input } = useStoredField<Cents | null>({ value: 1200 as Cents, onStore, name: 'unitPriceCents' })
  return (
    <Field label="Price of pads" {...field}>
      <MoneyInput {...input} onValueChange={(value, valid) => input.onValueChange(value, valid && value !== null)} />
    </Field>
  )
}

function open(what: 'Complaint' | 'Price of pads') {
  const show = (isLocked: boolean) => (
    <StrictMode>
      <Activity mode={isLocked ? 'hidden' : 'visible'}>{what === 'Complaint' ? <Complaint /> : <Price />}</Activity>
    </StrictMode>
  )
  const view = render(show(false))
  const lockedBy = (person: string): void => {
    setAtCounter(person, true)
    view.rerender(show(true))
  }
  const openedBy = (person: string): void => {
    setAtCounter(person, false)
    if (person === ZOE) view.rerender(show(false))
    else view.unmount()
  }
  return {
    user: userEvent.setup(),
    input: screen.getByLabelText<HTMLInputElement>(what),
    walkAway: () => act(async () => view.unmount()),
    lockedBy,
    openedBy,
  }
}

const refusal = (sentence: string) => new CallError('INVALID_INPUT', 'No.', { fields: { 'now.complaint': sentence } })

describe('text whose field has gone away', () => {
  it('is told with its field when the program refuses it', async () => {
    const { user, input, walkAway } = open('Complaint')
    await user.type(input, ' 4242')
    await walkAway()
    await act(async () => calls[0]?.refuse(refusal('This looks like a card number.')))
    expect(told()).toEqual(['Not stored in “Complaint”: “noise 4242”. This looks like a card number.'])
  })

  it('is told with its field when the screen itself cannot read it, and never sent', async () => {
    const { user, input, walkAway } = open('Price of pads')
    await user.type(input, '12x')
    await walkAway()
    expect(told()).toEqual(['Not stored in “Price of pads”: “12x”. Enter an amount like 12.50.'])
    expect(calls).toEqual([])
  })

  it('is told when it was typed on while the first part was on its way', async () => {
    const { user, input, walkAway } = open('Price of pads')
    await user.type(input, '13{Enter}')
    await user.type(input, 'x')
    await walkAway()
    expect(told()).toEqual([])
    await act(async () => calls[0]?.answer())
    expect(told()).toHaveLength(1)
  })

  it('is told as it was typed, not as it is stored', async () => {
    const { user, input, walkAway } = open('Price of pads')
    await user.type(input, '9.5')
    await walkAway()
    await act(async () => calls[0]?.refuse(new CallError('FORBIDDEN', 'Too low.')))
    expect(calls[0]?.now).toBe(950)
    expect(told()).toEqual(['Not stored in “Price of pads”: “9.5”. Too low.'])
  })

  it('is told when two wrote and nobody chose', async () => {
    const { user, input, walkAway } = open('Complaint')
    await user.type(input, '!{Tab}')
    await act(async () => calls[0]?.refuse(new CallError('EDIT_CONFLICT', 'Changed.', { current: { complaint: 'rattle' } })))
    await walkAway()
    expect(told()).toEqual(['Not stored in “Complaint”: “noise!”. Somebody else changed it meanwhile.'])
  })

  it('is told when nobody approved it', async () => {
    const { user, input, walkAway } = open('Complaint')
    await user.type(input, '!')
    await walkAway()
    await act(async () => calls[0]?.refuse(new CallError('CANCELLED', 'Not approved; nothing was changed.')))
    expect(told()).toEqual(['Not stored in “Complaint”: “noise!”. Not approved; nothing was changed.'])
  })

  it('is nothing to tell when it was stored, taken back, or only emptied', async () => {
    const stored = open('Complaint')
    await stored.user.type(stored.input, '!')
    await stored.walkAway()
    await act(async () => calls[0]?.answer())
    const takenBack = open('Price of pads')
    await takenBack.user.type(takenBack.input, '12x{Escape}')
    await takenBack.walkAway()
    const emptied = open('Price of pads')
    await emptied.user.clear(emptied.input)
    await emptied.walkAway()
    expect(told()).toEqual([])
  })
})

describe('text of a locked screen', () => {
  it('is still there for the person who comes back', async () => {
    const { user, input, lockedBy, openedBy } = open('Price of pads')
    await user.type(input, '12x')
    lockedBy(ZOE)
    openedBy(ZOE)
    expect(told()).toEqual([])
    expect(screen.getByLabelText<HTMLInputElement>('Price of pads').value).toBe('12x')
  })

  it('is told to that person alone when another one takes the place', async () => {
    const { user, input, lockedBy, openedBy } = open('Price of pads')
    await user.type(input, '12x')
    lockedBy(ZOE)
    expect(told()).toEqual([])
    openedBy(BEN)
    expect(told(BEN)).toEqual([])
    expect(told(ZOE)).toEqual(['Not stored in “Price of pads”: “12x”. Enter an amount like 12.50.'])
  })

  it('is told when the lock came before its call', async () => {
    const { user, input, lockedBy, openedBy } = open('Complaint')
    await user.type(input, '!')
    lockedBy(ZOE)
    await act(async () => calls[0]?.refuse(new CallError('SCREEN_LOCKED', 'The screen is locked.')))
    expect(told()).toEqual([])
    openedBy(BEN)
    expect(told()).toEqual(['Not stored in “Complaint”: “noise!”. The screen is locked.'])
  })
})

describe('closing or loading the window again', () => {
  askBeforeUnload()
  const isAsked = (): boolean => !fireEvent(window, new Event('beforeunload', { cancelable: true }))

  it('is asked about only while something would be lost', async () => {
    const { user, input } = open('Price of pads')
    expect(isAsked()).toBe(false)
    await user.type(input, '12x')
    expect(isAsked()).toBe(true)
    await user.type(input, '{Backspace}')
    expect(isAsked()).toBe(false) // it is sent in this very moment
    expect(calls.map(({ now }) => now)).toEqual([])
  })

  it('is asked about when what is typed cannot be sent', async () => {
    const { user, input, walkAway } = open('Complaint')
    await user.type(input, '!')
    setConnectionState('lost')
    expect(isAsked()).toBe(true)
    await walkAway()
    expect(isAsked()).toBe(false)
  })
})
