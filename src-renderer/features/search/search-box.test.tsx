import { answerWith, os } from '../../testing/fake-host'
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { SearchHit } from '../../../src-preload/contract/customers'
import { grantOf, permissions } from '../../../src-preload/contract/permissions'
import type { SessionStatus } from '../../../src-preload/contract/session'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { SearchBox } from './search-box'

const asked = new Map<string, { answer: (hits: SearchHit[]) => void; fail: () => void }>()
const id = '0190f000-0000-7000-8000-000000000001'

beforeAll(() => {
  window.scrollTo = () => undefined // the router's scroll restoration; jsdom has no layout
  Element.prototype.scrollIntoView = () => undefined
  answerWith({
    customers: {
      search: os.customers.search.handler(
        ({ input }) =>
          new Promise<SearchHit[]>((answer, fail) => {
            asked.set(input.text, { answer, fail: () => fail(new Error('The connection broke.')) })
          }),
      ),
    },
  })
})
afterEach(() => {
  cleanup()
  queryClient.clear()
  asked.clear()
})

async function typed(text: string): Promise<{ answer: (hits: SearchHit[]) => void; fail: () => void }> {
  const user = { id, role: 'owner', grants: Object.fromEntries(permissions.map((one) => [one, grantOf('owner', one)])) }
  queryClient.setQueryData(sessionQuery.queryKey, { user, shop: { id, name: 'Test', timezone: 'UTC' } } as unknown as SessionStatus)
  const router = createRouter({ routeTree: createRootRoute({ component: SearchBox }), history: createMemoryHistory() })
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  await userEvent.type(await screen.findByRole('combobox'), text)
  await vi.waitFor(() => expect(asked.has(text)).toBe(true))
  return asked.get(text)!
}

it('offers a new customer once the answer is there, below what was found', async () => {
  const search = await typed('ortega')
  expect(screen.queryByRole('option')).toBeNull()
  const hit = { kind: 'customer', customerId: id, title: 'Ana Ortega', subtitle: '', openOrders: 0, balanceCents: 0, accountCreditCents: 0 }
  const nothing = {
    vehicleId: null,
    orderId: null,
    invoiceId: null,
    phone: null,
    plate: null,
    formerPlate: null,
    vin: null,
    vehicleLabel: null,
  }
  await act(async () =>
    search.answer([{ ...hit, ...nothing, openOrderId: null, openOrderNumber: null, openOrderStatus: null } as unknown as SearchHit]),
  )
  const rows = await screen.findAllByRole('option')
  expect(rows.map((row) => row.textContent)).toEqual([expect.stringContaining('Ana Ortega'), expect.stringContaining('New customer')])
})

it('says the VIN of a row that was found by it', async () => {
  const search = await typed('kp042788')
  const hit = { kind: 'vehicle', customerId: id, vehicleId: id, title: '1989 MCI Coach', subtitle: 'Ana Ortega', vin: '1M8GDM9AXKP042788' }
  const nothing = {
    orderId: null,
    invoiceId: null,
    phone: null,
    plate: null,
    formerPlate: null,
    vehicleLabel: null,
    openOrders: 0,
    balanceCents: 0,
    accountCreditCents: 0,
  }
  await act(async () =>
    search.answer([{ ...hit, ...nothing, openOrderId: null, openOrderNumber: null, openOrderStatus: null } as unknown as SearchHit]),
  )
  expect((await screen.findAllByRole('option'))[0]?.textContent).toContain('VIN …KP042788 · Ana Ortega')
})

it('does not offer a second record of somebody while nobody can be looked for', async () => {
  const search = await typed('ruiz')
  await act(async () => search.fail())
  await screen.findByRole('alert')
  expect(screen.queryByRole('option')).toBeNull()
})
