import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Customer } from '../../../src-preload/contract/customers'
import { queryClient } from '../../base/query-client'
import { sampleCustomer } from '../../testing/sample-customer'
import { CustomerContact } from './customer-contact'
import { customerQuery } from './customers-api'

const start: Customer = { ...sampleCustomer, tags: ['fleet'] }
const customerId = start.id

/** As the program does it: stored only where each field still is what it was. */
let stored: Customer = start
const updates: unknown[] = []
/** until then the program takes its time */
let answered = Promise.resolve()

beforeAll(() => {
  answerWith({
    customers: {
      get: os.customers.get.handler(() => stored),
      update: os.customers.update.handler(async ({ input: { was, now }, errors }) => {
        await answered
        updates.push({ was, now })
        const names = Object.keys(now) as (keyof typeof now)[]
        if (names.some((name) => JSON.stringify(stored[name]) !== JSON.stringify(was[name]))) {
          throw errors.EDIT_CONFLICT({ data: { current: Object.fromEntries(names.map((name) => [name, stored[name]])) } })
        }
        if (now.kind === 'company' && stored.companyName === '') {
          throw errors.INVALID_INPUT({ data: { fields: { 'now.companyName': 'Enter the name of the company.' } } })
        }
        stored = { ...stored, ...(now as Partial<Customer>) }
        return stored
      }),
    },
  })
})
beforeEach(() => {
  stored = start
  updates.length = 0
  answered = Promise.resolve()
})
afterEach(() => {
  cleanup()
  queryClient.clear()
})

function Contact() {
  const { data } = useQuery(customerQuery(customerId))
  return data ? <CustomerContact customer={data} disabled={false} /> : null
}

async function open(): Promise<ReturnType<typeof userEvent.setup>> {
  render(
    <QueryClientProvider client={queryClient}>
      <Contact />
    </QueryClientProvider>,
  )
  await screen.findByLabelText('City')
  return userEvent.setup()
}

describe('a customer on the screen', () => {
  it('stores a field that is left, with what stood there before', async () => {
    const user = await open()
    await user.type(screen.getByLabelText('City'), 'Example Bay')
    await user.tab()
    await vi.waitFor(() => expect(updates).toEqual([{ was: { city: '' }, now: { city: 'Example Bay' } }]))
  })

  it('puts the sentence about the missing company beside the switch of the kind', async () => {
    const user = await open()
    await user.selectOptions(screen.getByLabelText('Kind'), 'company')
    await screen.findByText('Enter the name of the company.')
    expect(screen.getByLabelText('Kind').getAttribute('aria-invalid')).toBe('true')
    expect(stored.kind).toBe('person')
  })

  it('ticks what is only yes or no before the program has answered', async () => {
    stored = { ...start, kind: 'company', companyName: 'Example Fleet' }
    let answer = (): void => undefined
    answered = new Promise((resolve) => {
      answer = resolve
    })
    const user = await open()
    const box = screen.getByRole<HTMLInputElement>('checkbox', { name: 'No bill without their purchase order number' })
    await user.click(box)
    expect(box.checked).toBe(true)
    expect(stored.requiresPurchaseOrder).toBe(false)
    answer()
    await vi.waitFor(() => expect(stored.requiresPurchaseOrder).toBe(true))
    expect(box.checked).toBe(true)
  })

  it('adds a tag on top of the tags somebody else stored meanwhile', async () => {
    const user = await open()
    stored = { ...stored, tags: ['fleet', 'call first'] }
    await user.type(screen.getByLabelText('Tags'), 'vip{Enter}')
    await vi.waitFor(() => expect(stored.tags).toEqual(['fleet', 'call first', 'vip']))
    await screen.findByText('call first')
  })

  it('offers the exemption only together with its certificate', async () => {
    const user = await open()
    await user.click(screen.getByRole('button', { name: 'Make exempt from sales tax' }))
    await user.click(await screen.findByRole('button', { name: 'Make exempt' }))
    await screen.findByText('Enter the number of the exemption certificate.')
    expect(updates).toEqual([])
    await user.type(screen.getByLabelText('Certificate number *'), 'EX-1')
    await user.keyboard('{Enter}')
    await screen.findByText('Exempt from sales tax')
    expect(updates).toEqual([{ was: { taxExempt: false, taxExemptNumber: '' }, now: { taxExempt: true, taxExemptNumber: 'EX-1' } }])
  })
})
