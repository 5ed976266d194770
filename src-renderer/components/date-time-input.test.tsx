import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { DateTimeInput } from './date-time-input'
import { Field } from './field'

afterEach(cleanup)

function Promised() {
  const [value, setValue] = useState<string | null>(null)
  return (
    <>
      <Field label="Promised for">
        <DateTimeInput value={value} onValueChange={setValue} timezone="America/Los_Angeles" />
      </Field>
      <button type="button" onClick={() => setValue('2026-11-24T01:00:00.000Z')}>
        from outside
      </button>
      <p>{value ?? 'nothing'}</p>
    </>
  )
}

describe('a date and time on the wall clock', () => {
  it('is handed on as a moment', () => {
    render(<Promised />)
    fireEvent.change(screen.getByLabelText('Promised for'), { target: { value: '2026-11-22T12:00' } })
    expect(screen.getByText('2026-11-22T20:00:00.000Z')).toBeTruthy()
  })

  it('shows what a key sets while the field is typed in, never another time than is stored', () => {
    render(<Promised />)
    const input = screen.getByLabelText<HTMLInputElement>('Promised for')
    input.focus()
    fireEvent.change(input, { target: { value: '2026-11-22T12:00' } })
    fireEvent.click(screen.getByRole('button', { name: 'from outside' }))
    expect(document.activeElement).toBe(input)
    expect(input.value).toBe('2026-11-23T17:00')
  })
})
