import { answerWith, os } from '../../testing/fake-host'
import { renderHook, waitFor } from '@testing-library/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { NextAction, Order } from '../../../src-preload/contract/orders'
import type { MissingContent } from '../../../src-preload/contract/rules'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { sampleOrder, sampleSession } from './order-sample'
import { useBillable } from './use-billable'

const rule = { stateName: 'California', sentence: '', cite: '16 CCR 3356', url: '', isVerified: true, note: '' }
const registration: MissingContent = {
  sentence: "The shop's registration number is missing.",
  place: 'shop',
  field: 'registrationNumber',
  isRequired: true,
  rule,
}
let missing: MissingContent[] = []

beforeAll(() => answerWith({ orders: { missing: os.orders.missing.handler(() => missing) } }))
afterEach(() => queryClient.clear())

const action = (name: NextAction['action']): NextAction => ({ action: name, to: null, blockedBy: null, needsApproval: false })
const order: Order = { ...sampleOrder, status: 'completed', nextActions: [action('issue_invoice'), action('reopen')] }

function show() {
  queryClient.setQueryData(sessionQuery.queryKey, sampleSession('owner'))
  return renderHook(() => useBillable(order), {
    wrapper: ({ children }) => <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>,
  })
}

it('offers no invoice that would be refused, and says what it lacks', async () => {
  missing = [registration, { ...registration, sentence: 'Not said whether new.', isRequired: false }]
  const { result } = show()
  await waitFor(() => expect(result.current.nextActions[0]?.blockedBy).toBe("The shop's registration number is missing."))
  expect(result.current.nextActions[1]?.blockedBy).toBeNull()
})

it('leaves an order as it is whose paper lacks nothing required', async () => {
  missing = [{ ...registration, isRequired: false }]
  const { result } = show()
  await waitFor(() => expect(queryClient.isFetching()).toBe(0))
  expect(result.current).toBe(order)
})
