import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { BellOff, BellRing } from 'lucide-react'
import { type Consent, ConsentMethod, type ConsentKind, type Consents } from '../../../src-preload/contract/accounts'
import type { Customer } from '../../../src-preload/contract/customers'
import { formatPhone, useFormat } from '../../base/format'
import { newId } from '../../base/new-id'
import { useGrant } from '../../base/session'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { StatusBadge } from '../../components/status-badge'
import { TextInput } from '../../components/text-input'
import { consentsQuery, recordConsent } from './customers-api'

const kindNames: Readonly<Record<ConsentKind, string>> = { service: 'About their car', marketing: 'Offers and reminders' }
const kindChoices = (['service', 'marketing'] as const).map((value) => ({ value, label: kindNames[value] }))
const methodNames: Readonly<Record<ConsentMethod, string>> = {
  in_person: 'in person',
  phone: 'by phone',
  text: 'by text message',
  email: 'by e-mail',
  paper: 'on paper',
}
const methodChoices = ConsentMethod.options.map((value) => ({ value, label: methodNames[value] }))

/** Which messages may be sent to which number or address, by whose word; every word stays. */
export function ConsentCard({ customer, disabled }: { customer: Customer; disabled: boolean }) {
  const { data, error } = useQuery(consentsQuery(customer.id))
  const [asks, setAsks] = useState(false)
  const [opened, setOpened] = useState(false)
  const mayGive = useGrant('customers.consent') === 'yes' && !disabled
  return (
    <Card
      title="Messages"
      actions={
        mayGive && (
          <Button size="small" onClick={() => setAsks(true)}>
            Record consent
          </Button>
        )
      }
    >
      <ErrorBanner error={error} />
      {data?.standing.length === 0 && <p className="text-muted">Nothing was said: no message may be sent.</p>}
      <ul className="flex flex-col gap-2">
        {data?.standing.map((word) => (
          <Standing key={word.id} customerId={customer.id} word={word} />
        ))}
      </ul>
      {data && data.ledger.length > data.standing.length && (
        <Button size="small" look="quiet" aria-expanded={opened} className="mt-2" onClick={() => setOpened(!opened)}>
          {opened ? 'Hide what was said before' : `Everything that was said (${data.ledger.length})`}
        </Button>
      )}
      {opened && data && <Ledger ledger={data.ledger} />}
      {asks && <ConsentDialog customer={customer} onClose={() => setAsks(false)} />}
    </Card>
  )
}

function addressOf({ channel, address }: Consent): string {
  if (address === '') return channel === 'phone' ? 'Phone' : 'E-mail'
  return channel === 'phone' ? formatPhone(address) : address
}

function Standing({ customerId, word }: { customerId: string; word: Consent }) {
  const format = useFormat()
  const revoke = useMutation({
    mutationFn: () => {
      const { channel, address, kind } = word
      return recordConsent(false, { consentId: newId(), customerId, channel, address, kind, method: 'in_person' })
    },
  })
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-2">
          <StatusBadge tone={word.isGiven ? 'good' : 'bad'} icon={word.isGiven ? BellRing : BellOff}>
            {word.isGiven ? 'Yes' : 'No'}
          </StatusBadge>
          <span className="font-medium">{addressOf(word)}</span>
          <span>{kindNames[word.kind]}</span>
        </span>
        <span className="block text-sm text-muted">
          {format.date(word.recordedAt)} {methodNames[word.method]}, recorded by {word.recordedByName}
        </span>
        <ErrorBanner error={revoke.error} />
      </span>
      {word.isGiven && (
        <Button
          size="small"
          busy={revoke.isPending}
          aria-label={`Stop messages to ${addressOf(word)}: ${kindNames[word.kind]}`}
          onClick={() => revoke.mutate()}
        >
          Stop
        </Button>
      )}
    </li>
  )
}

function Ledger({ ledger }: { ledger: Consents['ledger'] }) {
  const format = useFormat()
  return (
    <ol className="mt-2 flex flex-col gap-1 text-sm text-muted">
      {ledger.map((word) => (
        <li key={word.id}>
          {format.date(word.recordedAt)}: {word.isGiven ? 'yes' : 'no'}, {addressOf(word)}, {kindNames[word.kind].toLowerCase()},{' '}
          {methodNames[word.method]}, {word.recordedByName}
          {word.note && ` (${word.note})`}
        </li>
      ))}
    </ol>
  )
}

function ConsentDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const addresses = [customer.phone, customer.alternatePhone, customer.email].filter((address) => address !== '')
  const [consentId] = useState(newId)
  const [address, setAddress] = useState(addresses[0] ?? '')
  const [kind, setKind] = useState<ConsentKind>('service')
  const [method, setMethod] = useState<ConsentMethod>('in_person')
  const [answer, setAnswer] = useState<'yes' | 'no'>('yes')
  const record = useMutation({
    mutationFn: () => {
      const channel = address.includes('@') ? ('email' as const) : ('phone' as const)
      return recordConsent(answer === 'yes', { consentId, customerId: customer.id, channel, address, kind, method })
    },
    onSuccess: onClose,
  })
  const answers = [
    { value: 'yes' as const, label: 'Yes, may be sent' },
    { value: 'no' as const, label: 'No, must not be sent' },
  ]
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      onSubmit={() => record.mutate()}
      title="What the customer said about messages"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={record.isPending}>
            Record
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <Field label="Number or e-mail" required error={record.error?.fieldMessage('address')} className="col-span-2">
          <TextInput value={address} onValueChange={setAddress} list="consent-addresses" />
        </Field>
        <datalist id="consent-addresses">
          {addresses.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </datalist>
        <Field label="Messages">
          <Select value={kind} onValueChange={setKind} choices={kindChoices} />
        </Field>
        <Field label="Answer">
          <Select value={answer} onValueChange={setAnswer} choices={answers} />
        </Field>
        <Field label="Said" className="col-span-2">
          <Select value={method} onValueChange={setMethod} choices={methodChoices} />
        </Field>
        <ErrorBanner error={record.error && Object.keys(record.error.fields).length > 0 ? null : record.error} className="col-span-2" />
      </div>
    </Dialog>
  )
}
