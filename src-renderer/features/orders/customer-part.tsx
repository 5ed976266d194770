import { useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Car, User, UserPlus } from 'lucide-react'
import type { SearchHit } from '../../../src-preload/contract/customers'
import { duplicateWords } from '../../base/duplicate-words'
import { formatPhone } from '../../base/format'
import { Amount } from '../../components/amount'
import { Autocomplete } from '../../components/autocomplete'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { Checkbox } from '../../components/checkbox'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { ScreenProgress } from '../../components/spinner'
import { TextInput } from '../../components/text-input'
import type { NewCustomerDraft } from './check-in-draft'
import { duplicatesQuery, findCustomersNow, findCustomersQuery, SHORTEST_TEXT } from './orders-api'
import type { CheckInState } from './use-check-in'

/** Whose car it is: found, or written down in place. */
export function CustomerPart({ state }: { state: CheckInState }) {
  const { who } = state
  if (who.kind === 'none') return <FindCustomer state={state} />
  if (who.kind === 'new') return <NewCustomer state={state} draft={who.draft} />
  return <ChosenCustomer state={state} />
}

type Row = { kind: 'hit'; hit: SearchHit } | { kind: 'new'; text: string }

function useSettled(text: string, pauseMs: number): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text, pauseMs])
  return settled
}

const SEARCH_PAUSE_MS = 40

/** Customers and cars that were found; the last row writes down who was not. */
function rowsOf(hits: readonly SearchHit[], text: string): Row[] {
  if (text.length < SHORTEST_TEXT) return []
  const found = hits.filter(({ kind }) => kind === 'customer' || kind === 'vehicle')
  return [...found.map((hit) => ({ kind: 'hit' as const, hit })), { kind: 'new', text }]
}

function FindCustomer({ state }: { state: CheckInState }) {
  const text = state.draft.search
  const tidy = text.trim()
  const asked = useSettled(tidy, SEARCH_PAUSE_MS)
  const { data, error } = useQuery(findCustomersQuery(asked))
  const rows = rowsOf(data ?? [], tidy)
  const latest = useRef(tidy)
  useEffect(() => {
    latest.current = tidy
  })

  const take = (row: Row | undefined): void => {
    if (row?.kind === 'hit') state.choose(row.hit.customerId, row.hit.vehicleId)
    else if (row) state.startNewCustomer(row.text)
  }
  /** Enter may come before the answer: it counts for what was typed, never for the rows of an older text. */
  const takeFirst = async (): Promise<void> => {
    if (tidy.length < SHORTEST_TEXT) return
    try {
      const [first] = rowsOf(await findCustomersNow(tidy), tidy)
      if (latest.current === tidy) take(first)
    } catch {
      // the same question says at the field what went wrong
    }
  }

  return (
    <div className="flex flex-col gap-3" data-focus="find">
      <Field
        label="Find the customer"
        hint="Name, phone, plate or VIN. Down and Enter choose; the last row writes down a new customer."
        error={state.problem('customer')}
      >
        <Autocomplete
          text={text}
          onTextChange={state.search}
          items={rows}
          itemKey={(row) => (row.kind === 'new' ? 'new' : `${row.hit.kind} ${row.hit.vehicleId ?? row.hit.customerId}`)}
          renderItem={(row) => (row.kind === 'new' ? <NewRow text={row.text} /> : <HitRow hit={row.hit} />)}
          onChoose={take}
          onEnter={() => void takeFirst()}
        />
      </Field>
      <ErrorBanner error={error} />
      <div>
        <Button icon={<UserPlus size={16} aria-hidden="true" />} onClick={() => state.startNewCustomer(text)}>
          New customer
        </Button>
      </div>
    </div>
  )
}

function HitRow({ hit }: { hit: SearchHit }) {
  const Icon = hit.kind === 'vehicle' ? Car : User
  return (
    <span className="flex items-center gap-2.5">
      <Icon size={16} className="shrink-0 text-muted" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{hit.title}</span>
        <span className="block truncate text-sm text-muted">
          {[
            hit.phone && formatPhone(hit.phone),
            hit.vehicleLabel ?? hit.subtitle,
            hit.formerPlate === null ? hit.plate : `${hit.formerPlate} (former)`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {hit.openOrderNumber && <span className="shrink-0 text-sm text-warn">open {hit.openOrderNumber}</span>}
    </span>
  )
}

function NewRow({ text }: { text: string }) {
  return (
    <span className="flex items-center gap-2.5">
      <UserPlus size={16} className="shrink-0 text-accent-ink" aria-hidden="true" />
      <span className="truncate">
        New customer <strong>“{text}”</strong>
      </span>
    </span>
  )
}

function ChosenCustomer({ state }: { state: CheckInState }) {
  const { customer } = state
  if (!customer) return state.loadError ? <ChangeButton state={state} /> : <ScreenProgress />
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p className="text-lg font-semibold wrap-anywhere">{customer.displayName}</p>
        <p className="text-muted wrap-anywhere">
          {[customer.phone && formatPhone(customer.phone), customer.email].filter(Boolean).join(' · ') || 'No phone or e-mail'}
        </p>
        {customer.balanceCents > 0 && (
          <p className="mt-1 text-warn">
            Owes <Amount cents={customer.balanceCents} /> from earlier invoices.
          </p>
        )}
        {customer.taxExempt && !customer.isExemptionExpired && <p className="mt-1 text-muted">Tax exempt</p>}
        {customer.isExemptionExpired && (
          <p className="mt-1 text-warn">The exemption certificate has run out: this order is taxed. Ask for the new certificate.</p>
        )}
        {customer.requiresPurchaseOrder && <p className="mt-1 text-muted">Wants its purchase order number on the bill.</p>}
        {customer.notes && <p className="mt-1 line-clamp-3 text-muted">{customer.notes}</p>}
      </div>
      <ChangeButton state={state} />
    </div>
  )
}

function ChangeButton({ state }: { state: CheckInState }) {
  return (
    <Button size="small" onClick={state.changeCustomer}>
      Other customer
    </Button>
  )
}

function NewCustomer({ state, draft }: { state: CheckInState; draft: NewCustomerDraft }) {
  const text = (field: Exclude<keyof NewCustomerDraft, 'isWalkIn'>) => ({
    value: draft[field],
    onValueChange: (value: string) => state.editCustomer({ ...draft, [field]: value }),
  })
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field label="First name" error={state.problem('firstName')}>
          <TextInput data-focus="new-customer" {...text('firstName')} />
        </Field>
        <Field label="Last name" error={state.problem('lastName')}>
          <TextInput {...text('lastName')} />
        </Field>
        <Field label="Phone" error={state.problem('phone')}>
          <TextInput type="tel" {...text('phone')} />
        </Field>
        <Field label="Company" hint="Only for a company’s car" error={state.problem('companyName')}>
          <TextInput {...text('companyName')} />
        </Field>
      </div>
      {draft.companyName.trim() === '' && (
        <Checkbox
          label="Walk-in: gives no name or no phone"
          checked={draft.isWalkIn}
          onCheckedChange={(isWalkIn) => state.editCustomer({ ...draft, isWalkIn })}
        />
      )}
      <Duplicates state={state} draft={draft} />
      <div>
        <Button size="small" onClick={state.changeCustomer}>
          Search instead
        </Button>
      </div>
    </div>
  )
}

const DUPLICATE_PAUSE_MS = 200

function Duplicates({ state, draft }: { state: CheckInState; draft: NewCustomerDraft }) {
  const asked = JSON.parse(useSettled(JSON.stringify(draft), DUPLICATE_PAUSE_MS)) as NewCustomerDraft
  const { data } = useQuery(duplicatesQuery(asked))
  if (!data || data.length === 0) return null
  return (
    <Banner tone="warn">
      <p className="font-medium">Is it one of these?</p>
      <ul className="mt-1 flex flex-col gap-1">
        {data.map((one) => (
          <li key={one.id} className="flex items-center justify-between gap-3">
            <span className="min-w-0">
              <span className="font-medium">{one.displayName}</span>
              <span className="text-muted"> · {duplicateWords(one)}</span>
            </span>
            <Button size="small" aria-label={`Use ${one.displayName}`} onClick={() => state.choose(one.id, null)}>
              Use
            </Button>
          </li>
        ))}
      </ul>
    </Banner>
  )
}
