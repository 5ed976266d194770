import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, expect, it } from 'vitest'
import { queryClient } from '../../base/query-client'
import { OrderDeskContext } from './order-desk'
import { sampleDesk, sampleOrder } from './order-sample'
import { OutTheDoorDialog } from './out-the-door-dialog'

afterEach(cleanup)

it('says at the total why no discount makes it, and is ready for another one', async () => {
  answerWith({
    orders: {
      outTheDoor: os.orders.outTheDoor.handler(({ errors }) => {
        throw errors.INVALID_INPUT({ data: { fields: { unitPriceCents: 'The discount is more than the work.' } } })
      }),
    },
  })
  render(
    <QueryClientProvider client={queryClient}>
      <OrderDeskContext value={sampleDesk}>
        <OutTheDoorDialog order={sampleOrder} onClose={() => undefined} />
      </OrderDeskContext>
    </QueryClientProvider>,
  )
  await userEvent.type(screen.getByLabelText(/Total wanted/), '0')
  await userEvent.type(screen.getByLabelText(/Why is it given/), 'Goodwill{Enter}')
  await screen.findByText('The discount is more than the work.')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/Total wanted/)))
})
