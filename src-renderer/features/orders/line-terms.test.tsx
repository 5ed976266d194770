import { answerWith } from '../../testing/fake-host'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { type LineTerms, noTerms } from '../../../src-preload/contract/line-terms'
import type { Line } from '../../../src-preload/contract/orders'
import { queryClient } from '../../base/query-client'
import { TermsOfLine } from './line-terms'
import { OrderDeskContext } from './order-desk'
import { sampleDesk, sampleLine, sampleOrder } from './order-sample'

const alternator: Line = { ...sampleLine, description: 'Alternator' }

beforeAll(() => answerWith({}))
afterEach(cleanup)

function show(oldPartsWanted: boolean, terms: LineTerms | null, status: Line['status'] = 'approved'): void {
  render(
    <QueryClientProvider client={queryClient}>
      <OrderDeskContext value={{ ...sampleDesk, order: { ...sampleOrder, oldPartsWanted } }}>
        <TermsOfLine line={{ ...alternator, status, terms }} mayChange />
      </OrderDeskContext>
    </QueryClientProvider>,
  )
}

const exchange: LineTerms = { ...noTerms, oldPart: 'exchange' }
const note = /this one is only shown to them/

it('says at a part that goes back to its maker that a customer who wants the old parts is only shown it', () => {
  show(true, exchange)
  expect(screen.getByText(note)).toBeTruthy()
  cleanup()
  for (const [wanted, terms, status] of [
    [false, exchange, 'approved'],
    [true, null, 'approved'],
    [true, noTerms, 'approved'],
    [true, exchange, 'declined'],
  ] as const) {
    show(wanted, terms, status)
    expect(screen.queryByText(note)).toBeNull()
    cleanup()
  }
})

it('says so at once when a part becomes one that goes back, after the customer asked for the old parts', async () => {
  show(true, null)
  await userEvent.click(screen.getByRole('button', { name: /Alternator/ }))
  expect(screen.queryByRole('alert')).toBeNull()
  await userEvent.selectOptions(screen.getByLabelText('Replaced part'), 'exchange')
  expect(screen.getByRole('alert').textContent).toMatch(/Tell them that this one goes back to its maker/)
  await userEvent.selectOptions(screen.getByLabelText('Replaced part'), 'customer')
  expect(screen.queryByRole('alert')).toBeNull()
})
