import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { blankCustomer, type SearchHit } from '../../../src-preload/contract/customers'
import type { Vehicle } from '../../../src-preload/contract/vehicles'
import { formatPhone } from '../../base/format'
import { newId } from '../../base/new-id'
import { useSession } from '../../base/session'
import { dayOf } from '../../base/shop-time'
import { Autocomplete } from '../../components/autocomplete'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { Checkbox } from '../../components/checkbox'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'
import { showToast } from '../../components/toast'
import { buyersFoundQuery, createOwner, transferVehicle, undoTransfer } from './vehicles-api'

interface Draft {
  readonly text: string
  readonly chosen: { readonly id: string; readonly name: string } | null
  readonly isNew: boolean
  readonly firstName: string
  readonly lastName: string
  readonly phone: string
  readonly on: string
  readonly movesWork: boolean
}

/** The car was sold: to whom, and since when. It keeps its history; what was billed stays with whom it was billed to. */
export function TransferDialog({ vehicle, onClose }: { vehicle: Vehicle; onClose: () => void }) {
  const { timezone } = useSession().shop
  const [ids] = useState(() => ({ transferId: newId(), customerId: newId() }))
  const [draft, setDraft] = useState<Draft>(() => ({ ...blank, on: dayOf(new Date(), timezone) }))
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }))
  const save = useMutation({
    mutationFn: async () => {
      const { firstName, lastName, phone, on, movesWork, chosen } = draft
      if (draft.isNew) await createOwner(ids.customerId, { ...blankCustomer, firstName, lastName, phone })
      const customerId = draft.isNew ? ids.customerId : (chosen?.id ?? '')
      return await transferVehicle({ transferId: ids.transferId, vehicleId: vehicle.id, customerId, on, movesWork })
    },
    onSuccess: ({ customer }) => {
      showToast(`${vehicle.label} belongs to ${customer.displayName}`, { undo: () => void undoTransfer(vehicle.id, ids.transferId) })
      onClose()
    },
  })
  const isReady = draft.isNew || draft.chosen !== null
  const finder = useRef<HTMLInputElement>(null)
  // What was pressed is gone with it: from the box, Enter hands over.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) finder.current?.focus()
  })
  const problem = (name: string): string | undefined => save.error?.fieldMessage(name)
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      onSubmit={() => {
        if (isReady && !save.isPending) save.mutate()
      }}
      title={`Another owner of the ${vehicle.label}`}
      description={`Now of ${vehicle.customer.displayName}. The history stays with the car.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={!isReady}>
            Hand over
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {draft.isNew ? (
          <NewOwner draft={draft} onChange={change} problem={problem} />
        ) : (
          <FindOwner draft={draft} onChange={change} ownerId={vehicle.customerId} error={problem('customerId')} boxRef={finder} />
        )}
        <Field label="Since" error={problem('on')} className="max-w-48">
          <TextInput type="date" value={draft.on} onValueChange={(on) => change({ on })} />
        </Field>
        {(vehicle.openOrders > 0 || problem('movesWork')) && (
          <Banner tone="warn">
            <p>{problem('movesWork') ?? 'Work is open for this car.'}</p>
            <Checkbox
              label="Open estimates and appointments go along to the new owner"
              checked={draft.movesWork}
              onCheckedChange={(movesWork) => change({ movesWork })}
            />
          </Banner>
        )}
        <ErrorBanner error={save.error && Object.keys(save.error.fields).length > 0 ? null : save.error} />
      </div>
    </Dialog>
  )
}

const blank = { text: '', chosen: null, isNew: false, firstName: '', lastName: '', phone: '', movesWork: false } as const

interface PartProps {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}

interface FindOwnerProps extends PartProps {
  ownerId: string
  error: string | undefined
  boxRef: RefObject<HTMLInputElement | null>
}

function FindOwner({ draft, onChange, ownerId, error, boxRef }: FindOwnerProps) {
  const text = draft.text.trim()
  const { data, error: broken } = useQuery(buyersFoundQuery(text))
  const seen = new Set([ownerId])
  const others = (data ?? []).filter(({ customerId }) => !seen.has(customerId) && seen.add(customerId))
  const startNew = (): void => onChange({ isNew: true, ...named(text) })
  return (
    <div className="flex flex-col gap-2">
      <Field label="New owner" hint="Name, phone or e-mail. Down and Enter choose." error={error}>
        <Autocomplete
          ref={boxRef}
          text={draft.text}
          onTextChange={(typed) => onChange({ text: typed, chosen: null })}
          items={draft.chosen || !data ? [] : [...others, 'new' as const]}
          itemKey={(row) => (row === 'new' ? row : row.customerId)}
          renderItem={(row) =>
            row === 'new' ? (
              <>
                New customer <strong>“{text}”</strong>
              </>
            ) : (
              <>
                <span className="font-medium">{nameOf(row)}</span>{' '}
                <span className="text-sm text-muted">{row.phone && formatPhone(row.phone)}</span>
              </>
            )
          }
          onChoose={(row) =>
            row === 'new' ? startNew() : onChange({ text: nameOf(row), chosen: { id: row.customerId, name: nameOf(row) } })
          }
        />
      </Field>
      <ErrorBanner error={broken} />
      {draft.chosen && (
        <p role="status">
          New owner: <strong>{draft.chosen.name}</strong>
        </p>
      )}
      {!draft.chosen && (
        <Button size="small" className="self-start" onClick={startNew}>
          New customer{text && ` “${text}”`}
        </Button>
      )}
    </div>
  )
}

function nameOf({ kind, title, subtitle }: SearchHit): string {
  return kind === 'customer' ? title : subtitle
}

/** What was typed to find somebody is the name of whom was not found. */
function named(text: string): Pick<Draft, 'firstName' | 'lastName'> {
  const [firstName = '', ...rest] = text.split(/\s+/)
  return rest.length === 0 ? { firstName: '', lastName: firstName } : { firstName, lastName: rest.join(' ') }
}

function NewOwner({ draft, onChange, problem }: PartProps & { problem: (name: string) => string | undefined }) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="First name" error={problem('firstName')}>
        <TextInput value={draft.firstName} onValueChange={(firstName) => onChange({ firstName })} />
      </Field>
      <Field label="Last name" required error={problem('lastName')}>
        <TextInput value={draft.lastName} onValueChange={(lastName) => onChange({ lastName })} />
      </Field>
      <Field label="Phone" required error={problem('phone')}>
        <TextInput type="tel" value={draft.phone} onValueChange={(phone) => onChange({ phone })} autoFocus />
      </Field>
      <Button size="small" className="self-end justify-self-start" onClick={() => onChange({ isNew: false })}>
        Search instead
      </Button>
    </div>
  )
}
