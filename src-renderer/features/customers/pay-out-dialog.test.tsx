import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { blankCustomer, type Customer } from '../../../src-preload/contract/customers'
import { cents } from '../../../src-preload/contract/money'
import { ApprovalContext } from '../../base/use-approval'
import { queryClient } from '../../base/query-client'
import { PayOutDialog } from './pay-out-dialog'

const customer: Customer = {
  ...blankCustomer,
  id: '0190f000-0000-7000-8000-000000000001',
  firstName: 'Pat',
  lastName: 'Example',
  displayName: 'Pat Example',
  balanceCents: cents(0),
  accountCreditCents: cents(2_000),
  returnedChecks: [],
  isExemptionExpired: false,
  contacts: [],
  mergedInto: null,
  merges: [],
  vehicles: [],
  createdAt: '2026-01-05T17:00:00Z',
  deletedAt: null,
}
const sent: Record<string, unknown>[] = []
const asked: string[] = []
const paper = { printerId: null, byItself: true }

beforeAll(() => {
  answerWith({
    printing: { papers: os.printing.papers.handler(() => ({ receipt: paper, invoice: paper, estimate: paper, work_order: paper })) },
    payments: {
      payOutCredit: os.payments.payOutCredit.handler(({ input, errors }) => {
        sent.push(input)
        if (!input.approval) throw errors.APPROVAL_REQUIRED({ message: 'Pay out $15.00 of the account credit of Pat Example: moved away' })
        const { payoutId: id, method, amountCents, checkNumber, reference, reason } = input
        const payout = { id, method, amountCents, roundingCents: cents(0), checkNumber, reference, reason, paidAt: '2026-06-01T15:00:00Z' }
        return { payout, accountCreditCents: cents(500) }
      }),
    },
  })
})
beforeEach(() => {
  sent.length = 0
  asked.length = 0
})
afterEach(() => {
  cleanup()
  queryClient.clear()
})

it('pays out by keys alone, asks for an approval, and loses nothing that was typed when it is not given', async () => {
  let closed = 0
  let approves = false
  const approval = { approverId: customer.id, pin: '271828' }
  render(
    <QueryClientProvider client={queryClient}>
      <ApprovalContext
        value={({ sentence, attempt, cancel }) => {
          asked.push(sentence)
          if (approves) void attempt(approval)
          else cancel()
        }}
      >
        <PayOutDialog customer={customer} onClose={() => (closed += 1)} />
      </ApprovalContext>
    </QueryClientProvider>,
  )
  const amount = await screen.findByLabelText<HTMLInputElement>(/^Amount/)
  await waitFor(() => expect(document.activeElement).toBe(amount))
  await userEvent.clear(amount)
  await userEvent.keyboard('21{Enter}')
  expect(await screen.findByText('$20.00 is on account.')).toBeTruthy()
  expect(screen.getByText('Say why.')).toBeTruthy()
  expect(sent).toEqual([])
  await userEvent.clear(amount)
  await userEvent.keyboard('15{Tab}')
  await userEvent.selectOptions(screen.getByLabelText('How'), 'check')
  await userEvent.type(screen.getByLabelText(/^Why/), 'moved away{Enter}')
  expect(await screen.findByText('Enter the number of the check you write.')).toBeTruthy()
  await userEvent.type(screen.getByLabelText(/^Number of your check/), '902{Enter}')
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(screen.getByLabelText<HTMLInputElement>(/^Why/).value).toBe('moved away')
  expect(screen.getByLabelText<HTMLInputElement>(/^Amount/).value).toBe('15.00')
  approves = true
  await userEvent.click(screen.getByRole('button', { name: 'Pay out $15.00' }))
  expect(await screen.findByText('Hand over check 902')).toBeTruthy()
  expect(screen.getByText('$5.00 is on account now')).toBeTruthy()
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Done' })))
  expect(sent.map(({ approval: given }) => given)).toEqual([undefined, undefined, approval])
  expect(new Set(sent.map(({ payoutId }) => payoutId)).size).toBe(1)
  await userEvent.keyboard('{Enter}')
  expect(closed).toBe(1)
})
