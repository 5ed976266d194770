import { describe, expect, it } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import type { OrderInvoice } from '../../../src-preload/contract/orders'
import { contactFor } from './authorization-words'
import { bayChoices, technicianChoices } from './field-choices'
import { editableFields, liveInvoice, whyLinesAreFixed } from './order-desk'
import { logOf } from './order-log'

const invoice = (number: string, status: OrderInvoice['status']): OrderInvoice => ({
  id: number,
  number,
  status,
  totalCents: cents(1),
  paidCents: cents(0),
  dueCents: cents(1),
  issuedAt: '2026-06-01T10:00:00Z',
})

describe('the invoice of an order', () => {
  it('is the one that is not void', () => {
    expect(liveInvoice({ invoices: [invoice('INV-2', 'sent'), invoice('INV-1', 'void')] })?.number).toBe('INV-2')
    expect(liveInvoice({ invoices: [invoice('INV-1', 'void')] })).toBeUndefined()
  })

  it('fixes the lines, as closing and declining do', () => {
    expect(whyLinesAreFixed({ invoices: [invoice('INV-2', 'sent')], status: 'completed' })).toContain('INV-2')
    expect(whyLinesAreFixed({ invoices: [invoice('INV-2', 'void')], status: 'completed' })).toBeUndefined()
    expect(whyLinesAreFixed({ invoices: [], status: 'closed' })).toBeDefined()
    expect(whyLinesAreFixed({ invoices: [], status: 'declined' })).toBeDefined()
  })
})

describe('fields of the head', () => {
  it('are offered as the role may change them', () => {
    const technician = editableFields('technician', 'own', 'own', 'in_progress')
    expect([technician('technicianNotes'), technician('internalNotes'), technician('bayId')]).toEqual([true, false, false])
    const desk = (status: 'estimate' | 'in_progress') => editableFields('front_desk', 'yes', 'limit', status)
    expect([desk('estimate')('bayId'), desk('in_progress')('bayId'), desk('in_progress')('complaint')]).toEqual([true, false, true])
    expect(editableFields('owner', 'yes', 'yes', 'closed')('technicianId')).toBe(false)
  })

  it('keep somebody who left the shop, and name the car in a bay', () => {
    const choices = {
      technicians: [{ id: 't1', name: 'Tara' }],
      bays: [
        { id: 'b1', name: 'Bay 1', occupiedBy: 'RO-7' },
        { id: 'b2', name: 'Bay 2', occupiedBy: 'RO-9' },
      ],
      laborRateCents: cents(1),
      taxable: { labor: false, part: true, fee: true },
    }
    expect(technicianChoices(choices, { id: 'gone', name: 'Tim' }).map(({ label }) => label)).toEqual(['Nobody yet', 'Tara', 'Tim'])
    expect(bayChoices(choices, { id: 'b1', name: 'Bay 1', orderNumber: 'RO-7' }).map(({ label }) => label)).toEqual([
      'No bay yet',
      'Bay 1',
      'Bay 2 (RO-9)',
    ])
  })
})

describe('the authorization', () => {
  it('fills in the number or address that is on file', () => {
    const customer = { phone: '5550100123', email: 'a@demo.invalid' }
    expect(contactFor('phone', customer)).toBe('(555) 010-0123')
    expect(contactFor('email', customer)).toBe('a@demo.invalid')
    expect(contactFor('in_person', customer)).toBe('')
    expect(contactFor('text', { phone: null, email: null })).toBe('')
  })
})

describe('the log', () => {
  it('mixes states and authorizations, the newest first', () => {
    const log = logOf({
      takenOff: [],
      history: [
        { from: null, to: 'draft', at: '2026-06-01T08:00:00Z', byName: 'Olivia', reason: '' },
        { from: 'estimate', to: 'approved', at: '2026-06-01T10:00:01Z', byName: 'Olivia', reason: '' },
      ],
      authorizations: [
        {
          id: 'a',
          estimateVersion: 1,
          authorizedCents: cents(1),
          approvedByName: 'Zoë',
          method: 'phone',
          contact: '',
          note: '',
          authorizedAt: '2026-06-01T10:00:00Z',
          recordedByName: 'Olivia',
        },
      ],
    })
    expect(log.map(({ kind }) => kind)).toEqual(['status', 'authorization', 'status'])
    expect(log[0]).toMatchObject({ event: { to: 'approved' } })
  })
})
