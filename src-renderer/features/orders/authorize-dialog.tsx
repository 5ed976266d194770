import { type RefObject, useEffect, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Authorization, Order } from '../../../src-preload/contract/orders'
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

interface Draft {
  approvedByName: string
  method: Authorization['method']
  contact: string
  note: string
}

/** Who authorizes, how, up to which amount. With a customer who stands here: Enter is enough. */
export function AuthorizeDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const [authorizationId] = useState(newId)
  const [draft, setDraft] = useState<Draft>({
    approvedByName: order.customer.kind === 'company' ? '' : order.customer.displayName,
    method: 'in_person',
    contact: '',
    note: '',
  })
  // The amount the customer hears is the one that was shown when the dialog opened; when it changes meanwhile the clerk has to say so.
  const [shownTotal, setShownTotal] = useState(order.totalCents)
  const recording = useMutation({
    mutationFn: () => authorize({ authorizationId, orderId: order.id, expectedTotalCents: shownTotal, ...draft }),
    onSuccess: onClose,
  })
  const changed = order.totalCents !== shownTotal
  const refused = recording.error instanceof CallError ? recording.error : null
  const name = useRef<HTMLInputElement>(null)
  const nameMissing = refused?.fieldMessage('approvedByName') !== undefined
  useEffect(() => {
    if (nameMissing) name.current?.focus()
  }, [nameMissing])

  return (
    <Dialog
      open
      onClose={onClose}
      title="Record authorization"
      description={`Order ${order.number}, ${order.vehicle.label}. Lines that are still quoted become approved.`}
      keepOpen
      {...(draft.approvedByName === '' ? { initialFocus: name } : {})}
      onSubmit={() => {
        if (!changed && !recording.isPending) recording.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={recording.isPending} disabled={changed}>
            Record authorization
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ErrorBanner error={refused && Object.keys(refused.fields).length > 0 ? null : recording.error} />
        <TotalShown
          shown={shownTotal}
          now={order.totalCents}
          authorized={order.authorizedCents}
          onTakeNew={() => setShownTotal(order.totalCents)}
        />
        <AuthorizationFields
          draft={draft}
          onChange={setDraft}
          customer={order.customer}
          nameInput={name}
          problem={(field) => refused?.fieldMessage(field)}
        />
      </div>
    </Dialog>
  )
}

interface AuthorizationFieldsProps {
  draft: Draft
  onChange: (draft: Draft) => void
  customer: Order['customer']
  nameInput: RefObject<HTMLInputElement | null>
  problem: (field: keyof Draft) => string | undefined
}

function AuthorizationFields({ draft, onChange, customer, nameInput, problem }: AuthorizationFieldsProps) {
  const { method } = draft
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label="How" error={problem('method')}>
          <Select
            value={method}
            onValueChange={(next) => onChange({ ...draft, method: next, contact: contactFor(next, customer) })}
            choices={authorizationMethods}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.form?.requestSubmit()
            }}
          />
        </Field>
        <Field
          label={method === 'email' ? 'E-mail used' : 'Number used'}
          error={problem('contact')}
          hint={method === 'in_person' || method === 'signature' ? 'Not needed in person' : undefined}
        >
          <TextInput value={draft.contact} onValueChange={(contact) => onChange({ ...draft, contact })} />
        </Field>
      </div>
      <Field label="Authorized by" required error={problem('approvedByName')}>
        <TextInput
          ref={nameInput}
          value={draft.approvedByName}
          onValueChange={(approvedByName) => onChange({ ...draft, approvedByName })}
        />
      </Field>
      <Field label="Note" error={problem('note')}>
        <TextInput
          value={draft.note}
          onValueChange={(note) => onChange({ ...draft, note })}
          placeholder="For example: wants the old parts back"
        />
      </Field>
    </>
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
