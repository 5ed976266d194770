import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Consent, Consents } from '../../../src-preload/contract/accounts'
import { blankCustomer, type Customer } from '../../../src-preload/contract/customers'
import { cents } from '../../../src-preload/contract/money'
import type { SessionStatus } from '../../../src-preload/contract/session'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { ConsentCard } from './consent-card'

const customer: Customer = {
  ...blankCustomer,
  id: '0190f000-0000-7000-8000-000000000001',
  phone: '(555) 010-0142',
  displayName: 'Pat Example',
  balanceCents: cents(0),
  accountCreditCents: cents(0),
  returnedChecks: [],
  isExemptionExpired: false,
  contacts: [],
  mergedInto: null,
  merges: [],
  vehicles: [],
  createdAt: '2026-01-05T17:00:00Z',
  deletedAt: null,
}
const yes: Consent = {
  id: '0190f000-0000-7000-8000-000000000002',
  channel: 'phone',
  address: '(555) 010-0142',
  kind: 'marketing',
  isGiven: true,
  method: 'paper',
  note: '',
  recordedAt: '2026-01-05T17:00:00Z',
  recordedByName: 'Olive Owner',
}

let said: Consents
const revoked: unknown[] = []

beforeAll(() => {
  answerWith({
    customers: {
      consents: os.customers.consents.handler(() => said),
      revokeConsent: os.customers.revokeConsent.handler(({ input: { customerId: _, consentId, ...word } }) => {
        revoked.push(word)
        const no = { ...word, id: consentId, isGiven: false, recordedAt: '2026-02-05T17:00:00Z', recordedByName: 'Olive Owner' }
        said = { standing: [no], ledger: [no, ...said.ledger], saidCount: said.saidCount + 1 }
        return said
      }),
    },
  })
})
beforeEach(() => {
  said = { standing: [yes], ledger: [yes], saidCount: 1 }
  revoked.length = 0
  queryClient.clear()
  const [user, shop] = [{ grants: {} }, { timezone: 'UTC' }]
  queryClient.setQueryData(sessionQuery.queryKey, { user, shop } as unknown as SessionStatus)
})
afterEach(cleanup)

function show(): void {
  render(
    <main>
      <QueryClientProvider client={queryClient}>
        <ConsentCard customer={customer} disabled={false} />
      </QueryClientProvider>
    </main>,
  )
}

it('lists the newest words and says how many there are before them', async () => {
  said = { standing: [yes], ledger: [yes], saidCount: 1235 }
  show()
  await userEvent.click(await screen.findByRole('button', { name: 'Everything that was said (1,235)' }))
  expect(screen.getByText('and 1,234 more before that')).toBeTruthy()
})

it('asks how a customer said that messages shall stop, by keys alone, and keeps both words', async () => {
  show()
  ;(await screen.findByRole('button', { name: /^Stop messages to \(555\) 010-0142: Offers/ })).focus()
  await userEvent.keyboard('{Enter}')
  const dialog = await screen.findByRole('dialog', { name: 'Stop messages' })
  await userEvent.selectOptions(within(dialog).getByLabelText('Said'), 'text')
  await userEvent.type(within(dialog).getByLabelText('In their words'), 'STOP{Enter}')
  expect(await screen.findByText(/by text message, recorded by Olive Owner: “STOP”/)).toBeTruthy()
  expect(revoked).toEqual([{ channel: 'phone', address: '(555) 010-0142', kind: 'marketing', method: 'text', note: 'STOP' }])
  await userEvent.click(screen.getByRole('button', { name: 'Everything that was said (2)' }))
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(
    expect.arrayContaining([expect.stringMatching(/: no, .*by text message/), expect.stringMatching(/: yes, .*by letter or on paper/)]),
  )
})
