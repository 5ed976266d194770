import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Invoice, RefundRequest } from '../../../src-preload/contract/invoices'
import { addCents, type Cents, cents, smallerCents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { uuid7 } from '../../base/uuid7'
import { reading } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { completed, line, newCar } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { getCustomer } from '../customers/get-customer'
import { listAccount } from '../customers/list-account'
import { creditInvoice } from '../invoices/credit-invoice'
import { getInvoice } from '../invoices/get-invoice'
import { issueInvoice } from '../invoices/issue-invoice'
import { dayRevenue } from '../reports/day-revenue'
import { payOutCredit } from './pay-out-credit'
import { returnCheck, undoReturn } from './return-check'
import { takePayment } from './take-payment'

const RUNS = 60
const TOTAL = cents(10_000)

let t: TestDatabase
let owner: Ctx
beforeAll(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterAll(async () => {
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
  await t.close()
})

/** Something somebody does about one of two bills; what is impossible at that moment is left out. */
const step = fc.record({
  does: fc.constantFrom('cash', 'check', 'use', 'credit', 'return', 'undo', 'payOut'),
  bill: fc.nat({ max: 1 }),
  value: fc.integer({ min: 1, max: 9_000 }),
  toCredit: fc.boolean(),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

interface Taken {
  readonly id: string
  readonly kind: 'cash' | 'check' | 'credit'
  readonly amount: Cents
  readonly kept: Cents
  /** what is on the account of it: kept, or given back there */
  brought: Cents
  back: Cents
  /** the return in force, with what it took off the account */
  returned: { id: string; amount: Cents; off: Cents } | null
}

/** The books as they should be, kept without the database. */
class Oracle {
  account: Cents = ZERO
  taken: Cents = ZERO
  refunded: Cents = ZERO
  used: Cents = ZERO
  added: Cents = ZERO
  readonly bills: { readonly id: string; credited: Cents; payments: Taken[] }[] = []

  paid(at: number): Cents {
    const { payments } = this.bills[at]!
    return addCents(...payments.map(({ amount, back, returned }) => subtractCents(subtractCents(amount, back), returned?.amount ?? ZERO)))
  }

  due(at: number): Cents {
    return subtractCents(subtractCents(TOTAL, this.bills[at]!.credited), this.paid(at))
  }

  put(amount: Cents): void {
    this.account = addCents(this.account, amount)
    this.added = addCents(this.added, amount)
  }
}

const detail = { checkNumber: '', reference: '', note: '' }
const least = (...values: Cents[]): Cents => values.reduce((one, other) => smallerCents(one, other))
const negative = (value: Cents): Cents => subtractCents(ZERO, value)

async function take(books: Oracle, { does, bill, value }: Step): Promise<void> {
  const due = books.due(bill)
  const amount = does === 'check' ? due : does === 'use' ? least(due, books.account, cents(value)) : least(due, cents(value))
  if (amount <= 0) return
  const { id: invoiceId, payments } = books.bills[bill]!
  const [id, kept] = [uuid7(), does === 'check' ? cents(value) : ZERO]
  const facts = { ...detail, paymentId: id, invoiceId, amountCents: amount }
  if (does === 'use') await takePayment(owner, { ...facts, method: 'other', fromCredit: true })
  else if (does === 'check') await takePayment(owner, { ...facts, method: 'check', checkNumber: '7', keptAsCreditCents: kept })
  else await takePayment(owner, { ...facts, method: 'cash' })
  payments.push({
    id,
    kind: does === 'use' ? 'credit' : does === 'check' ? 'check' : 'cash',
    amount,
    kept,
    brought: kept,
    back: ZERO,
    returned: null,
  })
  if (does === 'use') {
    books.account = subtractCents(books.account, amount)
    books.used = addCents(books.used, amount)
  } else {
    books.taken = addCents(books.taken, amount, kept)
    books.put(kept)
  }
}

async function credit(books: Oracle, { bill, value, toCredit }: Step): Promise<void> {
  const one = books.bills[bill]!
  const amount = least(cents(value), subtractCents(TOTAL, one.credited))
  if (amount <= 0) return
  let owed = subtractCents(amount, least(amount, books.due(bill)))
  const refunds: RefundRequest[] = []
  for (const payment of one.payments) {
    const left = payment.returned ? ZERO : subtractCents(payment.amount, payment.back)
    const back = least(left, owed)
    if (back <= 0) continue
    owed = subtractCents(owed, back)
    refunds.push({ refundId: uuid7(), paymentId: payment.id, amountCents: back, toCredit, checkNumber: '9', reference: '' })
    payment.back = addCents(payment.back, back)
    if (toCredit) payment.brought = addCents(payment.brought, back)
    if (toCredit || payment.kind === 'credit') books.put(back)
    else books.refunded = subtractCents(books.refunded, back)
  }
  one.credited = addCents(one.credited, amount)
  const of = { kind: 'amount' as const, amountCents: amount }
  const facts = { creditNoteId: uuid7(), invoiceId: one.id, credit: of, totalCents: amount, refunds, reason: 'Goodwill' }
  await creditInvoice(owner, facts)
}

async function comesBack(books: Oracle, { does, bill }: Step): Promise<void> {
  const { payments, id: invoiceId } = books.bills[bill]!
  const payment = payments.find(({ kind, returned }) => kind === 'check' && (returned !== null) === (does === 'undo'))
  if (!payment) return
  const face = addCents(payment.amount, payment.kept)
  if (does === 'return') {
    const { businessDate } = (await getInvoice(owner, { invoiceId })).payments.find(({ id }) => id === payment.id)!
    const [id, off] = [uuid7(), least(payment.brought, books.account)]
    await returnCheck(owner, { returnId: id, paymentId: payment.id, returnedOn: businessDate, reason: 'No funds' })
    payment.returned = { id, amount: subtractCents(payment.amount, payment.back), off }
    books.refunded = subtractCents(books.refunded, face)
    books.put(negative(off))
  } else if (payment.returned && books.due(bill) >= payment.returned.amount) {
    await undoReturn(owner, { undoId: uuid7(), returnId: payment.returned.id, reason: 'Paid after all' })
    books.refunded = addCents(books.refunded, face)
    books.put(payment.returned.off)
    payment.returned = null
  }
}

async function payOut(books: Oracle, { value }: Step, { customerId }: Customer): Promise<void> {
  const amount = least(books.account, cents(value))
  if (amount <= 0) return
  const facts = { payoutId: uuid7(), customerId, amountCents: amount, reason: 'Wants it back', checkNumber: '', reference: '' }
  await payOutCredit(owner, { ...facts, method: 'cash' })
  books.account = subtractCents(books.account, amount)
  books.refunded = subtractCents(books.refunded, amount)
}

type Customer = Awaited<ReturnType<typeof newCar>>

const doIt = { cash: take, check: take, use: take, credit, return: comesBack, undo: comesBack, payOut } as const

async function issued(car: Customer): Promise<Invoice> {
  const order = await completed(t, owner, [line({ unitPriceCents: TOTAL })], car)
  return issueInvoice(owner, { invoiceId: uuid7(), orderId: order.id, completeWork: false })
}

test('whatever is done in whatever order: bills, account and day come to what was done', { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
    const [car, books] = [await newCar(t), new Oracle()]
    const invoices = [await issued(car), await issued(car)]
    books.bills.push(...invoices.map(({ id }) => ({ id, credited: ZERO, payments: [] })))
    const day = invoices[0]!.issueDate
    const before = await dayRevenue(owner, { day })
    for (const one of steps) await doIt[one.does](books, one, car)
    for (const [at, { id: invoiceId, credited }] of books.bills.entries()) {
      const expected = { dueCents: books.due(at), paidCents: books.paid(at), creditedCents: credited, accountCreditCents: books.account }
      expect(await getInvoice(owner, { invoiceId })).toMatchObject(expected)
    }
    expect((await getCustomer(owner, car)).accountCreditCents).toBe(books.account)
    const entries = await listAccount(owner, car)
    expect(addCents(...entries.map(({ amountCents }) => amountCents))).toBe(books.account)
    const after = await dayRevenue(owner, { day })
    const grown = (name: 'totalCents' | 'refundedCents' | 'creditUsedCents' | 'creditAddedCents') => after[name] - before[name]
    expect([grown('totalCents'), grown('refundedCents')]).toEqual([books.taken, books.refunded])
    expect([grown('creditUsedCents'), grown('creditAddedCents')]).toEqual([books.used, books.added])
  })
  await fc.assert(property, { numRuns: RUNS })
})
