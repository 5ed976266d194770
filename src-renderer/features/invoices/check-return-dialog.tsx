import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { CheckReturn, Payment } from '../../../src-preload/contract/invoices'
import { addCents, formatDollars } from '../../../src-preload/contract/money'
import { newId } from '../../base/new-id'
import { useSession } from '../../base/session'
import { dayOf } from '../../base/shop-time'
import { useApproval } from '../../base/use-approval'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'
import { showToast } from '../../components/toast'
import { returnCheck, undoReturn } from './invoices-api'

/** A check, and its return where that is to be taken back. */
export interface CheckOf {
  payment: Payment
  undoes: CheckReturn | null
}

const usual = {
  return: ['Not enough money', 'Account closed', 'Payment stopped', 'Signature'],
  undo: ['It was another check', 'Paid after all'],
}

/** The bank returned a check, or did not after all: since when, why, and what that does. */
export function CheckReturnDialog({ payment, undoes, onClose }: CheckOf & { onClose: () => void }) {
  const { timezone } = useSession().shop
  const [id] = useState(newId)
  const [returnedOn, setReturnedOn] = useState(() => dayOf(new Date(), timezone))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const first = useRef<HTMLInputElement>(null)
  const withApproval = useApproval()
  const save = useMutation({
    mutationFn: () => {
      const facts = { reason: reason.trim() }
      if (undoes) return undoReturn({ undoId: id, returnId: undoes.id, ...facts }, withApproval)
      return returnCheck({ returnId: id, paymentId: payment.id, returnedOn, ...facts }, withApproval)
    },
    onSuccess: ({ dueCents }) => {
      showToast(undoes ? 'The check counts again' : `The check is marked as returned: ${formatDollars(dueCents)} is due`)
      onClose()
    },
  })
  const isMissing = reason.trim() === ''
  const submit = (): void => {
    setTried(true)
    if (isMissing) first.current?.focus()
    else if (!save.isPending) save.mutate()
  }
  const face = formatDollars(addCents(payment.amountCents, payment.keptAsCreditCents))
  const hasPlace = save.error !== null && Object.keys(save.error.fields).length > 0
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title={undoes ? `Check ${payment.checkNumber} was not returned?` : `Check ${payment.checkNumber} over ${face} came back?`}
      description={
        undoes
          ? 'It counts as paid again, as long as what was due since is neither paid nor credited.'
          : 'The payment stays on the invoice, marked as returned; what it paid is due again. A fee for it does not go on this invoice: bill it on a new order.'
      }
      initialFocus={first}
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={undoes ? 'primary' : 'danger'} busy={save.isPending}>
            {undoes ? 'It was a mistake' : 'Mark as returned'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field
          label={undoes ? 'Why' : 'What the bank says'}
          error={save.error?.fieldMessage('reason') ?? (tried && isMissing ? 'Say why.' : undefined)}
          required
        >
          <TextInput ref={first} value={reason} onValueChange={setReason} maxLength={500} list="usual-returns" />
          <UsualReasons reasons={usual[undoes ? 'undo' : 'return']} />
        </Field>
        {!undoes && (
          <Field label="Returned on" error={save.error?.fieldMessage('returnedOn')} className="max-w-48" required>
            <TextInput type="date" value={returnedOn} onValueChange={setReturnedOn} />
          </Field>
        )}
        <ErrorBanner error={hasPlace ? null : save.error} />
      </div>
    </Dialog>
  )
}

function UsualReasons({ reasons }: { reasons: readonly string[] }) {
  return (
    <datalist id="usual-returns">
      {reasons.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </datalist>
  )
}
