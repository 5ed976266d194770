import { type ReactNode, useRef, useState } from 'react'
import { CallError } from '../../base/errors'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'

export interface ReasonRequest {
  title: string
  description?: string
  label: string
  /** a verb: 'Decline' */
  confirm: string
  /** what closes the dialog; 'Cancel' */
  cancel?: string
  danger?: boolean
  /** goes through without a word */
  optional?: boolean
}

/** Asks why; rejected with CANCELLED when the dialog is closed. */
export type AskReason = (request: ReasonRequest) => Promise<string>

interface Open extends ReasonRequest {
  answer: (reason: string) => void
  close: () => void
}

/** One dialog for every "why?" of a screen: ask with the function, put the element somewhere. */
export function useReason(): { askReason: AskReason; reasonDialog: ReactNode } {
  const [open, setOpen] = useState<Open>()
  const askReason: AskReason = (request) =>
    new Promise((resolve, reject) => {
      setOpen({
        ...request,
        answer: (reason) => {
          setOpen(undefined)
          resolve(reason)
        },
        close: () => {
          setOpen(undefined)
          reject(new CallError('CANCELLED', 'Nothing was changed.'))
        },
      })
    })
  return { askReason, reasonDialog: open && <ReasonDialog {...open} /> }
}

function ReasonDialog({ title, description, label, confirm, cancel = 'Cancel', danger = false, optional = false, answer, close }: Open) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const submit = (): void => {
    if (reason.trim() === '' && !optional) {
      setMissing(true)
      input.current?.focus()
    } else answer(reason.trim())
  }
  return (
    <Dialog
      open
      onClose={close}
      title={title}
      {...(description ? { description } : {})}
      size="small"
      keepOpen
      initialFocus={input}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={close}>{cancel}</Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'}>
            {confirm}
          </Button>
        </>
      }
    >
      <Field label={label} required={!optional} error={missing && reason.trim() === '' ? 'Say why.' : undefined}>
        <TextInput ref={input} value={reason} onValueChange={setReason} maxLength={500} />
      </Field>
    </Dialog>
  )
}
