import { describe, expect, it } from 'vitest'
import type { NextAction, OrderInvoice } from '../../../src-preload/contract/orders'
import { shortcuts } from '../../../src-preload/contract/shortcuts'
import { blockedReasons, offeredActions, paymentStep } from './order-actions'
import { lineKeys } from './line-keys'

const next = (action: NextAction['action'], blockedBy: string | null = null, to: NextAction['to'] = null): NextAction => ({
  action,
  to,
  blockedBy,
  needsApproval: false,
})

describe('next actions', () => {
  it('put the first way forward that is possible in colour, and ways back behind', () => {
    const offered = offeredActions({
      nextActions: [next('back_to_estimate'), next('start', 'Too much.'), next('authorize'), next('decline')],
    })
    expect(offered.map(({ word, main }) => [word, main])).toEqual([
      ['Start work', false],
      ['Record authorization', true],
      ['Back to estimate', false],
      ['Customer declines', false],
    ])
  })

  it('have no main one when nothing is possible', () => {
    const offered = offeredActions({ nextActions: [next('start', 'Too much.'), next('decline')] })
    expect(offered.some(({ main }) => main)).toBe(false)
  })

  it('name completing and invoicing in one step as that', () => {
    const offered = offeredActions({ nextActions: [next('issue_invoice', null, 'completed')] })
    expect(offered[0]?.word).toBe('Complete and invoice')
  })

  it('say each reason once, with everything it stops', () => {
    const offered = offeredActions({
      nextActions: [next('start', 'Too much.'), next('issue_invoice', 'Too much.'), next('close', 'Not paid.')],
    })
    expect(blockedReasons(offered)).toEqual([
      { sentence: 'Too much.', words: ['Start work', 'Issue invoice'] },
      { sentence: 'Not paid.', words: ['Close order'] },
    ])
  })

  it('have keys that mean one thing each on the screen', () => {
    const actions: NextAction['action'][] = [
      'send_estimate',
      'authorize',
      'start',
      'complete',
      'issue_invoice',
      'close',
      'reopen',
      'back_to_estimate',
      'decline',
      'void_invoice',
    ]
    const keys = offeredActions({ nextActions: actions.map((action) => next(action)) }).map(({ key }) => key)
    const all = [...keys, ...lineKeys.map((line) => line.keys), ...shortcuts.map((shortcut) => shortcut.keys), 'a', 'x', 'u', 'j', 'Delete']
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('F4', () => {
  const invoice = { status: 'sent' } as OrderInvoice
  it('pays an open invoice, issues one first when that is possible, else does nothing', () => {
    expect(paymentStep({ nextActions: [next('take_payment')], invoices: [invoice] })).toBe('pay')
    expect(paymentStep({ nextActions: [next('issue_invoice')], invoices: [] })).toBe('issue')
    expect(paymentStep({ nextActions: [next('issue_invoice', 'Too much.')], invoices: [] })).toBe('none')
    expect(paymentStep({ nextActions: [next('take_payment', 'Paid.')], invoices: [invoice] })).toBe('none')
  })
})
