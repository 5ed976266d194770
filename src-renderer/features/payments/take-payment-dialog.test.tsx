import { answerWith, os } from '../../testing/fake-host'
import { useState } from 'react'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { QueryClientProvider } from '@tanstack/react-query'
import { ORPCError } from '@orpc/server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Invoice, Payment } from '../../../src-preload/contract/invoices'
import type { TakePayment } from '../../../src-preload/contract/payments'
import { cents, subtractCents } from '../../../src-preload/contract/money'
import { grantOf, permissions } from '../../../src-preload/contract/permissions'
import type { SessionStatus } from '../../../src-preload/contract/session'
import { listenForKeys } from '../../base/key-bindings'
import { queryClient } from '../../base/query-client'
import { sessionQuery } from '../../base/session'
import { TakePaymentDialog } from './take-payment-dialog'
import { settlePayment } from './unanswered-payments'

const uuid = (last: number): string => `0190f000-0000-7000-8000-00000000000${last}`
const sent: TakePayment[] = []
/** how the next requests end; taken when the list is empty */
let failures: string[] = []
let invoice: Invoice

function book(input: TakePayment): { payment: Payment; invoice: Invoice } {
  const payment: Payment = {
    id: input.paymentId,
    method: input.method,
    status: 'completed',
    amountCents: input.amountCents,
    tenderedCents: input.tenderedCents ?? null,
    changeCents: input.tenderedCents === undefined ? null : subtractCents(input.tenderedCents, input.amountCents),
    roundingCents: input.roundingCents ?? cents(0),
    isFromCredit: input.fromCredit ?? false,
    keptAsCreditCents: input.keptAsCreditCents ?? cents(0),
    checkNumber: input.checkNumber,
    reference: input.reference,
    note: input.note,
    takenAt: '2026-03-08T20:00:00Z',
    businessDate: '2026-03-08',
    refunds: [],
    returns: [],
    refundableCents: cents(0),
    takenByName: 'Olivia Owner',
  }
  const dueCents = subtractCents(invoice.dueCents, input.amountCents)
  invoice = { ...invoice, dueCents, status: dueCents === 0 ? 'paid' : 'partial', payments: [...invoice.payments, payment] }
  return { payment, invoice }
}

let stopKeys: () => void
beforeAll(() => {
  stopKeys = listenForKeys(window)
  answerWith({
    payments: {
      take: os.payments.take.handler(({ input }) => {
        sent.push(input)
        const code = failures.shift()
        if (code === 'LOST_AFTER') {
          book(input)
          throw new ORPCError('INTERNAL_SERVER_ERROR', { message: 'gone' })
        }
        if (code !== undefined) throw new ORPCError(code, { message: `refused: ${code}` })
        return book(input)
      }),
    },
  })
})
afterAll(() => stopKeys())
beforeEach(() => {
  sent.length = 0
  failures = []
  invoice = {
    id: uuid(1),
    number: 'INV-000123',
    status: 'sent',
    orderId: uuid(2),
    orderNumber: 'RO-000123',
    customerId: uuid(3),
    customerName: 'Ada Example',
    carWasSold: false,
    vehicleId: uuid(5),
    vehicleLabel: '2011 Nissan Rogue',
    purchaseOrder: '',
    issueDate: '2026-03-08',
    dueDate: null,
    terms: 'due_on_receipt',
    totalCents: cents(24_405),
    cashRoundingCents: cents(0),
    accountCreditCents: cents(0),
    checkReturnedOn: null,
    taxCents: cents(0),
    taxRateMillionths: null,
    paidCents: cents(0),
    dueCents: cents(24_405),
    jobs: [],
    payments: [],
    creditedCents: cents(0),
    creditNotes: [],
    voidReason: '',
    voidedAt: null,
    nextActions: [],
  }
  const user = { id: uuid(4), role: 'owner', grants: Object.fromEntries(permissions.map((one) => [one, grantOf('owner', one)])) }
  const shop = { id: uuid(5), name: 'Test', timezone: 'UTC' }
  queryClient.setQueryData(sessionQuery.queryKey, { user, shop } as unknown as SessionStatus)
})
afterEach(() => {
  cleanup()
  settlePayment(uuid(1))
  queryClient.clear()
})

function Counter() {
  const [shown, setShown] = useState(invoice)
  const [open, setOpen] = useState(true)
  const load = (): Promise<Invoice> => {
    setShown(invoice)
    return Promise.resolve(invoice)
  }
  return (
    <QueryClientProvider client={queryClient}>
      <button type="button" onClick={() => setOpen(true)}>
        open
      </button>
      <button type="button" onClick={() => void load()}>
        look again
      </button>
      {open && (
        <TakePaymentDialog invoice={shown} onClose={() => setOpen(false)} onInvoice={setShown} refresh={load} onPrint={() => undefined} />
      )}
    </QueryClientProvider>
  )
}

const typing = userEvent.setup({ delay: null })
async function opened(): Promise<void> {
  render(<Counter />)
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Cash'))
}
const press = (keys: string): Promise<void> => typing.keyboard(keys)
const sendAgainReady = (): Promise<void> =>
  waitFor(() => {
    const button = screen.getByRole<HTMLButtonElement>('button', { name: /Send again/ })
    expect(button.disabled).toBe(false)
    expect(document.activeElement).toBe(button)
  })
const ids = (): string[] => sent.map((request) => request.paymentId)

describe('cash', () => {
  it('exact is two keys after the dialog opened; Enter dismisses the change', async () => {
    await opened()
    await press('1{Enter}')
    await screen.findByText('No change')
    expect(sent).toMatchObject([{ method: 'cash', amountCents: 24_405, tenderedCents: 24_405 }])
    await press('{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(sent).toHaveLength(1)
  })

  it('of the next usual amount is one key more, and the change is shown', async () => {
    await opened()
    await press('1{ArrowDown}{ArrowDown}{Enter}')
    await screen.findByText('$5.95')
    expect(sent).toMatchObject([{ amountCents: 24_405, tenderedCents: 25_000 }])
  })

  it('typed replaces what stands there, also after a usual amount was chosen', async () => {
    await opened()
    await press('1{ArrowDown}300{Enter}')
    await screen.findByText('$55.95')
    expect(sent).toMatchObject([{ tenderedCents: 30_000 }])
  })

  it('is not asked for any more when another counter took it meanwhile; Enter closes nothing and sends nothing', async () => {
    await opened()
    await press('1300')
    invoice = { ...invoice, dueCents: cents(0), paidCents: invoice.totalCents, status: 'paid' }
    fireEvent.click(screen.getByText('look again'))
    await screen.findByText(/paid meanwhile, at another counter/)
    await press('{Enter}')
    expect(sent).toEqual([])
    expect(screen.queryByLabelText(/Received/)).toBeNull()
    await press('{Escape}')
    await waitFor(() => expect(screen.queryByText(/paid meanwhile/)).toBeNull())
  })

  it('too little is taken as a part by one key', async () => {
    await opened()
    await press('1200{Alt>}p{/Alt}{Enter}')
    await screen.findByText('$44.05 is still due')
    expect(sent).toMatchObject([{ amountCents: 20_000, tenderedCents: 20_000 }])
  })

  it('too little is not sent; taken as a part, the rest is offered', async () => {
    await opened()
    await press('1200{Enter}')
    expect(sent).toEqual([])
    expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true')
    await typing.click(screen.getByRole('button', { name: 'Take $200.00 as part payment' }))
    await press('{Enter}')
    await screen.findByText('$44.05 is still due')
    expect(sent).toMatchObject([{ amountCents: 20_000, tenderedCents: 20_000 }])
    await press('{Enter}1{Enter}')
    await screen.findByText('Invoice INV-000123 is paid')
    expect(sent[1]).toMatchObject({ amountCents: 4_405 })
    expect(new Set(ids()).size).toBe(2)
  })
})

describe('what is due', () => {
  it('says plainly when it changed meanwhile, and leaves what was typed', async () => {
    await opened()
    await press('2')
    const amount = screen.getByRole<HTMLInputElement>('textbox', { name: /^Amount/ })
    await typing.clear(amount)
    await typing.type(amount, '100')
    invoice = { ...invoice, dueCents: cents(14_405) }
    await typing.click(screen.getByText('look again'))
    await screen.findByText(/was \$244\.05 and is \$144\.05 now/)
    expect(amount.value).toContain('100')
    await typing.click(screen.getByRole('button', { name: 'All right' }))
    expect(screen.queryByText(/was \$244\.05/)).toBeNull()
  })

  it('says nothing of what was taken in this very dialog', async () => {
    await opened()
    await press('2')
    const amount = screen.getByRole('textbox', { name: /^Amount/ })
    await typing.clear(amount)
    await typing.type(amount, '100')
    await typing.type(screen.getByLabelText(/Check number/), '7{Enter}')
    await screen.findByText(/taken\./)
    expect(screen.queryByText(/something was booked/)).toBeNull()
  })
})

describe('the id of a payment', () => {
  it('is another one after a refusal', async () => {
    failures = ['TENDERED_TOO_LITTLE']
    await opened()
    await press('1{Enter}')
    await screen.findByText('refused: TENDERED_TOO_LITTLE')
    await press('{Enter}')
    await screen.findByText('No change')
    expect(new Set(ids()).size).toBe(2)
  })

  it('stays while it is not known what became of the request, with the same facts, also after closing', async () => {
    failures = ['DATABASE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'SCREEN_LOCKED']
    await opened()
    await press('1300{Enter}')
    for (const tries of [1, 2]) {
      await waitFor(() => expect(sent).toHaveLength(tries))
      await sendAgainReady()
      await press('{Enter}')
    }
    await waitFor(() => expect(sent).toHaveLength(3))
    await sendAgainReady()
    await press('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await typing.click(screen.getByText('open'))
    await sendAgainReady()
    await press('{Enter}')
    await screen.findByText('$55.95')
    expect(sent).toHaveLength(4)
    for (const request of sent) expect(request).toEqual(sent[0])
  })

  it('needs no second request when the payment turns up on the invoice', async () => {
    failures = ['LOST_AFTER']
    await opened()
    await press('1300{Enter}')
    await screen.findByText(/no answer came/)
    screen.getByText('look again').click()
    await screen.findByText('$55.95')
    expect(sent).toHaveLength(1)
  })

  it('is another one when starting over, as the invoice does not have the payment', async () => {
    failures = ['INTERNAL_SERVER_ERROR']
    await opened()
    await press('21042{Enter}')
    await typing.click(await screen.findByRole('button', { name: 'Start over' }))
    await waitFor(() => expect(screen.queryByText(/no answer came/)).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/Check number/)))
    await press('{Enter}')
    await screen.findByText('Invoice INV-000123 is paid')
    expect(new Set(ids()).size).toBe(2)
  })

  it('is sent once, however often Enter is pressed', async () => {
    await opened()
    await press('21042')
    const form = screen.getByRole('dialog').querySelector('form')!
    for (let times = 0; times < 3; times++) fireEvent.submit(form)
    await screen.findByText('Invoice INV-000123 is paid')
    expect(sent).toHaveLength(1)
  })
})

describe('account credit', () => {
  it('is there only for who has some: one key and Enter, with as much as there is', async () => {
    await opened()
    expect(screen.queryByRole('button', { name: /Account credit/ })).toBeNull()
    cleanup()
    invoice = { ...invoice, accountCreditCents: cents(4_405) }
    await opened()
    await press('8{Enter}')
    await waitFor(() => expect(sent).toMatchObject([{ method: 'other', fromCredit: true, amountCents: 4_405 }]))
    await screen.findByText(/Account credit \$44\.05 used/)
  })

  it('keeps more than is due on a check, said with a tick', async () => {
    await opened()
    await press('24711')
    fireEvent.change(screen.getByLabelText(/Amount/), { target: { value: '250.00' } })
    await press('{Enter}')
    await screen.findByText(/\$244\.05 is due\. Keep the rest/)
    expect(sent).toEqual([])
    await typing.click(screen.getByLabelText(/Keep \$5\.95 as account credit/))
    await press('{Enter}')
    await screen.findByText(/Check \$250\.00 taken, \$5\.95 of it kept as account credit/)
    expect(sent).toMatchObject([{ method: 'check', amountCents: 24_405, keptAsCreditCents: 595 }])
  })
})
