import { describe, expect, test } from 'vitest'
import { cents } from '../../../src-preload/contract/money'
import type { LineFields } from '../../../src-preload/contract/orders'
import type { Role } from '../../../src-preload/contract/permissions'
import { ShopSettings } from '../../../src-preload/contract/shop'
import { approvalForDiscount, approvalForPrice, assertMayTouch, discountLimit, tidyLine } from './line-rules'

const { limits } = ShopSettings.parse({})
const prices = {
  laborRateCents: cents(12_000),
  parts: new Map([['filter', { priceCents: cents(2_500), costCents: cents(1_000) }]]),
}
type Priced = Parameters<typeof approvalForPrice>[1]
const labor = (price: number): Priced => ({
  type: 'labor',
  description: 'Work',
  unitPriceCents: cents(price),
  costCents: null,
  inventoryItemId: null,
})
const filter = (price: number): Priced => ({ ...labor(price), type: 'part', inventoryItemId: 'filter' })
const special = (price: number, cost: number | null = null): Priced => ({
  ...labor(price),
  type: 'part',
  costCents: cost === null ? null : cents(cost),
})
const fee = (price: number): Priced => ({ ...labor(price), type: 'fee' })
const wanted = (role: Role, line: Priced) => approvalForPrice(role, line, prices, limits)?.permission ?? null

describe('prices', () => {
  test("the shop's own price needs nobody", () => {
    for (const role of ['owner', 'service_advisor', 'front_desk', 'parts_manager'] as const) {
      expect(wanted(role, labor(12_000))).toBeNull()
      expect(wanted(role, filter(2_500))).toBeNull()
    }
  })

  test('an advisor moves ten percent either way, one cent more needs an approval', () => {
    expect(wanted('service_advisor', labor(10_800))).toBeNull()
    expect(wanted('service_advisor', labor(13_200))).toBeNull()
    expect(wanted('service_advisor', labor(10_799))).toBe('orders.price_override')
    expect(wanted('service_advisor', labor(13_201))).toBe('orders.price_override')
    expect(wanted('parts_manager', filter(2_250))).toBeNull()
    expect(wanted('parts_manager', filter(2_249))).toBe('orders.price_override')
  })

  test('the front desk sells at the list price only, and nothing without one', () => {
    expect(wanted('front_desk', filter(2_501))).toBe('orders.price_override')
    expect(wanted('front_desk', labor(11_999))).toBe('orders.price_override')
    expect(wanted('front_desk', fee(500))).toBe('orders.lines')
    expect(wanted('front_desk', special(500))).toBe('orders.lines')
  })

  test('below cost always needs an approval, except by the owner', () => {
    const cheap = new Map([['filter', { priceCents: cents(1_050), costCents: cents(1_000) }]])
    const verdict = (role: Role) => approvalForPrice(role, filter(999), { ...prices, parts: cheap }, limits)?.permission ?? null
    expect(verdict('service_advisor')).toBe('orders.price_override')
    expect(verdict('parts_manager')).toBe('orders.price_override')
    expect(verdict('owner')).toBeNull()
    expect(wanted('service_advisor', special(400, 500))).toBe('orders.price_override')
    expect(wanted('service_advisor', special(600, 500))).toBeNull()
  })

  test('an advisor prices fees and parts that are not on the shelf', () => {
    expect(wanted('service_advisor', fee(500))).toBeNull()
    expect(wanted('service_advisor', special(500))).toBeNull()
  })
})

describe('discounts', () => {
  test('the smaller of amount and share is the limit', () => {
    expect(discountLimit('owner', cents(100_000), limits)).toBeNull()
    expect(discountLimit('service_advisor', cents(50_000), limits)).toBe(5_000)
    expect(discountLimit('service_advisor', cents(500_000), limits)).toBe(10_000)
    expect(discountLimit('front_desk', cents(20_000), limits)).toBe(1_000)
    expect(discountLimit('front_desk', cents(500_000), limits)).toBe(2_500)
  })

  test('one cent above the limit needs an approval', () => {
    expect(approvalForDiscount('service_advisor', cents(5_000), cents(50_000), limits)).toBeNull()
    expect(approvalForDiscount('service_advisor', cents(5_001), cents(50_000), limits)?.permission).toBe('orders.discount')
    expect(approvalForDiscount('owner', cents(50_000), cents(50_000), limits)).toBeNull()
  })
})

describe('kinds of line', () => {
  test.each([
    ['parts_manager', ['part']],
    ['owner', ['labor', 'part', 'fee', 'discount']],
    ['service_advisor', ['labor', 'part', 'fee', 'discount']],
    ['front_desk', ['labor', 'part', 'fee', 'discount']],
  ] as const)('a %s touches %o', (role, allowed) => {
    const kinds = ['labor', 'part', 'fee', 'discount'] as const
    const passes = kinds.filter((kind) => {
      try {
        assertMayTouch(role, kind)
        return true
      } catch {
        return false
      }
    })
    expect(passes).toEqual(allowed)
  })

  test('only a part keeps what only a part has', () => {
    const full: Pick<LineFields, 'type' | 'partNumber' | 'partCondition' | 'inventoryItemId'> = {
      type: 'part',
      partNumber: 'P-1',
      partCondition: 'used',
      inventoryItemId: 'filter',
    }
    expect(tidyLine(full)).toEqual(full)
    expect(tidyLine({ ...full, type: 'fee' })).toEqual({ type: 'fee', partNumber: '', partCondition: null, inventoryItemId: null })
  })
})
