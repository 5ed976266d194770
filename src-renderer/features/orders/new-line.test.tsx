import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import type { NewLine as NewLineInput } from '../../../src-preload/contract/orders'
import { queryClient } from '../../base/query-client'
import { NewLine } from './new-line'
import { OrderDeskContext } from './order-desk'
import { sampleChoices, sampleDesk, sampleId, sampleOrder } from './order-sample'

const sent: NewLineInput[] = []
let refuse: Record<string, string> | undefined
let done = 0

beforeAll(() => {
  Element.prototype.scrollIntoView = () => undefined
  answerWith({
    orders: {
      addLines: os.orders.addLines.handler(({ input, errors }) => {
        sent.push(...input.lines)
        const fields = refuse
        refuse = undefined
        if (fields) throw errors.INVALID_INPUT({ data: { fields } })
        return sampleOrder
      }),
      findParts: os.orders.findParts.handler(({ input }) =>
        input.text.startsWith('pad')
          ? [
              {
                id: sampleId(51),
                partNumber: 'BRK-1',
                description: 'Brake pads',
                manufacturer: 'Anchor',
                priceCents: cents(8995),
                costCents: null,
                onHandHundredths: 700,
                location: 'A6',
              },
            ]
          : [],
      ),
    },
  })
})
beforeEach(() => {
  sent.length = 0
  done = 0
  queryClient.clear()
})
afterEach(cleanup)

function show(type: 'labor' | 'part' | 'discount') {
  render(
    <QueryClientProvider client={queryClient}>
      <OrderDeskContext value={sampleDesk}>
        <NewLine jobId={sampleId(61)} type={type} choices={sampleChoices} onDone={() => done++} />
      </OrderDeskContext>
    </QueryClientProvider>,
  )
}

describe('a new line, typed without a mouse', () => {
  it('goes on with Enter, is added at the last field, and starts the next', async () => {
    show('labor')
    await userEvent.keyboard('Replace pads{Enter}1.5{Enter}{Enter}')
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Description').value).toBe(''))
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      jobId: sampleId(61),
      description: 'Replace pads',
      quantityHundredths: 150,
      unitPriceCents: 13_500,
      taxable: false,
    })
    expect(document.activeElement).toBe(screen.getByLabelText('Description'))
    await userEvent.keyboard('Turn rotors{Enter}{Enter}{Enter}')
    await waitFor(() => expect(sent).toHaveLength(2))
    expect(sent[1]?.lineId).not.toBe(sent[0]?.lineId)
  })

  it('takes a part from the inventory with the arrow keys', async () => {
    show('part')
    await userEvent.keyboard('pad')
    await screen.findByText('Brake pads')
    await userEvent.keyboard('{ArrowDown}{Enter}2{Enter}{Enter}')
    await waitFor(() => expect(sent).toHaveLength(1))
    expect(sent[0]).toMatchObject({
      inventoryItemId: sampleId(51),
      partNumber: 'BRK-1',
      unitPriceCents: 8995,
      quantityHundredths: 200,
      partCondition: 'new',
      taxable: true,
    })
  })

  it('stays at the field that is missing', async () => {
    show('discount')
    await userEvent.keyboard('Regular customer{Enter}12.34{Enter}{Enter}')
    expect(await screen.findByText('Say why this discount is given.')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByLabelText(/Why is it given/))
    expect(sent).toHaveLength(0)
  })

  it('keeps what was typed when it is refused, says it at the field, and sends the same line again', async () => {
    refuse = { 'lines.0.unitPriceCents': 'The discount is more than the work.' }
    show('labor')
    await userEvent.keyboard('Replace pads{Enter}{Enter}{Enter}')
    expect(await screen.findByText('The discount is more than the work.')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Description').value).toBe('Replace pads')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(sent).toHaveLength(2))
    expect(sent[1]?.lineId).toBe(sent[0]?.lineId)
  })

  it('gives up with Esc', async () => {
    show('labor')
    await userEvent.keyboard('Repl{Escape}')
    expect(done).toBe(1)
    expect(sent).toHaveLength(0)
  })
})
