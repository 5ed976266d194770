import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { Field } from './field'
import { TextInput } from './text-input'
import { VinHint } from './vin-hint'

afterEach(cleanup)

function Vin() {
  const [vin, setVin] = useState('')
  return (
    <Field label="VIN" hint={<VinHint vin={vin} />}>
      <TextInput value={vin} onValueChange={setVin} />
    </Field>
  )
}

describe('what is said of a VIN while it is typed', () => {
  it('counts, warns of a wrong check digit, and says when it is right', async () => {
    const user = userEvent.setup()
    render(<Vin />)
    const input = screen.getByLabelText('VIN')
    await user.type(input, '1m8gdm9a')
    screen.getByText('8 of 17 characters.')
    await user.type(input, '1kp042788')
    screen.getByText(/The check digit does not fit/)
    await user.clear(input)
    await user.type(input, '1m8gdm9axkp042788')
    screen.getByText('The check digit is right.')
    await user.type(input, '9')
    screen.getByText('Too long: a VIN has 17 characters.')
    await user.clear(input)
    await user.type(input, '1m8gdm9axkpo')
    screen.getByText(/no letters I, O or Q/)
    expect(input.getAttribute('aria-invalid')).toBeNull()
  })
})
