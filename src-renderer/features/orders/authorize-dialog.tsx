import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Order } from '../../../src-preload/contract/orders'
import { CallError } from '../../base/errors'
import { newId } from '../../base/new-id'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { authorizationMethods, contactFor } from './authorization-words'
import { authorize } from './orders-api'

/** Who said yes, how, to which amount. With a customer who is known: Enter is enough. */
export function AuthorizeDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const [authorizationId] = useState(newId)
  const [approvedByName, setApprovedByName] = useState(order.customer.kind === 'company' ? '' : order.customer.displayName)
  const [method, setMethod] = useState<'in_person' | 'phone' | 'text' | 'email' | 'signature'>('in_person')
  const [contact, setContact] = useState('')
  const [note, setNote] = useState('')
  // The amount the customer hears is the one on the screen when the dialog opened; when it changes meanwhile, the program refuses.
  const [shownTotal, setShownTotal] = useState(order.totalCents)
  const changed = order.totalCents !== shownTotal

  const choose = (next: typeof method): void => {
    setMethod(next)
    setContact(contactFor(next, order.customer))
  }
  const recording = useMutation({
    mutationFn: () =>
      authorize({ authorizationId, orderId: order.id, expectedTotalCents: shownTotal, approvedByName, method, contact, note }),
    onSuccess: onClose,
  })
  const refused = recording.error instanceof CallError ? recording.error : null
  const error = (field: string): string | undefined => refused?.fieldMessage(field)
  const atField = refused !== null && Object.keys(refused.fields).length > 0

  return (
    <Dialog
      open
      onClose={onClose}
      title="The customer says yes"
      description={`Order ${order.number}, ${order.vehicle.label}. Everything that is still quoted becomes approved.`}
      keepOpen
      onSubmit={() => recording.mutate()}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={recording.isPending} disabled={changed}>
            Record the yes
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ErrorBanner error={atField ? null : refused} />
        <TotalShown
          shown={shownTotal}
          now={order.totalCents}
          onTakeNew={() => setShownTotal(order.totalCents)}
          authorized={order.authorizedCents}
        />
        <div className="grid grid-cols-2 gap-3">
          <Field label="How" error={error('method')}>
            <Select
              value={method}
              onValueChange={choose}
              choices={authorizationMethods}
              onKeyDown={(event) => {
                if (event.key === 'Enter') event.currentTarget.form?.requestSubmit()
              }}
            />
          </Field>
          <Field
            label={method === 'email' ? 'E-mail used' : 'Number used'}
            error={error('contact')}
            hint={method === 'in_person' ? 'Not needed in person' : undefined}
          >
            <TextInput value={contact} onValueChange={setContact} />
          </Field>
        </div>
        <Field label="Who said yes" required error={error('approvedByName')}>
          <TextInput value={approvedByName} onValueChange={setApprovedByName} />
        </Field>
        <Field label="Note" error={error('note')}>
          <TextInput value={note} onValueChange={setNote} placeholder="For example: wants the old parts back" />
        </Field>
      </div>
    </Dialog>
  )
}

interface TotalShownProps {
  shown: Order['totalCents']
  now: Order['totalCents']
  authorized: Order['totalCents']
  onTakeNew: () => void
}

function TotalShown({ shown, now, authorized, onTakeNew }: TotalShownProps) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-3 rounded-md bg-sunken px-4 py-3">
      <div>
        <p className="text-sm text-muted">Total with tax</p>
        <Amount cents={shown} className="text-4xl font-semibold tracking-tight" />
      </div>
      {authorized > 0 && (
        <p className="text-muted">
          Authorized so far <Amount cents={authorized} />
        </p>
      )}
      {now !== shown && (
        <div role="alert" className="flex w-full items-center justify-between gap-3 text-warn">
          <p>
            The total changed to <Amount cents={now} className="font-semibold" /> meanwhile. Tell the customer.
          </p>
          <Button size="small" onClick={onTakeNew}>
            Use the new total
          </Button>
        </div>
      )}
    </div>
  )
}
