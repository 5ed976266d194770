import { describe, expect, it } from 'vitest'
import type { Order } from '../../../src-preload/contract/orders'
import { sampleId, sampleOrder } from './order-sample'
import { firstToAsk, peopleToAsk, personOf } from './people-to-ask'

const person = (n: number, name: string, role: Order['customer']['contacts'][number]['role'], phone = '') => ({
  id: sampleId(n),
  name,
  role,
  phone,
  email: '',
  deletedAt: null,
})
const driver = person(81, 'Dora Driver', 'driver', '(555) 010-0181')
const approver = person(82, 'Ada Approver', 'approver', '(555) 010-0182')
const gone = { ...person(83, 'Gus Gone', 'approver'), deletedAt: '2026-01-01T00:00:00Z' }
const orderOf = (contacts: Order['customer']['contacts'], approverContactId: string | null = null): Order => ({
  ...sampleOrder,
  approverContactId,
  customer: { ...sampleOrder.customer, contacts },
})

describe('who is asked for the yes', () => {
  it('is whoever the order names, else who approves for the account, else the customer', () => {
    expect(firstToAsk(orderOf([driver, approver], driver.id))).toBe(driver)
    expect(firstToAsk(orderOf([driver, approver]))).toBe(approver)
    expect(firstToAsk(orderOf([driver]))).toBeUndefined()
  })

  it('is nobody who was removed', () => {
    expect(peopleToAsk({ contacts: [gone, driver] })).toEqual([driver])
    expect(firstToAsk(orderOf([gone, driver], gone.id))).toBeUndefined()
  })

  it('is reached at their own number, else at the customer’s', () => {
    const { customer } = orderOf([approver, { ...driver, phone: '' }])
    expect(personOf('Ada Approver', customer).phone).toBe('(555) 010-0182')
    expect(personOf('Dora Driver', customer).phone).toBe(customer.phone)
    expect(personOf('Somebody else', customer)).toEqual({ phone: customer.phone, email: customer.email })
  })
})
