import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Consent, ConsentKind, ConsentMethod } from '../../../src-preload/contract/accounts'
import type { Customer } from '../../../src-preload/contract/customers'
import type { CallError } from '../../base/errors'
import { newId } from '../../base/new-id'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { addressOf, kindChoices, kindNames, methodChoices } from './consent-words'
import { recordConsent } from './customers-api'

function Buttons({ busy, onClose }: { busy: boolean; onClose: () => void }) {
  return (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" look="primary" busy={busy}>
        Record
      </Button>
    </>
  )
}

interface HowProps {
  readonly method: ConsentMethod
  readonly note: string
  readonly onMethod: (method: ConsentMethod) => void
  readonly onNote: (note: string) => void
}

/** How it was said: a withdrawal by a text message is proved by something else than one at the counter. */
function HowSaid({ method, note, onMethod, onNote }: HowProps) {
  return (
    <>
      <Field label="Said" className="col-span-2">
        <Select value={method} onValueChange={onMethod} choices={methodChoices} />
      </Field>
      <Field label="In their words" className="col-span-2">
        <TextInput value={note} onValueChange={onNote} maxLength={500} />
      </Field>
    </>
  )
}

const otherThan = (error: CallError | null): CallError | null => (error && Object.keys(error.fields).length > 0 ? null : error)

/** A customer who wants no more messages of a kind at a number or address. */
export function StopDialog({ customerId, word, onClose }: { customerId: string; word: Consent; onClose: () => void }) {
  const [consentId] = useState(newId)
  const [method, setMethod] = useState<ConsentMethod>('in_person')
  const [note, setNote] = useState('')
  const { channel, address, kind } = word
  const record = useMutation({
    mutationFn: () => recordConsent(false, { consentId, customerId, channel, address, kind, method, note }),
    onSuccess: onClose,
  })
  return (
    <Dialog
      open
      keepOpen
      size="small"
      onClose={onClose}
      onSubmit={() => record.mutate()}
      title="Stop messages"
      description={`${addressOf(word)}: ${kindNames[kind].toLowerCase()}`}
      footer={<Buttons busy={record.isPending} onClose={onClose} />}
    >
      <div className="grid grid-cols-2 gap-3">
        <HowSaid method={method} note={note} onMethod={setMethod} onNote={setNote} />
        <ErrorBanner error={record.error} className="col-span-2" />
      </div>
    </Dialog>
  )
}

const answers = [
  { value: 'yes' as const, label: 'Yes, may be sent' },
  { value: 'no' as const, label: 'No, must not be sent' },
]

export function ConsentDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const addresses = [customer.phone, customer.alternatePhone, customer.email].filter((address) => address !== '')
  const [consentId] = useState(newId)
  const [address, setAddress] = useState(addresses[0] ?? '')
  const [kind, setKind] = useState<ConsentKind>('service')
  const [method, setMethod] = useState<ConsentMethod>('in_person')
  const [note, setNote] = useState('')
  const [answer, setAnswer] = useState<'yes' | 'no'>('yes')
  const record = useMutation({
    mutationFn: () => {
      const channel = address.includes('@') ? ('email' as const) : ('phone' as const)
      return recordConsent(answer === 'yes', { consentId, customerId: customer.id, channel, address, kind, method, note })
    },
    onSuccess: onClose,
  })
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      onSubmit={() => record.mutate()}
      title="What the customer said about messages"
      footer={<Buttons busy={record.isPending} onClose={onClose} />}
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
        <HowSaid method={method} note={note} onMethod={setMethod} onNote={setNote} />
        <ErrorBanner error={otherThan(record.error)} className="col-span-2" />
      </div>
    </Dialog>
  )
}
