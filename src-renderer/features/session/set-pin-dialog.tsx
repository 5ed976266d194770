import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { PinInput } from '../../components/pin-input'
import { TextInput } from '../../components/text-input'
import { showToast } from '../../components/toast'
import { setMyPin } from './session-api'

type Problem = { field: 'password' | 'pin' | 'again'; sentence: string } | undefined

function problemOf(password: string, pin: string, again: string): Problem {
  if (password === '') return { field: 'password', sentence: 'Please fill this in.' }
  if (pin.length !== 6) return { field: 'pin', sentence: 'A PIN has six digits.' }
  if (again !== pin) return { field: 'again', sentence: 'This is not the same PIN.' }
  return undefined
}

/** A PIN for the lock screen and the quick switch. */
export function SetPinDialog({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('')
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [shown, setShown] = useState(false)
  const change = useMutation({
    mutationFn: setMyPin,
    onSuccess: () => {
      showToast('PIN set')
      onClose()
    },
  })
  const problem = problemOf(password, pin, again)
  const errorOf = (field: NonNullable<Problem>['field']): string | undefined =>
    shown && problem?.field === field ? problem.sentence : change.error?.fieldMessage(field)
  const submit = (): void => {
    setShown(true)
    if (!problem && !change.isPending) change.mutate({ password, pin })
  }
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" look="primary" busy={change.isPending}>
        Set PIN
      </Button>
    </>
  )
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title="Set my PIN"
      description="Six digits that open the locked screen for you."
      size="small"
      keepOpen
      footer={footer}
    >
      <div className="flex flex-col gap-4">
        <Field label="Password" error={errorOf('password')}>
          <TextInput type="password" autoComplete="current-password" value={password} onValueChange={setPassword} />
        </Field>
        <Field label="New PIN" error={errorOf('pin')}>
          <PinInput value={pin} onValueChange={setPin} />
        </Field>
        <Field label="New PIN again" error={errorOf('again')}>
          <PinInput value={again} onValueChange={setAgain} />
        </Field>
        <ErrorBanner error={change.error} />
      </div>
    </Dialog>
  )
}
