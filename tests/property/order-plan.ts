import fc from 'fast-check'
import type { Tender } from './oracle-credit'
import { type Kind, price, quantity } from './shop-plan'

export interface LinePlan {
  readonly kind: Kind
  readonly hundredths: number
  /** at the price of the shop's rules where there is one, else at this one */
  readonly byRule: boolean
  readonly cents: number
  /** a part's place in the inventory */
  readonly stock: number | null
  readonly taxable: boolean
}

/** A quoted line, chosen among those that there are, is changed or goes. */
export interface ChangePlan {
  readonly at: number
  readonly what: 'quantity' | 'price' | 'tax' | 'remove'
  readonly hundredths: number
  readonly cents: number
}

export interface DiscountPlan {
  /** of a job, or of the whole order */
  readonly job: number | null
  readonly way: 'percent' | 'amount'
  /** of what it is taken off */
  readonly millionths: number
  readonly taxable: boolean
}

export interface CreditPlan {
  readonly kind: 'lines' | 'amount' | 'rest'
  readonly at: number
  readonly lines: number
  /** how much of a line or of what is left, of a thousand */
  readonly share: number
}

/** What happens to one order from check-in to its last refund. Shares are of what there is when their step comes. */
export interface OrderPlan {
  readonly shop: number
  readonly isExempt: boolean
  readonly rates: { readonly customer: boolean; readonly vehicle: boolean; readonly order: boolean }
  readonly jobs: readonly (readonly LinePlan[])[]
  readonly loose: readonly LinePlan[]
  /** the first job comes with the check-in */
  readonly atOnce: boolean
  readonly canned: { readonly which: number; readonly optional: number } | null
  readonly changes: readonly ChangePlan[]
  /** before the customer is asked: a job, or a line of it */
  readonly declines: readonly { readonly at: number; readonly wholeJob: boolean }[]
  readonly discounts: readonly DiscountPlan[]
  /** out the door: so many thousandths of the total */
  readonly door: number | null
  /** a no to the last job in the same breath as the yes */
  readonly declinesWithYes: boolean
  /** work that is found later and agreed to by another yes */
  readonly later: readonly LinePlan[]
  readonly stepByStep: boolean
  readonly payments: readonly { readonly method: Tender; readonly share: number; readonly over: number }[]
  /** the estimate's paper is read too */
  readonly printsEstimate: boolean
  readonly end: 'nothing' | 'credits' | 'void'
  readonly credits: readonly CreditPlan[]
}

const line: fc.Arbitrary<LinePlan> = fc
  .record({
    kind: fc.constantFrom<Kind>('labor', 'part', 'part', 'fee'),
    hundredths: quantity,
    byRule: fc.boolean(),
    cents: price,
    stock: fc.option(fc.nat(4), { freq: 2 }),
    taxable: fc.boolean(),
  })
  .map((each) => ({ ...each, stock: each.kind === 'part' ? each.stock : null }))

/** Once in so many. */
const oneIn = (times: number): fc.Arbitrary<boolean> => fc.nat(times - 1).map((at) => at === 0)
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | null> =>
  fc.tuple(oneIn(times), arbitrary).map(([is, value]) => (is ? value : null))
const share = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 1_000 }) }, fc.constantFrom(1, 333, 500, 999, 1_000))
/** Most who pay, pay what is due. */
const paidShare = fc.oneof(share, { weight: 2, arbitrary: fc.constant(1_000) })
const TENDERS: readonly Tender[] = ['cash', 'cash', 'cash', 'check', 'credit_card', 'debit_card', 'ach', 'financing', 'other']

/** @param shops how many shops there are to choose from */
export const anyOrder = (shops: number): fc.Arbitrary<OrderPlan> =>
  fc.record({
    shop: fc.nat(shops - 1),
    isExempt: oneIn(6),
    rates: fc.record({ customer: fc.boolean(), vehicle: fc.boolean(), order: fc.boolean() }),
    jobs: fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    loose: fc.array(line, { maxLength: 2 }),
    atOnce: fc.boolean(),
    canned: sometimes(fc.record({ which: fc.nat(1), optional: fc.nat(15) }), 2),
    changes: fc.array(
      fc.record({
        at: fc.nat(20),
        what: fc.constantFrom('quantity' as const, 'price' as const, 'tax' as const, 'remove' as const),
        hundredths: quantity,
        cents: price,
      }),
      { maxLength: 2 },
    ),
    declines: fc.array(fc.record({ at: fc.nat(20), wholeJob: fc.boolean() }), { maxLength: 1 }),
    discounts: fc.array(
      fc.record({
        job: sometimes(fc.nat(3), 2),
        way: fc.constantFrom('percent' as const, 'amount' as const),
        millionths: fc.oneof(fc.integer({ min: 1, max: 400_000 }), fc.constantFrom(50_000, 100_000, 333_333)),
        taxable: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    door: sometimes(fc.integer({ min: 600, max: 999 }), 4),
    declinesWithYes: oneIn(4),
    later: fc.array(line, { maxLength: 1 }),
    stepByStep: fc.boolean(),
    payments: fc.array(fc.record({ method: fc.constantFrom(...TENDERS), share: paidShare, over: fc.nat(3_000) }), { maxLength: 3 }),
    printsEstimate: oneIn(3),
    end: fc.constantFrom('nothing' as const, 'credits' as const, 'credits' as const, 'credits' as const, 'void' as const),
    credits: fc.array(
      fc.record({
        kind: fc.constantFrom('lines' as const, 'lines' as const, 'amount' as const, 'rest' as const),
        at: fc.nat(20),
        lines: fc.integer({ min: 1, max: 3 }),
        share,
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
