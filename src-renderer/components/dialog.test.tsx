import { useState } from 'react'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it } from 'vitest'
import { Button } from './button'
import { Dialog } from './dialog'
import { Field } from './field'
import { TextInput } from './text-input'

afterEach(cleanup)

function Form() {
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isWrong = tried && reason === ''
  return (
    <Dialog open onClose={() => undefined} title="Credit" onSubmit={() => setTried(true)} footer={<Button type="submit">Credit</Button>}>
      <input aria-label="Everything" type="checkbox" />
      <Field label="Reason" error={isWrong ? 'Say why.' : undefined}>
        <TextInput value={reason} onValueChange={setReason} />
      </Field>
    </Dialog>
  )
}

it('gives the first field that is wrong the focus when it is sent, so that what is typed next lands there', async () => {
  render(<Form />)
  const everything = await screen.findByRole('checkbox')
  await waitFor(() => expect(document.activeElement).toBe(everything))
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox')))
  await userEvent.keyboard('did not fit')
  expect(screen.getByRole('textbox')).toHaveProperty('value', 'did not fit')
  expect(everything).toHaveProperty('checked', false)
})
