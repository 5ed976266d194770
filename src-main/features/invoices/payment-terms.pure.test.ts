import { expect, test } from 'vitest'
import { dueDateOf, isLongerCredit } from './payment-terms'

test.each([
  ['2026-01-18', 'due_on_receipt', '2026-01-18'],
  ['2026-01-25', 'net_10', '2026-02-04'],
  ['2028-02-28', 'net_10', '2028-03-09'],
  ['2026-12-15', 'net_30', '2027-01-14'],
  ['2026-03-07', 'net_10', '2026-03-17'],
] as const)('a bill of %s, %s, is due on %s', (issued, terms, due) => {
  expect(dueDateOf(issued, terms)).toBe(due)
})

test('more time than usual is a credit, less is not', () => {
  expect(isLongerCredit('net_30', 'net_10')).toBe(true)
  expect(isLongerCredit('due_on_receipt', 'net_10')).toBe(false)
  expect(isLongerCredit('net_10', 'net_10')).toBe(false)
})
