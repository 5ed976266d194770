import { answerWith, os } from '../../testing/fake-host'
import { act, cleanup, renderHook } from '@testing-library/react'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SearchHit } from '../../../src-preload/contract/customers'
import { ZERO } from '../../../src-preload/contract/money'
import { queryClient } from '../../base/query-client'
import { findNow } from './search-api'
import { useSearch } from './use-search'

const asked = new Map<string, (hits: SearchHit[]) => void>()
const takenBack: string[] = []

beforeAll(() => {
  answerWith({
    customers: {
      search: os.customers.search.handler(({ input, signal }) => {
        signal?.addEventListener('abort', () => takenBack.push(input.text))
        return new Promise<SearchHit[]>((resolve) => {
          asked.set(input.text, resolve)
        })
      }),
    },
  })
})
afterEach(() => {
  cleanup()
  queryClient.clear()
  asked.clear()
})

function hit(title: string): SearchHit {
  const id = '0190f000-0000-7000-8000-000000000001'
  return {
    kind: 'customer',
    customerId: id,
    vehicleId: null,
    orderId: null,
    invoiceId: null,
    title,
    subtitle: '',
    phone: null,
    plate: null,
    vin: null,
    vehicleLabel: null,
    formerPlate: null,
    openOrders: 0,
    openOrderId: null,
    openOrderNumber: null,
    openOrderStatus: null,
    balanceCents: ZERO,
    accountCreditCents: ZERO,
  }
}

const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
const titles = (hits: readonly SearchHit[]): string[] => hits.map((one) => one.title)

async function answer(text: string, ...found: string[]): Promise<void> {
  await vi.waitFor(() => expect(asked.has(text)).toBe(true))
  await act(async () => {
    asked.get(text)?.(found.map(hit))
    // sleeps because an answer that is dropped leaves nothing to wait for
    await new Promise((resolve) => setTimeout(resolve, 10))
  })
}

describe('useSearch', () => {
  it('asks once for a burst of keys', async () => {
    const view = renderHook(({ typed }) => useSearch(typed), { wrapper, initialProps: { typed: '' } })
    for (const typed of ['or', 'ort', 'orte']) view.rerender({ typed })
    await answer('orte', 'Ortega')
    expect([...asked.keys()]).toEqual(['orte'])
    expect(titles(view.result.current.hits)).toEqual(['Ortega'])
    expect(view.result.current.isCurrent).toBe(true)
  })

  it('drops an answer that comes after the text was changed', async () => {
    const view = renderHook(({ typed }) => useSearch(typed), { wrapper, initialProps: { typed: 'smith' } })
    await vi.waitFor(() => expect(asked.has('smith')).toBe(true))
    view.rerender({ typed: 'smithson' })
    await answer('smithson', 'Smithson')
    await answer('smith', 'Smith')
    expect(titles(view.result.current.hits)).toEqual(['Smithson'])
    expect(takenBack).toContain('smith')
  })

  it('shows the rows of the text before until the answer is here, and says that they are not the answer', async () => {
    const view = renderHook(({ typed }) => useSearch(typed), { wrapper, initialProps: { typed: 'ruiz' } })
    await answer('ruiz', 'Ruiz')
    view.rerender({ typed: 'ruizo' })
    await vi.waitFor(() => expect(asked.has('ruizo')).toBe(true))
    expect(view.result.current).toMatchObject({ isCurrent: false })
    expect(titles(view.result.current.hits)).toEqual(['Ruiz'])
    await answer('ruizo')
    expect(view.result.current).toMatchObject({ isCurrent: true, hits: [] })
  })

  it('answers an Enter that was pressed early with the rows of exactly that text', async () => {
    const view = renderHook(({ typed }) => useSearch(typed), { wrapper, initialProps: { typed: 'chen' } })
    const early = findNow('chen')
    await answer('chen', 'Chen Wei')
    expect(titles(await early)).toEqual(['Chen Wei'])
    expect(titles(view.result.current.hits)).toEqual(['Chen Wei'])
  })
})
