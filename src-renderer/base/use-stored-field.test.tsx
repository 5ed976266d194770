import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { StrictMode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { Field } from '../components/field'
import { TextInput } from '../components/text-input'
import { CallError } from './errors'
import { useStoredField } from './use-stored-field'

afterEach(cleanup)

/** Calls to the program that the test answers when it likes. */
function program() {
  const calls: { now: string; was: string; answer: () => void; refuse: (error: unknown) => void }[] = []
  const onStore = (now: string, was: string): Promise<void> =>
    new Promise((resolve, reject) => {
      calls.push({ now, was, answer: resolve, refuse: reject })
    })
  return { calls, onStore }
}

function Complaint({ value, onStore }: { value: string; onStore: (now: string, was: string) => Promise<unknown> }) {
  const complaint = useStoredField({ value, onStore, name: 'complaint' })
  return (
    <Field label="Complaint" {...complaint.field}>
      <TextInput {...complaint.input} />
    </Field>
  )
}

function open(value = 'noise') {
  const { calls, onStore } = program()
  const show = (next: string) => (
    <StrictMode>
      <Complaint value={next} onStore={onStore} />
    </StrictMode>
  )
  const view = render(show(value))
  const input = screen.getByLabelText<HTMLInputElement>('Complaint')
  return { calls, input, user: userEvent.setup(), rerender: (next: string) => view.rerender(show(next)), unmount: view.unmount }
}

describe('useStoredField', () => {
  it('stores once when the field is left, with what was there before', async () => {
    const { calls, input, user } = open()
    await user.type(input, ' at night')
    expect(calls).toHaveLength(0)
    await user.tab()
    expect(calls.map(({ now, was }) => ({ now, was }))).toEqual([{ now: 'noise at night', was: 'noise' }])
    expect(screen.getByText('Saving')).toBeTruthy()
    await act(async () => calls[0]?.answer())
    expect(screen.getByText('Saved')).toBeTruthy()
    expect(input.value).toBe('noise at night')
  })

  it('stores on Enter, and not again when it is left after that', async () => {
    const { calls, input, user } = open()
    await user.type(input, '!{Enter}')
    await act(async () => calls[0]?.answer())
    await user.tab()
    expect(calls).toHaveLength(1)
  })

  it('does not store what was not changed, or was changed back', async () => {
    const { calls, input, user } = open()
    await user.click(input)
    await user.tab()
    await user.type(input, '!{Backspace}')
    await user.tab()
    expect(calls).toHaveLength(0)
  })

  it('keeps what was typed when storing fails, says why at the field, and tries again when it is left again', async () => {
    const { calls, input, user } = open()
    await user.type(input, '!')
    await user.tab()
    await act(async () =>
      calls[0]?.refuse(new CallError('INVALID_INPUT', 'Look again.', { fields: { 'now.complaint': 'At most 5 characters.' } })),
    )
    expect(input.value).toBe('noise!')
    expect(screen.getByText('At most 5 characters.')).toBeTruthy()
    expect(screen.getByText('Not saved')).toBeTruthy()
    await user.click(input)
    await user.tab()
    expect(calls).toHaveLength(2)
    expect(calls[1]).toMatchObject({ now: 'noise!', was: 'noise' })
  })

  it('offers theirs and mine when somebody else changed it meanwhile', async () => {
    const { calls, input, user } = open()
    await user.type(input, '!')
    await user.tab()
    await act(async () => calls[0]?.refuse(new CallError('EDIT_CONFLICT', 'Changed.', { current: { complaint: 'rattle' } })))
    expect(input.value).toBe('noise!')
    expect(screen.getByRole('alert').textContent).toContain('rattle')
    await user.click(screen.getByRole('button', { name: 'Keep mine' }))
    expect(calls[1]).toMatchObject({ now: 'noise!', was: 'rattle' })
    await act(async () => calls[1]?.answer())
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('shows the stored value again when nobody approved another, and offers what was typed', async () => {
    const { calls, input, user } = open()
    await user.type(input, '!')
    await user.tab()
    await act(async () => calls[0]?.refuse(new CallError('CANCELLED', 'Not approved; nothing was changed.')))
    expect(input.value).toBe('noise')
    expect(screen.getByText('“noise!” was not stored.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(calls[1]).toMatchObject({ now: 'noise!', was: 'noise' })
    await act(async () => calls[1]?.answer())
    expect(input.value).toBe('noise!')
    expect(screen.queryByText('“noise!” was not stored.')).toBeNull()
  })

  it('takes theirs without storing anything', async () => {
    const { calls, input, user } = open()
    await user.type(input, '!')
    await user.tab()
    await act(async () => calls[0]?.refuse(new CallError('EDIT_CONFLICT', 'Changed.', { current: { complaint: 'rattle' } })))
    await user.click(screen.getByRole('button', { name: 'Take theirs' }))
    expect(input.value).toBe('rattle')
    await user.click(input)
    await user.tab()
    expect(calls).toHaveLength(1)
  })

  it('follows changes from outside, but never over what is being typed', async () => {
    const { calls, input, user, rerender } = open()
    rerender('rattle')
    expect(input.value).toBe('rattle')
    await user.type(input, '!')
    rerender('squeak')
    expect(input.value).toBe('rattle!')
    await user.tab()
    expect(calls[0]).toMatchObject({ now: 'rattle!', was: 'rattle' })
  })

  it('stores what was typed on while the first part was on its way', async () => {
    const { calls, input, user } = open()
    await user.type(input, '1{Enter}')
    await user.type(input, '2')
    await user.tab()
    expect(calls).toHaveLength(1)
    await act(async () => calls[0]?.answer())
    expect(calls[1]).toMatchObject({ now: 'noise12', was: 'noise1' })
    expect(input.value).toBe('noise12')
  })

  it('stores when the screen goes away with the focus in the field', async () => {
    const { calls, input, user, unmount } = open()
    await user.type(input, '!')
    unmount()
    expect(calls).toHaveLength(1)
  })

  it('stores when the window is closed or loaded again', async () => {
    const { calls, input, user } = open()
    await user.type(input, '!')
    window.dispatchEvent(new Event('beforeunload'))
    expect(calls.map(({ now }) => now)).toEqual(['noise!'])
  })

  it('takes back what was typed on Escape', async () => {
    const { calls, input, user } = open()
    await user.type(input, '!{Escape}')
    expect(input.value).toBe('noise')
    await user.tab()
    expect(calls).toHaveLength(0)
  })
})
