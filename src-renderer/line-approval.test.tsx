import { answerWith, os } from './testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { cents, type Hundredths } from '../src-preload/contract/money'
import type { Line } from '../src-preload/contract/orders'
import { queryClient } from './base/query-client'
import { useApproval } from './base/use-approval'
import { ApprovalProvider } from './features/session/approval-provider'
import { PriceCell, QuantityCell } from './features/orders/line-cells'
import { OrderDeskContext } from './features/orders/order-desk'
import { sampleDesk, sampleId, sampleOrder } from './features/orders/order-sample'

const sentence = '$13.50 instead of the shop’s $270.00 for "Brakes" is above your limit of 10%.'
const sent: { now: object; approval: unknown }[] = []

const brakes: Line = {
  id: sampleId(71),
  jobId: sampleId(61),
  type: 'labor',
  description: 'Brakes',
  partNumber: '',
  quantityHundredths: 200 as Hundredths,
  unitPriceCents: cents(13_500),
  costCents: null,
  taxable: false,
  partCondition: null,
  inventoryItemId: null,
  status: 'quoted',
  totalCents: cents(27_000),
  declinedReason: '',
  sortOrder: 1,
}
const fee: Line = {
  ...brakes,
  id: sampleId(72),
  type: 'fee',
  description: 'Rags',
  quantityHundredths: 100 as Hundredths,
  unitPriceCents: cents(1_200),
}

beforeAll(() => {
  answerWith({
    users: {
      approvers: os.users.approvers.handler(() => [{ id: sampleId(21), firstName: 'Olga', lastName: 'Owner', role: 'owner' as const }]),
    },
    orders: {
      updateLine: os.orders.updateLine.handler(({ input, errors }) => {
        sent.push({ now: input.now, approval: input.approval })
        if (!input.approval) throw errors.APPROVAL_REQUIRED({ message: sentence, data: { approvalFor: 'orders.price_override' } })
        if (input.approval.pin !== '271828') throw errors.APPROVAL_REFUSED()
        return { ...sampleOrder, lines: [brakes, fee] }
      }),
    },
  })
})
beforeEach(() => {
  sent.length = 0
})
afterEach(() => {
  cleanup()
  queryClient.clear()
})

function Desk() {
  const desk = { ...sampleDesk, order: { ...sampleOrder, lines: [brakes, fee] }, withApproval: useApproval() }
  return (
    <OrderDeskContext value={desk}>
      <QuantityCell line={brakes} />
      <PriceCell line={fee} />
    </OrderDeskContext>
  )
}

function show(): void {
  render(
    <QueryClientProvider client={queryClient}>
      <ApprovalProvider>
        <Desk />
      </ApprovalProvider>
    </QueryClientProvider>,
  )
}

it.each([
  ['Hours of Brakes', '0.1', { quantityHundredths: 10 }],
  ['Price of Rags', '0', { unitPriceCents: 0 }],
])('%s typed down asks for the approval, and a wrong PIN or none loses nothing that was typed', async (name, typed, now) => {
  show()
  const field = screen.getByLabelText(name)
  await userEvent.clear(field)
  await userEvent.type(field, `${typed}{Enter}`)
  await screen.findByText(sentence)
  // Given up: the old value stands, what was typed is one key away.
  await userEvent.keyboard('{Escape}')
  const again = await screen.findByRole('button', { name: 'Try again' })
  expect(again.closest('div')?.textContent).toContain(typed)
  await userEvent.click(again)
  await screen.findByText(sentence)
  await screen.findByText('Olga Owner (Owner)')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('PIN')))
  await userEvent.keyboard('111111')
  await screen.findByText(/This approval was refused/)
  await userEvent.keyboard('271828')
  await waitFor(() => expect(screen.queryByText(sentence)).toBeNull())
  const approverId = sampleId(21)
  expect(sent).toEqual([
    { now, approval: undefined },
    { now, approval: undefined },
    { now, approval: { approverId, pin: '111111' } },
    { now, approval: { approverId, pin: '271828' } },
  ])
})
