import { answerWith, os } from '../../testing/fake-host'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { ORPCError } from '@orpc/server'
import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Customer } from '../../../src-preload/contract/customers'
import { cents } from '../../../src-preload/contract/money'
import type { CheckIn } from '../../../src-preload/contract/orders'
import { listenForKeys } from '../../base/key-bindings'
import { forgetDraftsOf } from '../../base/kept-drafts'
import { lostTextsOf } from '../../base/lost-text'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { ToastArea } from '../../components/toast'
import { customerFields, emptyCustomer } from './check-in-draft'
import { CheckInScreen } from './check-in-screen'
import { sampleChoices, sampleId, sampleOrder, sampleSession } from './order-sample'

const customer: Customer = {
  id: sampleId(2),
  ...customerFields({ ...emptyCustomer, firstName: 'Zoë', lastName: 'Testerson', phone: '5550100123' }),
  displayName: 'Zoë Testerson',
  balanceCents: cents(0),
  accountCreditCents: cents(0),
  returnedChecks: [],
  isExemptionExpired: false,
  contacts: [],
  mergedInto: null,
  merges: [],
  vehicles: [sampleOrder.vehicle, { ...sampleOrder.vehicle, id: sampleId(4), label: '2004 Saab 9-3', plate: null, currentOdometer: null }],
  createdAt: '2026-01-01T00:00:00Z',
  deletedAt: null,
}

const sent: CheckIn[] = []
const made: string[] = []
const takenBack: unknown[] = []
let loseAnswer = false
/** answers wait for this */
let held: Promise<void> = Promise.resolve()
let stopKeys: () => void

beforeAll(() => {
  stopKeys = listenForKeys(window)
  window.scrollTo = () => undefined // the router's scroll restoration; jsdom has no layout
  answerWith({
    customers: {
      get: os.customers.get.handler(({ input }) => ({
        ...customer,
        id: input.customerId,
        vehicles: made.length > 0 ? [] : customer.vehicles,
      })),
      create: os.customers.create.handler(({ input }) => {
        made.push(input.customerId)
        return { ...customer, ...input.fields, id: input.customerId, displayName: 'Pat Sample', vehicles: [] }
      }),
      takeBack: os.customers.takeBack.handler(({ input }) => {
        takenBack.push(input)
        return {}
      }),
      duplicates: os.customers.duplicates.handler(({ input }) => {
        const { id, displayName, phone, email } = customer
        return input.phone.endsWith('0123') ? [{ id, displayName, phone, email, reason: 'phone', vehicles: '2019 Honda Civic' }] : []
      }),
    },
    vehicles: {
      create: os.vehicles.create.handler(({ input, errors }) => {
        made.push(input.vehicleId)
        if (input.fields.licensePlate === 'TWIN' && !input.movesPlate) {
          const fields = { 'fields.licensePlate': 'The 2008 BMW 330i of Bayline Couriers has this plate.' }
          throw errors.DUPLICATE({ data: { fields, existingId: sampleId(77) } })
        }
        return {
          ...sampleOrder.vehicle,
          ...input.fields,
          id: input.vehicleId,
          customer,
          engine: '',
          transmission: '',
          drivetrain: '',
          notes: '',
          owners: [],
          plates: [],
        }
      }),
    },
    orders: {
      choices: os.orders.choices.handler(() => sampleChoices),
      checkIn: os.orders.checkIn.handler(async ({ input }) => {
        sent.push(input)
        await held
        if (loseAnswer) {
          loseAnswer = false
          throw new ORPCError('INTERNAL_SERVER_ERROR', { message: 'The connection broke.' })
        }
        return { ...sampleOrder, id: input.orderId }
      }),
    },
  })
})
afterAll(() => stopKeys())
beforeEach(() => {
  forgetDraftsOf(sampleSession('owner').user?.id ?? '')
  sent.length = 0
  made.length = 0
  takenBack.length = 0
  queryClient.clear()
  queryClient.setQueryData(sessionQuery.queryKey, sampleSession('owner'))
})
afterEach(cleanup)

async function show(props: Parameters<typeof CheckInScreen>[0]): Promise<() => void> {
  const root = createRootRoute()
  const getParentRoute = () => root
  const checkIn = createRoute({ getParentRoute, path: '/', component: () => <CheckInScreen {...props} /> })
  const order = createRoute({ getParentRoute, path: '/orders/$orderId', component: () => <p>the order is open</p> })
  const router = createRouter({ routeTree: root.addChildren([checkIn, order]), history: createMemoryHistory() })
  const { unmount } = render(
    <main>
      <QueryClientProvider client={queryClient}>
        {/* the program's own routes are the registered ones; here only two of them are there */}
        <RouterProvider router={router as never} />
        <ToastArea />
      </QueryClientProvider>
    </main>,
  )
  await screen.findByRole('heading', { level: 1, name: 'Check in a car' })
  return unmount
}

const store = () => userEvent.keyboard('{Control>}{Enter}{/Control}')

describe('check-in', () => {
  it('of a returning customer is one key, the focus waiting in the odometer', async () => {
    await show({ customerId: sampleId(2), vehicleId: sampleId(3) })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Odometer')))
    await store()
    await screen.findByText('the order is open')
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ customerId: sampleId(2), vehicleId: sampleId(3), odometer: null, complaint: '' })
  })

  it('is the same order when the first answer was lost, with everything that was typed', async () => {
    loseAnswer = true
    await show({ customerId: sampleId(2), vehicleId: sampleId(3) })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Odometer')))
    await userEvent.keyboard('51000{Tab}{Tab}Squeaks')
    await store()
    await screen.findByText(/The connection broke/)
    await store()
    await screen.findByText('the order is open')
    expect(sent).toHaveLength(2)
    expect(sent[1]).toEqual(sent[0])
    expect(sent[1]).toMatchObject({ odometer: 51_000, complaint: 'Squeaks' })
  })

  it('asks which of several cars it is', async () => {
    await show({ customerId: sampleId(2) })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('radio', { name: /2019 Honda Civic/ })))
    await store()
    expect(await screen.findByText('Choose the car.')).toBeTruthy()
    expect(sent).toHaveLength(0)
    await userEvent.click(screen.getByRole('radio', { name: /2004 Saab/ }))
    await store()
    await waitFor(() => expect(sent[0]?.vehicleId).toBe(sampleId(4)))
  })

  it('asks why the odometer is lower than last time', async () => {
    await show({ customerId: sampleId(2), vehicleId: sampleId(3) })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Odometer')))
    await userEvent.keyboard('49999')
    await store()
    expect(await screen.findByText('Say why it is lower.')).toBeTruthy()
    await userEvent.keyboard('New instrument')
    await store()
    await waitFor(() => expect(sent[0]).toMatchObject({ odometer: 49_999, odometerReason: 'New instrument' }))
  })

  it('says while a new customer is typed who it may be already, and goes on with that one', async () => {
    await show({ newCustomer: 'zoe testerson' })
    await userEvent.type(await screen.findByLabelText('Phone'), '555-010-0124')
    expect(screen.queryByText('Is it one of these?')).toBeNull()
    await userEvent.type(screen.getByLabelText('Phone'), '{Backspace}3')
    expect(await screen.findByText(/same phone · \(555\) 010-0123 · 2019 Honda Civic/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Use Zoë Testerson' }))
    await userEvent.click(await screen.findByRole('radio', { name: /2019 Honda Civic/ }))
    await store()
    await screen.findByText('the order is open')
    expect([made, sent.map(({ customerId }) => customerId)]).toEqual([[], [sampleId(2)]])
  })

  it('writes down customer and car in place; what is stored already is not made twice when the car is refused', async () => {
    await show({ newCustomer: 'pat sample' })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('First name')))
    await store()
    expect(await screen.findByText('Enter a phone number.')).toBeTruthy()
    expect(made).toHaveLength(0)
    await userEvent.type(screen.getByLabelText('Phone'), '5550100199')
    await userEvent.type(screen.getByLabelText('Year'), '2015')
    await userEvent.type(screen.getByLabelText('Make'), 'Honda')
    await userEvent.type(screen.getByLabelText('Model'), 'Fit')
    await userEvent.type(screen.getByLabelText('Plate'), 'TWIN')
    await store()
    expect(await screen.findByText(/Bayline Couriers has this plate/)).toBeTruthy()
    const plate = screen.getByLabelText<HTMLInputElement>('Plate')
    expect(plate.value).toBe('TWIN')
    await userEvent.clear(plate)
    await userEvent.type(plate, '8NEW001')
    await store()
    await screen.findByText('the order is open')
    const [customerId, firstTry, secondTry] = made
    expect(made).toHaveLength(3)
    expect(secondTry).toBe(firstTry)
    expect(sent[0]).toMatchObject({ customerId, vehicleId: secondTry })
  })

  it('takes a plate off the car that had it: asked once, with everything that was typed', async () => {
    await show({ newCustomer: 'Nova Newcomer' })
    for (const [label, text] of Object.entries({ Phone: '5550100199', Year: '2015', Make: 'Honda', Model: 'Fit', Plate: 'TWIN' }))
      await userEvent.type(screen.getByLabelText(label), text)
    await userEvent.type(screen.getByLabelText(/^Complaint/), 'Squeals')
    await store()
    await screen.findByText(/Bayline Couriers has this plate/)
    screen.getByRole('button', { name: 'Moved plate: take it off that car' }).focus()
    await userEvent.keyboard('{Enter}')
    await screen.findByText('the order is open')
    const [customerId, firstTry, secondTry] = made
    expect(secondTry).toBe(firstTry)
    expect(sent).toMatchObject([{ customerId, vehicleId: firstTry, complaint: 'Squeals' }])
  })

  it('is as it was left when one comes back, unreadable numbers too', async () => {
    const leave = await show({})
    await userEvent.click(screen.getByRole('button', { name: 'New customer' }))
    await userEvent.type(screen.getByLabelText('First name'), 'Zoë')
    await userEvent.type(screen.getByLabelText('Year'), '20x9')
    await userEvent.type(screen.getByLabelText('Odometer'), '51k')
    leave()
    await show({})
    const texts = ['First name', 'Year', 'Odometer'].map((label) => screen.getByLabelText<HTMLInputElement>(label).value)
    expect(texts).toEqual(['Zoë', '20x9', '51k'])
    expect(screen.getByText('Enter a whole number.')).toBeTruthy()
    expect(document.activeElement?.textContent).toMatch(/as you typed it/)
    await store()
    expect(sent).toHaveLength(0)
    await userEvent.click(screen.getByRole('button', { name: /Start afresh/ }))
    expect(screen.getByLabelText<HTMLInputElement>('Odometer').value).toBe('')
    expect(document.activeElement).toBe(screen.getByLabelText('Find the customer'))
  })

  it('is told when it is refused after it was left, kept, and the same order when it is sent again', async () => {
    const leave = await show({ customerId: sampleId(2), vehicleId: sampleId(3) })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Odometer')))
    await userEvent.keyboard('51000')
    loseAnswer = true
    let answer = (): void => undefined
    held = new Promise((resolve) => {
      answer = resolve
    })
    await store()
    leave()
    answer()
    await waitFor(() => expect(lostTextsOf('')).toHaveLength(1))
    expect(lostTextsOf('')[0]?.sentence).toMatch(/^The check-in is not stored, but kept\. The connection broke/)
    await show({ customerId: sampleId(2), vehicleId: sampleId(3) })
    await screen.findByText('Zoë Testerson')
    await store()
    await screen.findByText('the order is open')
    expect(sent[1]).toEqual(sent[0])
  })

  it('brings back a customer and a car that were written down, after a look elsewhere', async () => {
    await show({ newCustomer: 'pat sample' })
    await userEvent.type(screen.getByLabelText('Make'), 'Honda')
    await userEvent.click(screen.getByRole('button', { name: 'Search instead' }))
    await userEvent.click(screen.getByRole('button', { name: 'New customer' }))
    expect(screen.getByLabelText<HTMLInputElement>('First name').value).toBe('Pat')
    expect(screen.getByLabelText<HTMLInputElement>('Make').value).toBe('Honda')
  })

  /** A new customer is stored, then their car is refused. */
  async function storeHalf(): Promise<() => void> {
    const leave = await show({ newCustomer: 'pat sample' })
    for (const [label, text] of Object.entries({ Phone: '5550100199', Year: '2015', Make: 'Honda', Model: 'Fit', Plate: 'TWIN' }))
      await userEvent.type(screen.getByLabelText(label), text)
    await store()
    await screen.findByText(/Bayline Couriers has this plate/)
    return leave
  }

  it('that is discarded says who stays on file, and removes them by one key', async () => {
    const leave = await storeHalf()
    leave()
    await show({ newCustomer: 'pat sample' })
    await userEvent.keyboard('{Alt>}n{/Alt}')
    await screen.findByText('Started afresh. Pat Sample stays on file.')
    expect(takenBack).toEqual([])
    await userEvent.keyboard('{Alt>}x{/Alt}')
    await screen.findByText('Pat Sample is off file again.')
    expect(takenBack).toEqual([{ customerId: made[0], vehicleId: null }])
  })

  it('that was begun elsewhere and is discarded names the car too, and comes back with all it stored', async () => {
    const leave = await show({ newCustomer: 'Nova Newcomer' })
    for (const [label, text] of Object.entries({ Phone: '5550100199', Year: '2019', Make: 'Honda', Model: 'Civic' }))
      await userEvent.type(screen.getByLabelText(label), text)
    loseAnswer = true
    await store()
    await screen.findByText(/The connection broke/)
    leave()
    await show({})
    await userEvent.click(await screen.findByRole('button', { name: /^Discard the check-in of/ }))
    await screen.findByText('Check-in discarded. Pat Sample and the 2019 Honda Civic stay on file.')
    await userEvent.keyboard('{Alt>}z{/Alt}')
    await userEvent.click(await screen.findByRole('button', { name: /^Discard the check-in of/ }))
    await userEvent.click(await screen.findByRole('button', { name: /^Remove/ }))
    await screen.findByText('Pat Sample and the 2019 Honda Civic are off file again.')
    expect(takenBack).toEqual([{ customerId: made[0], vehicleId: made[1] }])
  })

  it('that goes on with somebody else says so too, once', async () => {
    await storeHalf()
    await userEvent.click(screen.getByRole('button', { name: 'Other customer' }))
    await screen.findByText('Pat Sample stays on file.')
    await userEvent.click(screen.getByRole('button', { name: 'New customer' }))
    expect(screen.getAllByText('Pat Sample stays on file.')).toHaveLength(1)
  })
})
