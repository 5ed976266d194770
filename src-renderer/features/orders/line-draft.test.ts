import { describe, expect, it } from 'vitest'
import { cents, type Cents, type Hundredths } from '../../../src-preload/contract/money'
import { NewLine } from '../../../src-preload/contract/orders'
import { newId } from '../../base/new-id'
import { newDraft, nextField, problemsOf, toNewLine, withDescription, withPart, withType } from './line-draft'

const shop = { laborRateCents: cents(13_500), taxable: { labor: false, part: true, fee: true } }
const pads = {
  id: newId(),
  partNumber: 'BRK-PADF',
  description: 'Front brake pads',
  manufacturer: 'Anchor',
  priceCents: cents(8995),
  costCents: cents(3800),
  onHandHundredths: 700,
  location: 'A6',
}

describe('a line while it is typed', () => {
  it('starts labor at the rate of the shop, untaxed as the shop says, and everything else without a price', () => {
    expect(newDraft(newId(), 'labor', shop)).toMatchObject({ unitPriceCents: 13_500, quantityHundredths: 100, taxable: false })
    expect(newDraft(newId(), 'part', shop)).toMatchObject({ unitPriceCents: null, taxable: true, partCondition: 'new' })
    expect(newDraft(newId(), 'fee', shop)).toMatchObject({ unitPriceCents: null, taxable: true, partCondition: null })
  })

  it('lowers the tax by a discount only where everything is taxed', () => {
    expect(newDraft(newId(), 'discount', shop).taxable).toBe(false)
    expect(newDraft(newId(), 'discount', { ...shop, taxable: { labor: true, part: true, fee: true } }).taxable).toBe(true)
  })

  it('takes number, price, cost and the tie to the inventory from a part, and loses the tie with another text', () => {
    const chosen = withPart(newDraft(newId(), 'part', shop), pads)
    expect(chosen).toMatchObject({ partNumber: 'BRK-PADF', unitPriceCents: 8995, costCents: 3800, inventoryItemId: pads.id })
    const typedOver = withDescription(chosen, 'Rear brake pads')
    expect(typedOver).toMatchObject({
      description: 'Rear brake pads',
      inventoryItemId: null,
      partNumber: '',
      costCents: null,
      unitPriceCents: 8995,
    })
  })

  it('keeps what was typed when the kind changes, but not the hourly rate as the price of a part', () => {
    const labor = { ...newDraft(newId(), 'labor', shop), description: 'Hose', quantityHundredths: 150 as Hundredths }
    const part = withType(labor, 'part', shop)
    expect(part).toMatchObject({ lineId: labor.lineId, description: 'Hose', quantityHundredths: 150, unitPriceCents: null, taxable: true })
    expect(withType({ ...part, unitPriceCents: cents(500) }, 'fee', shop)).toMatchObject({ unitPriceCents: 500, partCondition: null })
  })

  it('says at each field what is missing, and sends nothing before', () => {
    const empty = newDraft(newId(), 'part', shop)
    expect(Object.keys(problemsOf({ ...empty, quantityHundredths: null }))).toEqual(['description', 'quantityHundredths', 'unitPriceCents'])
    expect(toNewLine(empty, null)).toBeUndefined()
    const discount = { ...newDraft(newId(), 'discount', shop), description: 'Regular', unitPriceCents: cents(1234) }
    expect(problemsOf(discount)).toHaveProperty('reason')
    expect(toNewLine(discount, null)).toBeUndefined()
  })

  it('becomes exactly what the contract takes', () => {
    const draft = withPart(newDraft(newId(), 'part', shop), pads)
    const line = toNewLine({ ...draft, unitPriceCents: 0 as Cents }, newId())
    expect(NewLine.parse(line)).toEqual(line)
  })

  it('is one amount when it becomes a discount, however many stood there, or nothing readable', () => {
    const part = { ...newDraft(newId(), 'part', shop), quantityHundredths: 400 as Hundredths }
    expect(withType(part, 'discount', shop)).toMatchObject({ quantityHundredths: 100, unreadable: {} })
    const odd = { ...part, quantityHundredths: null, unreadable: { quantityHundredths: 'four', unitPriceCents: 'x' } }
    expect(withType(odd, 'discount', shop)).toMatchObject({ quantityHundredths: 100, unreadable: { unitPriceCents: 'x' } })
    expect(withType(odd, 'labor', shop)).toMatchObject({ quantityHundredths: null, unreadable: { quantityHundredths: 'four' } })
  })

  it('goes with Enter from field to field; the last one adds the line', () => {
    expect(nextField({ type: 'labor' }, 'description')).toBe('quantityHundredths')
    expect(nextField({ type: 'labor' }, 'quantityHundredths')).toBe('unitPriceCents')
    expect(nextField({ type: 'labor' }, 'unitPriceCents')).toBeUndefined()
    expect(nextField({ type: 'discount' }, 'description')).toBe('unitPriceCents')
    expect(nextField({ type: 'discount' }, 'unitPriceCents')).toBe('reason')
    expect(nextField({ type: 'discount' }, 'reason')).toBeUndefined()
  })
})
