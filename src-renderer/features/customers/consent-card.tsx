import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { BellOff, BellRing } from 'lucide-react'
import type { Consent, Consents } from '../../../src-preload/contract/accounts'
import type { Customer } from '../../../src-preload/contract/customers'
import { formatCount, useFormat } from '../../base/format'
import { useGrant } from '../../base/session'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { StatusBadge } from '../../components/status-badge'
import { ConsentDialog, StopDialog } from './consent-dialogs'
import { addressOf, kindNames, methodNames } from './consent-words'
import { consentsQuery } from './customers-api'

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
      {data && data.saidCount > data.standing.length && (
        <Button size="small" look="quiet" aria-expanded={opened} className="mt-2" onClick={() => setOpened(!opened)}>
          {opened ? 'Hide what was said before' : `Everything that was said (${formatCount(data.saidCount)})`}
        </Button>
      )}
      {opened && data && <Ledger ledger={data.ledger} saidCount={data.saidCount} />}
      {asks && <ConsentDialog customer={customer} onClose={() => setAsks(false)} />}
    </Card>
  )
}

function Standing({ customerId, word }: { customerId: string; word: Consent }) {
  const format = useFormat()
  const [stops, setStops] = useState(false)
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
          {word.note && `: “${word.note}”`}
        </span>
      </span>
      {word.isGiven && (
        <Button size="small" aria-label={`Stop messages to ${addressOf(word)}: ${kindNames[word.kind]}`} onClick={() => setStops(true)}>
          Stop
        </Button>
      )}
      {stops && <StopDialog customerId={customerId} word={word} onClose={() => setStops(false)} />}
    </li>
  )
}

function Ledger({ ledger, saidCount }: Pick<Consents, 'ledger' | 'saidCount'>) {
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
      {saidCount > ledger.length && <li>and {formatCount(saidCount - ledger.length)} more before that</li>}
    </ol>
  )
}
