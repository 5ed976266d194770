import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { type Cents, cents } from '../../src-preload/contract/money'
import { Field } from './field'
import { MoneyInput } from './money-input'

afterEach(cleanup)

interface Heard {
  value: Cents | null
  valid: boolean
}

function Amount({ start = null, heard }: { start?: Cents | null; heard: Heard[] }) {
  const [value, setValue] = useState<Cents | null>(start)
  return (
    <>
      <Field label="Price">
        <MoneyInput
          value={value}
          onValueChange={(next, valid) => {
            heard.push({ value: next, valid })
            setValue(next)
          }}
        />
      </Field>
      <button type="button" onClick={() => setValue(cents(999))}>
        from outside
      </button>
    </>
  )
}

function open(start?: Cents): { user: ReturnType<typeof userEvent.setup>; input: HTMLInputElement; heard: Heard[] } {
  const heard: Heard[] = []
  render(<Amount heard={heard} {...(start === undefined ? {} : { start })} />)
  return { user: userEvent.setup(), input: screen.getByLabelText('Price'), heard }
}

describe('MoneyInput', () => {
  it('hands on cents while typing and formats when it is left', async () => {
    const { user, input, heard } = open()
    await user.type(input, '$1,234.5')
    expect(heard.at(-1)).toEqual({ value: 123450, valid: true })
    expect(input.value).toBe('$1,234.5')
    await user.tab()
    expect(input.value).toBe('1,234.50')
    expect(input.getAttribute('aria-invalid')).toBeNull()
  })

  it('never hands on the old amount for a text it cannot read, and says so at the field', async () => {
    const { user, input, heard } = open(cents(1200))
    await user.type(input, '12.0x')
    expect(heard.at(-1)).toEqual({ value: null, valid: false })
    await user.keyboard('{Enter}')
    expect(input.value).toBe('12.0x')
    expect(input.getAttribute('aria-invalid')).toBe('true')
    const described = input.getAttribute('aria-describedby')?.split(' ') ?? []
    expect(described.map((id) => document.getElementById(id)?.textContent).join('')).toContain('Enter an amount like 12.50.')
  })

  it.each(['12.345', '-5', '1,23', '1e3'])('refuses %s', async (text) => {
    const { user, input, heard } = open()
    await user.type(input, text)
    expect(heard.at(-1)).toEqual({ value: null, valid: false })
  })

  it('tells emptied from unreadable', async () => {
    const { user, input, heard } = open(cents(1200))
    await user.clear(input)
    expect(heard.at(-1)).toEqual({ value: null, valid: true })
  })

  it('takes back an unreadable text on Escape', async () => {
    const { user, input } = open()
    await user.type(input, 'abc{Escape}')
    expect(input.value).toBe('')
    expect(input.getAttribute('aria-invalid')).toBeNull()
  })

  it('shows an amount that comes from outside', async () => {
    const { user, input } = open(cents(1200))
    expect(input.value).toBe('12.00')
    await user.click(screen.getByText('from outside'))
    expect(input.value).toBe('9.99')
  })
})
