import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { noTerms } from '../../../src-preload/contract/line-terms'
import { cents } from '../../../src-preload/contract/money'
import type { Line, Order } from '../../../src-preload/contract/orders'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { AuthorizeDialog } from './authorize-dialog'
import { sampleId, sampleLine, sampleOrder, sampleSession } from './order-sample'
import { orderQuery } from './orders-api'

const brakes: Line = { ...sampleLine, type: 'labor', description: 'Front brakes' }
const asRead: Order = { ...sampleOrder, lines: [brakes], totalCents: cents(12_000) }
const swapped: Order = { ...asRead, lines: [{ ...brakes, description: 'Air freshener' }], estimateFingerprint: 'b'.repeat(64) }

/** What the program has; its other counter may have changed it without this one having heard. */
let stored = asRead
const sent: { authorizationId: string; estimateFingerprint: string; approvedByName: string; note?: string | undefined }[] = []

beforeAll(() => {
  answerWith({
    orders: {
      get: os.orders.get.handler(() => stored),
      authorize: os.orders.authorize.handler(({ input, errors }) => {
        sent.push(input)
        if (input.estimateFingerprint !== stored.estimateFingerprint) throw errors.EDIT_CONFLICT({ message: 'The estimate changed.' })
        return stored
      }),
    },
  })
})
beforeEach(() => {
  stored = asRead
  sent.length = 0
})
afterEach(() => {
  cleanup()
  queryClient.clear()
})

function Dialog({ onClose }: { onClose: () => void }) {
  const { data: order } = useQuery(orderQuery(asRead.id))
  return order ? <AuthorizeDialog order={order} onClose={onClose} /> : null
}

async function open(): Promise<() => void> {
  const onClose = vi.fn<() => void>()
  render(
    <QueryClientProvider client={queryClient}>
      <Dialog onClose={onClose} />
    </QueryClientProvider>,
  )
  await screen.findByText('$120.00')
  return onClose
}

const record = () => userEvent.click(screen.getByRole('button', { name: /Record authorization/ }))

describe('writing down the yes of a customer', () => {
  it('sends what was read aloud', async () => {
    const onClose = await open()
    await record()
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(sent).toMatchObject([{ estimateFingerprint: 'a'.repeat(64), approvedByName: 'Zoë Testerson' }])
  })

  it('shows what another counter changed at the same total, and keeps what was typed', async () => {
    const onClose = await open()
    await userEvent.type(screen.getByLabelText('Note'), 'Wants the old parts back')
    stored = swapped
    await record()
    expect(await screen.findByText('The estimate changed while you were on the phone:')).toBeTruthy()
    expect(screen.getByText('“Front brakes” became “Air freshener”')).toBeTruthy()
    expect(screen.getByRole('button', { name: /Record authorization/ })).toHaveProperty('disabled', true)
    expect(onClose).not.toHaveBeenCalled()
    await userEvent.click(screen.getByRole('button', { name: 'The customer heard this' }))
    await record()
    await waitFor(() => expect(onClose).toHaveBeenCalled())
    expect(sent).toMatchObject([
      { note: 'Wants the old parts back' },
      { estimateFingerprint: 'b'.repeat(64), note: 'Wants the old parts back' },
    ])
    expect(sent[1]?.authorizationId).not.toBe(sent[0]?.authorizationId)
  })

  it('names the old parts that are only shown, to whoever wants them back, also on the phone', async () => {
    const exchanged = { ...noTerms, oldPart: 'exchange' } as const
    const alternator: Line = { ...sampleLine, id: sampleId(62), description: 'Alternator', terms: exchanged }
    const refusedOne: Line = { ...alternator, id: sampleId(63), description: 'Starter', status: 'declined' }
    stored = { ...asRead, lines: [brakes, alternator, refusedOne] }
    queryClient.setQueryData(sessionQuery.queryKey, sampleSession('owner'))
    await open()
    const wish = screen.getByLabelText('Replaced parts')
    const told = 'Only to be shown, because they go back to their maker: Alternator.'
    expect(screen.queryByText(told)).toBeNull()
    await userEvent.selectOptions(wish, 'Wants them back')
    expect(screen.getByRole('combobox', { name: 'Replaced parts', description: told })).toBe(wish)
    await userEvent.selectOptions(screen.getByLabelText('How'), 'phone')
    const script = await screen.findByRole('region', { name: 'What to say' })
    expect(script.textContent).toMatch(/back\? Some we can only show you, because they go back to their maker: Alternator\.”$/)
  })
})
