import { describe, expect, test } from 'vitest'
import { cents, ZERO } from '../../../src-preload/contract/money'
import { OrderStatus } from '../../../src-preload/contract/order-status'
import { grantOf, type Permission, Role } from '../../../src-preload/contract/permissions'
import { nextActions, nextByOthers, nextInvoiceActions } from './next-actions'
import { type OrderFacts, permissionToMove, whyNotMove } from './order-rules'
import { canMove } from './order-states'

const agreed: OrderFacts = {
  status: 'approved',
  subtotalCents: cents(9_500),
  discountCents: ZERO,
  totalCents: cents(10_000),
  authorizedCents: cents(10_000),
  liveLines: 2,
  quotedLines: 0,
  toleranceCents: ZERO,
  unauthorizedCents: ZERO,
  invoice: null,
}
const unpaid = { id: 'i', dueCents: cents(10_000), paidCents: cents(0) }

function offered(facts: Partial<OrderFacts>, role: Role = 'owner', own = false) {
  return nextActions({ ...agreed, ...facts }, { role, isTechnicianOfOrder: own, isCreatorOfOrder: own, isRemovable: true })
}
const names = (facts: Partial<OrderFacts>, role: Role = 'owner', own = false) => offered(facts, role, own).map(({ action }) => action)
const blocked = (facts: Partial<OrderFacts>, action: string) => offered(facts).find((each) => each.action === action)?.blockedBy

describe('what is offered next', () => {
  test.each([
    ['draft', {}, ['send_estimate', 'authorize', 'decline', 'remove']],
    ['estimate', {}, ['authorize', 'decline']],
    ['approved', {}, ['start', 'issue_invoice', 'back_to_estimate', 'decline']],
    ['in_progress', {}, ['complete', 'issue_invoice', 'back_to_estimate']],
    ['completed', {}, ['issue_invoice', 'reopen']],
    ['completed', { invoice: unpaid }, ['take_payment', 'void_invoice', 'close']],
    ['closed', {}, ['reopen']],
    ['declined', {}, ['back_to_estimate']],
  ] as const)('to an owner at %s %o', (status, facts, expected) => {
    expect(names({ ...facts, status })).toEqual(expected)
  })

  test('a new yes is asked for when the total grew or lines are open', () => {
    expect(names({ totalCents: cents(10_001) })[0]).toBe('authorize')
    expect(names({ status: 'in_progress', quotedLines: 1 })[0]).toBe('authorize')
    expect(names({ status: 'completed', quotedLines: 1 })[0]).toBe('authorize')
  })

  test('one cent above the authorized total blocks start, complete and invoice, with the sentence', () => {
    const above = { totalCents: cents(10_001) }
    expect(blocked(above, 'start')).toMatch(/authorized/)
    expect(blocked({ ...above, status: 'in_progress' }, 'complete')).toMatch(/authorized/)
    expect(blocked({ ...above, status: 'completed' }, 'issue_invoice')).toMatch(/authorized/)
    expect(blocked({}, 'start')).toBeNull()
  })

  test('an undecided line blocks completing and invoicing, not starting', () => {
    expect(blocked({ quotedLines: 1 }, 'start')).toBeNull()
    expect(blocked({ status: 'in_progress', quotedLines: 1 }, 'complete')).toMatch(/neither approved nor declined/)
    expect(blocked({ quotedLines: 1 }, 'issue_invoice')).toMatch(/neither approved nor declined/)
  })

  test('an empty draft has nothing to authorize', () => {
    expect(blocked({ status: 'draft', liveLines: 0 }, 'authorize')).toMatch(/nothing on the estimate/)
    expect(blocked({ status: 'draft', liveLines: 0 }, 'send_estimate')).toMatch(/nothing on the estimate/)
  })

  test('what is paid is closed, never voided; a bill of nothing can be voided', () => {
    expect(names({ status: 'completed', invoice: { id: 'i', dueCents: cents(0), paidCents: cents(10_000) } })).toEqual(['close'])
    expect(names({ status: 'completed', invoice: { id: 'i', dueCents: cents(0), paidCents: cents(0) } })).toEqual(['void_invoice', 'close'])
    expect(blocked({ status: 'completed', invoice: { ...unpaid, paidCents: cents(1) } }, 'void_invoice')).toMatch(/payments/)
    expect(blocked({ status: 'completed', invoice: unpaid }, 'close')).toMatch(/not paid/)
  })
})

describe('who is offered what', () => {
  test('the front desk neither works nor completes by invoicing', () => {
    expect(names({}, 'front_desk')).toEqual(['back_to_estimate', 'decline'])
    expect(names({ status: 'completed' }, 'front_desk')).toEqual(['issue_invoice'])
  })

  test('a technician starts and completes the own order only', () => {
    expect(names({}, 'technician', true)).toEqual(['start'])
    expect(names({}, 'technician', false)).toEqual([])
    expect(names({ status: 'in_progress' }, 'technician', true)).toEqual(['complete'])
  })

  test('an advisor reopens and voids with an approval', () => {
    expect(offered({ status: 'closed' }, 'service_advisor')).toEqual([
      { action: 'reopen', to: 'completed', blockedBy: null, needsApproval: true },
    ])
    expect(
      nextInvoiceActions({ ...unpaid, isVoid: false }, 'service_advisor').map(({ action, needsApproval }) => [action, needsApproval]),
    ).toEqual([
      ['take_payment', false],
      ['void_invoice', true],
    ])
  })

  test('the front desk removes only drafts of its own', () => {
    expect(names({ status: 'draft' }, 'front_desk', true)).toContain('remove')
    expect(names({ status: 'draft' }, 'front_desk', false)).not.toContain('remove')
  })

  test('nothing is offered on a void invoice or to a role without the right', () => {
    expect(nextInvoiceActions({ ...unpaid, isVoid: true }, 'owner')).toEqual([])
    expect(nextInvoiceActions({ ...unpaid, isVoid: false }, 'parts_manager')).toEqual([])
  })
})

describe('what somebody else does next', () => {
  const said = (facts: Partial<OrderFacts>, role: Role, own = false) =>
    nextByOthers({ ...agreed, ...facts }, { role, isTechnicianOfOrder: own, isCreatorOfOrder: own, isRemovable: true })
  const due = { status: 'completed', invoice: unpaid } as const
  const paid = { status: 'completed', invoice: { ...unpaid, dueCents: cents(0), paidCents: cents(10_000) } } as const

  test('the front desk hears who works, and nothing where the next step is its own', () => {
    expect(said({}, 'front_desk')).toBe('A technician or an advisor starts the work.')
    expect(said({ status: 'in_progress' }, 'front_desk')).toBe('A technician or an advisor completes the work.')
    expect(said({ quotedLines: 1 }, 'front_desk')).toBeNull()
    for (const status of ['draft', 'estimate', 'completed'] as const) expect(said({ status }, 'front_desk'), status).toBeNull()
    expect(said(due, 'front_desk')).toBeNull()
  })

  test('a technician hears who asks the customer and who bills', () => {
    expect(said({}, 'technician', true)).toBeNull()
    expect(said({ totalCents: cents(10_001) }, 'technician', true)).toMatch(/asks the customer/)
    expect(said({ status: 'completed' }, 'technician', true)).toMatch(/issues the invoice/)
    expect(said({ status: 'completed', lacksPurchaseOrder: true }, 'technician', true)).toMatch(/issues the invoice/)
    expect(said(due, 'technician', true)).toMatch(/takes the payment/)
    expect(said(paid, 'technician', true)).toMatch(/closes the order/)
  })

  test('nobody hears anything of an order that is closed or declined, or who may do it all', () => {
    for (const role of Role.options) {
      expect(said({ status: 'closed', invoice: paid.invoice }, role), role).toBeNull()
      expect(said({ status: 'declined' }, role), role).toBeNull()
    }
    for (const status of OrderStatus.options) expect(said({ status }, 'service_advisor'), status).toBeNull()
  })

  test('the people it names are those whom the matrix lets do it', () => {
    const needs: [Permission, Partial<OrderFacts>][] = [
      ['orders.authorize', { status: 'draft' }],
      ['orders.authorize', { status: 'estimate' }],
      ['orders.work', {}],
      ['orders.work', { status: 'in_progress' }],
      ['invoices.issue', { status: 'completed' }],
      ['payments.take', due],
      ['invoices.issue', paid],
    ]
    const named: [Role, RegExp][] = [
      ['service_advisor', /[Aa]n advisor/],
      ['front_desk', /the front desk/],
      ['technician', /A technician/],
      ['parts_manager', /parts/],
    ]
    for (const [permission, facts] of needs) {
      const sentence = said(facts, 'parts_manager') ?? ''
      for (const [role, name] of named) expect(name.test(sentence), `${permission}: ${sentence}`).toBe(grantOf(role, permission) !== 'no')
    }
  })
})

describe('moves', () => {
  test('whatever the table forbids is refused as WRONG_STATE, for all 49 pairs', () => {
    for (const from of OrderStatus.options) {
      for (const to of OrderStatus.options) {
        const free = whyNotMove({ ...agreed, status: from, totalCents: cents(0) }, to)?.code ?? null
        expect(free, `${from} -> ${to}`).toBe(canMove(from, to) ? null : 'WRONG_STATE')
      }
    }
  })

  test('an offered step is one the table has and its permission is the one the use case asks for', () => {
    for (const status of OrderStatus.options) {
      for (const { action, to } of offered({ status })) {
        if (to === null || action === 'issue_invoice') continue
        expect(canMove(status, to), `${status} -> ${to}`).toBe(true)
      }
    }
    expect(permissionToMove('closed', 'completed')).toBe('orders.reopen')
    expect(permissionToMove('completed', 'in_progress')).toBe('orders.reopen')
    expect(permissionToMove('completed', 'closed')).toBe('invoices.issue')
    expect(permissionToMove('approved', 'in_progress')).toBe('orders.work')
    expect(permissionToMove('declined', 'completed')).toBe('orders.work')
    expect(permissionToMove('estimate', 'declined')).toBe('orders.authorize')
  })

  test('an invoiced order is not reopened into work', () => {
    expect(whyNotMove({ ...agreed, status: 'completed', invoice: unpaid }, 'in_progress')?.code).toBe('ORDER_INVOICED')
  })

  test('back to approved only with a yes that covers the total', () => {
    expect(whyNotMove({ ...agreed, status: 'estimate' }, 'approved')).toBeNull()
    expect(whyNotMove({ ...agreed, status: 'estimate', authorizedCents: cents(9_999) }, 'approved')?.code).toBe('AUTHORIZATION_REQUIRED')
    expect(whyNotMove({ ...agreed, status: 'estimate', liveLines: 0 }, 'approved')?.code).toBe('NOTHING_TO_AUTHORIZE')
  })
})
