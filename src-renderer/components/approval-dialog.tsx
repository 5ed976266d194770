import { useRef, useState } from 'react'
import type { Approval } from '../../src-preload/contract/call'
import { sentenceFor } from '../base/errors'
import { Dialog } from './dialog'
import { Field } from './field'
import { PinInput } from './pin-input'
import { Select } from './select'
import { Spinner } from './spinner'

export interface ApprovalDialogProps {
  open: boolean
  /** what is to be approved */
  sentence: string
  /** undefined while they are asked for */
  people: readonly { id: string; name: string }[] | undefined
  /** rejected = refused; the sentence is shown and the PIN can be typed again */
  onSubmit: (approval: Approval) => Promise<void>
  onCancel: () => void
}

/** Somebody who may approve it chooses their name and types their PIN; the sixth digit sends. */
export function ApprovalDialog({ open, sentence, people, onSubmit, onCancel }: ApprovalDialogProps) {
  const [chosen, setChosen] = useState('')
  const [pin, setPin] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const pinInput = useRef<HTMLInputElement>(null)
  const approverId = chosen || (people?.[0]?.id ?? '')

  const send = async (complete: string): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await onSubmit({ approverId, pin: complete })
    } catch (refused) {
      setError(sentenceFor(refused))
    } finally {
      setPin('')
      setBusy(false)
      pinInput.current?.focus()
    }
  }

  const cancel = (): void => {
    setPin('')
    setError(undefined)
    onCancel()
  }

  return (
    <Dialog open={open} onClose={cancel} title="Approval needed" description={sentence} size="small" initialFocus={pinInput} keepOpen>
      {people?.length === 0 ? (
        <p className="text-muted">
          Nobody else can approve it yet: an owner, or somebody who may approve, first sets a PIN of their own. They sign in, choose their
          name above on the right, then “Set my PIN”.
        </p>
      ) : (
        <div className="flex flex-col gap-4">
          <Field label="Approved by">
            <Select
              value={approverId}
              onValueChange={setChosen}
              choices={(people ?? []).map((person) => ({ value: person.id, label: person.name }))}
            />
          </Field>
          <Field label="PIN" error={error} hint="Six digits">
            <PinInput
              ref={pinInput}
              value={pin}
              onValueChange={setPin}
              onComplete={(complete) => void send(complete)}
              busy={busy || approverId === ''}
            />
          </Field>
          {busy && <Spinner label="Checking the PIN" />}
        </div>
      )}
    </Dialog>
  )
}
