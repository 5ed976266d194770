import { answerWith, os } from '../../testing/fake-host'
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, expect, it } from 'vitest'
import type { Line } from '../../../src-preload/contract/orders'
import { cents, type Hundredths } from '../../../src-preload/contract/money'
import { noTerms } from '../../../src-preload/contract/line-terms'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { ToastArea } from '../../components/toast'
import { sampleDesk, sampleId, sampleOrder, sampleSession } from './order-sample'
import { useWorkSteps } from './use-work-steps'

afterEach(cleanup)

const line: Line = {
  id: sampleId(51),
  jobId: null,
  type: 'labor',
  description: 'Brakes',
  partNumber: '',
  quantityHundredths: 200 as Hundredths,
  unitPriceCents: cents(12_000),
  costCents: null,
  taxable: false,
  partCondition: null,
  inventoryItemId: null,
  status: 'quoted',
  totalCents: cents(24_000),
  declinedReason: '',
  sortOrder: 1,
  priceSource: { rule: 'labor_rate', name: '', level: 'shop', priceCents: cents(12_000), quantityHundredths: 200 as Hundredths },
  terms: { ...noTerms, warrantyMonths: 12 },
}

it('brings a removed line back in a form that the program takes', async () => {
  const told: object[] = []
  answerWith({
    orders: {
      removeLine: os.orders.removeLine.handler(() => sampleOrder),
      addLines: os.orders.addLines.handler(({ input }) => {
        told.push(input)
        return { ...sampleOrder, lines: [line] }
      }),
    },
  })
  let error: Error | null = null
  function Steps() {
    const steps = useWorkSteps({ ...sampleDesk, order: { ...sampleOrder, lines: [line] } })
    error = steps.error
    return (
      <button type="button" onClick={() => void steps.removeLine(line)}>
        Remove
      </button>
    )
  }
  queryClient.setQueryData(sessionQuery.queryKey, sampleSession('owner'))
  render(
    <QueryClientProvider client={queryClient}>
      <Steps />
      <ToastArea />
    </QueryClientProvider>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }))
  await userEvent.click(await screen.findByRole('button', { name: /^Undo/ }))
  await act(async () => {
    await expect.poll(() => told.length + (error ? 1 : 0)).toBe(1)
  })
  expect(error).toBeNull()
  expect(told).toMatchObject([{ broughtBack: true, lines: [{ lineId: line.id, quantityHundredths: 200 }] }])
})
