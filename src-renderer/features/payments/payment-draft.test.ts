import { describe, expect, it } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import { balanceOf, factsOf, mostOf, newDraft, type PaymentDraft, problemsOf } from './payment-draft'

const id = '0190f000-0000-7000-8000-000000000001'
const due = cents(12_345)
const draft = (change: Partial<PaymentDraft> = {}): PaymentDraft => ({ ...newDraft(id, 'cash'), ...change })
const typed = (value: number) => ({ cents: cents(value), valid: true })
const unreadable = { cents: null, valid: false }

describe('a payment that nobody touched', () => {
  it('is all that is due, received exactly', () => {
    expect(factsOf(draft(), due)).toEqual({
      method: 'cash',
      amountCents: 12_345,
      tenderedCents: 12_345,
      checkNumber: '',
      reference: '',
      note: '',
    })
  })

  it('follows what is due when another counter takes a part meanwhile', () => {
    expect(factsOf(draft(), cents(345))).toMatchObject({ amountCents: 345, tenderedCents: 345 })
  })
})

describe('change', () => {
  it('is what was received above the amount; a part leaves the rest due', () => {
    expect(balanceOf(draft({ tendered: typed(20_000) }), due)).toEqual({ kind: 'change', cents: 7_655 })
    expect(factsOf(draft({ amount: typed(5_000), tendered: typed(6_000) }), due)).toMatchObject({
      amountCents: 5_000,
      tenderedCents: 6_000,
    })
  })

  it('is not known while an amount cannot be read', () => {
    expect(balanceOf(draft({ tendered: unreadable }), due)).toBeNull()
    expect(factsOf(draft({ tendered: unreadable }), due)).toBeNull()
  })
})

describe('cash rounded to five cents', () => {
  const rounding = (value: number, change: Partial<PaymentDraft> = {}, dueCents = due) => factsOf(draft(change), dueCents, cents(value))

  it('asks for the rounded cash and books all that is due', () => {
    expect(rounding(2)).toMatchObject({ amountCents: 12_345, tenderedCents: 12_343, roundingCents: 2 })
    expect(rounding(-2)).toMatchObject({ amountCents: 12_345, tenderedCents: 12_347, roundingCents: -2 })
    expect(balanceOf(draft({ tendered: typed(20_000) }), due, cents(2))).toEqual({ kind: 'change', cents: 7_657 })
    expect(problemsOf(draft({ tendered: typed(12_346) }), due, cents(-2))).toHaveProperty('tenderedCents')
  })

  it('leaves a part, another tender and cash to the cent alone', () => {
    expect(rounding(2, { amount: typed(5_000) })).not.toHaveProperty('roundingCents')
    expect(rounding(2, { method: 'check', checkNumber: '1' })).not.toHaveProperty('roundingCents')
    expect(rounding(-2, { tendered: typed(12_345) })).toMatchObject({ tenderedCents: 12_345 })
    expect(rounding(-2, { tendered: typed(12_345) })).not.toHaveProperty('roundingCents')
  })
})

describe('what is refused before it is sent', () => {
  it.each<[string, Partial<PaymentDraft>, string]>([
    ['more than is due', { amount: typed(12_346) }, 'amountCents'],
    ['nothing', { amount: typed(0), tendered: typed(100) }, 'amountCents'],
    ['an amount that cannot be read', { amount: unreadable, tendered: typed(100) }, 'amountCents'],
    ['less cash than the amount', { tendered: typed(12_344) }, 'tenderedCents'],
    ['a check without a number', { method: 'check', checkNumber: '  ' }, 'checkNumber'],
    ['a card taken elsewhere without a reference', { method: 'credit_card' }, 'reference'],
  ])('%s, at its field', (_what, change, field) => {
    expect(Object.keys(problemsOf(draft(change), due))).toEqual([field])
    expect(factsOf(draft(change), due)).toBeNull()
  })
})

it('sends only what belongs to the way to pay, whatever was typed before it was changed', () => {
  const changed = { tendered: typed(1), checkNumber: ' 1042 ', reference: ' T-7 ', note: ' thanks ' }
  expect(factsOf(draft({ ...changed, method: 'check' }), due)).toEqual({
    method: 'check',
    amountCents: 12_345,
    checkNumber: '1042',
    reference: '',
    note: 'thanks',
  })
  expect(factsOf(draft({ ...changed, method: 'ach' }), due)).toMatchObject({ checkNumber: '', reference: 'T-7' })
})

describe('account credit', () => {
  const invoice = { dueCents: due, accountCreditCents: cents(3_000) }

  it('pays as much as there is of it and no more than is due, and is not the way “other”', () => {
    expect(mostOf('account_credit', invoice)).toBe(3_000)
    expect(mostOf('account_credit', { ...invoice, dueCents: cents(100) })).toBe(100)
    expect(mostOf('other', invoice)).toBe(due)
    const facts = factsOf(draft({ method: 'account_credit' }), mostOf('account_credit', invoice))
    expect(facts).toMatchObject({ method: 'other', fromCredit: true, amountCents: 3_000, reference: '' })
    const more = problemsOf(draft({ method: 'account_credit', amount: typed(3_001) }), cents(3_000))
    expect(more).toEqual({ amountCents: 'At most $30.00 can be paid with it.' })
  })

  it('keeps what a check is over beyond what is due, once it is meant', () => {
    const check = { method: 'check' as const, checkNumber: '7', amount: typed(12_500) }
    expect(problemsOf(draft(check), due)).toHaveProperty('amountCents')
    const kept = factsOf(draft({ ...check, keepsExcess: true }), due)
    expect(kept).toMatchObject({ method: 'check', amountCents: 12_345, keptAsCreditCents: 155 })
    expect(factsOf(draft({ ...check, amount: typed(12_345), keepsExcess: true }), due)).not.toHaveProperty('keptAsCreditCents')
    expect(problemsOf(draft({ method: 'ach', reference: 'x', amount: typed(12_500), keepsExcess: true }), due)).toHaveProperty(
      'amountCents',
    )
  })
})
