import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Consents } from '../../../src-preload/contract/accounts'
import type { SessionStatus } from '../../../src-preload/contract/session'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { sampleConsent, sampleCustomer } from '../../testing/sample-customer'
import { ConsentCard } from './consent-card'

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
  said = { standing: [sampleConsent], ledger: [sampleConsent], saidCount: 1 }
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
        <ConsentCard customer={sampleCustomer} disabled={false} />
      </QueryClientProvider>
    </main>,
  )
}

it('lists the newest words and says how many there are before them', async () => {
  said = { standing: [sampleConsent], ledger: [sampleConsent], saidCount: 1235 }
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
