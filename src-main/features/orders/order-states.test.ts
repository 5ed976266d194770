import { expect, test } from 'vitest'
import { OrderStatus } from '../../../src-preload/contract/order-status'
import { canMove, linesAreOpen, transitions } from './order-states'

test('every state of the document can be reached from a draft', () => {
  const seen = new Set<OrderStatus>(['draft'])
  for (const from of seen) for (const to of transitions[from]) seen.add(to)
  expect([...seen].toSorted()).toEqual([...OrderStatus.options].toSorted())
})

test('no state is a dead end and none leads to itself', () => {
  for (const status of OrderStatus.options) {
    expect(transitions[status].length).toBeGreaterThan(0)
    expect(canMove(status, status)).toBe(false)
  }
})

test('work is only ever started on what the customer approved, and closed only when it is completed', () => {
  const into = (to: OrderStatus) => OrderStatus.options.filter((from) => canMove(from, to))
  expect(into('in_progress')).toEqual(['approved', 'completed'])
  expect(into('closed')).toEqual(['completed'])
})

test('lines change until an order is closed or declined', () => {
  expect(OrderStatus.options.filter(linesAreOpen)).toEqual(['draft', 'estimate', 'approved', 'in_progress', 'completed'])
})
