import type { Approval } from '../../../src-preload/contract/call'
import type { LineEdit, LineFields, Order } from '../../../src-preload/contract/orders'
import { tidyTerms } from '../../../src-preload/contract/line-terms'
import { addCents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import type { PriceSource } from '../../../src-preload/contract/pricing'
import { AppError, invalidField } from '../../base/app-error'
import { inTransaction, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { assertLineForm } from '../pricing/fee-form'
import { assertLineSize } from '../pricing/line-size'
import { rulePrice, sourceOf, withQuantityOf } from '../pricing/price-source'
import {
  amountOf,
  approverOfDiscount,
  assertDiscountFits,
  type LineApproval,
  listPrices,
  loadPrices,
  needsNoPrices,
  NOTHING,
  obtain,
} from './approve-lines'
import { type Bind, centsColumn, type Edit, guardedEdit, hundredthsColumn, plainColumn, textColumn } from '../../database/guarded-edit'
import { followFees } from './follow-fees'
import { type EditedLine, findEditedLine, noteDiscounts } from './line-queries'
import {
  approvalForDiscount,
  approvalForLess,
  approvalForNoTax,
  approvalForPrice,
  assertMayTouch,
  type ListPrices,
  lowersBill,
  tidyLine,
} from './line-rules'
import { floorOf } from './line-floor'
import { loadOrder, lockOrder } from './load-order'
import { enforce, whyNotChangeLines, whyNotTakeOff } from './order-rules'

interface Input {
  lineId: string
  was: Edit<LineEdit>
  now: Edit<LineEdit>
  reason: string
  approval?: Approval | undefined
}

const columns = {
  type: plainColumn('type', 'line_item_type'),
  description: plainColumn('description', 'text'),
  partNumber: textColumn('part_number'),
  quantityHundredths: hundredthsColumn('quantity'),
  unitPriceCents: centsColumn('unit_price'),
  costCents: centsColumn('cost'),
  taxable: plainColumn('taxable', 'boolean'),
  partCondition: plainColumn('part_condition', 'text'),
  inventoryItemId: plainColumn('inventory_item_id', 'uuid'),
  terms: plainColumn('terms', 'jsonb'),
} as const

const PRICED = [
  'type',
  'quantityHundredths',
  'unitPriceCents',
  'costCents',
  'inventoryItemId',
] as const satisfies readonly (keyof LineFields)[]

/** Fields that stay with a part: not stored once another counter made something else of it. */
const PART_ONLY = ['partNumber', 'partCondition', 'inventoryItemId'] as const satisfies readonly (keyof LineFields)[]

/** What the approval of an edit depends on. */
const JUDGED = [...PRICED, 'taxable', 'status', 'agreedCents'] as const
/** Of these, what everybody who edits lines may see. */
const JUDGED_SHOWN = ['type', 'quantityHundredths', 'unitPriceCents', 'taxable', 'inventoryItemId'] as const

/**
 * Changes fields of a line, each only while it still is what the clerk saw.
 * @throws NOT_FOUND, EDIT_CONFLICT, ORDER_INVOICED, WRONG_STATE, FORBIDDEN, INVALID_INPUT, APPROVAL_REQUIRED
 */
export async function updateLine(ctx: Ctx, input: Input): Promise<Order> {
  const before = await findEditedLine(reading(ctx.db), ctx.shopId, input.lineId)
  if (!before) throw new AppError('NOT_FOUND')
  const after: EditedLine = tidyLine({ ...before, ...defined(input.now) })
  const approval = await approveEdit(ctx, input, before, after)
  return inTransaction('orders.updateLine', ctx, async (tx) => {
    const order = await lockOrder(tx, ctx, { by: 'line', id: input.lineId })
    enforce(whyNotChangeLines(order))
    if (!needsNoPrices(ctx)) await assertStillJudged(tx, ctx, input.lineId, before)
    if (before.status === 'completed' && lowersBill(before, after)) enforce(whyNotTakeOff(order, ctx.user.role))
    const ofPart = PART_ONLY.some((field) => input.now[field] !== undefined) ? { type: before.type } : {}
    await guardedEdit(tx, {
      table: 'line_items',
      columns,
      shopId: ctx.shopId,
      id: input.lineId,
      was: { ...ofPart, ...input.was },
      now: { ...ofPart, ...tidyNow(input, after) },
      also: followers(input, approval.sources.get(input.lineId)),
    })
    await followFees(tx, ctx, order)
    const discounts = after.type === 'discount' && changesPrice(input)
    const result = await loadOrder(tx, ctx, order.id)
    if (discounts) {
      assertDiscountFits(ctx, result, approval)
      const discount = { lineId: input.lineId, amountCents: amountOf(after), reason: input.reason }
      await noteDiscounts(tx, ctx.shopId, result, approverOfDiscount(approval), [discount])
    }
    return result
  })
}

/** The limits were held against a reading before the lock: two edits that each pass alone must not pass together. */
async function assertStillJudged(tx: Tx, ctx: Ctx, lineId: string, before: EditedLine): Promise<void> {
  const now = await findEditedLine(tx, ctx.shopId, lineId)
  if (!now) throw new AppError('NOT_FOUND')
  if (JUDGED.some((field) => now[field] !== before[field]) || floorOf(ctx, now) !== floorOf(ctx, before))
    throw new AppError('EDIT_CONFLICT', { current: Object.fromEntries(JUDGED_SHOWN.map((field) => [field, now[field]])) })
}

async function approveEdit(ctx: Ctx, input: Input, before: EditedLine, after: EditedLine): Promise<LineApproval> {
  const { role } = ctx.user
  assertMayTouch(role, before.type)
  assertMayTouch(role, after.type)
  if (input.now.costCents !== undefined && grantOf(role, 'costs.see') !== 'yes') throw new AppError('FORBIDDEN')
  if (after.type === 'discount' && changesPrice(input) && input.reason === '')
    throw invalidField('reason', 'Say why this discount is given.')
  assertLineSize(after)
  // A line that stands keeps its words until the bill is made, also when the shop's state changes.
  if (input.now.description !== undefined || input.now.type !== undefined) assertLineForm(ctx, after, 'description')
  const isExchanged = after.type !== before.type || after.inventoryItemId !== before.inventoryItemId
  const needsNone = needsNoPrices(ctx)
  if (needsNone && !isExchanged) return NOTHING
  const facts = changesPrice(input) ? await loadPrices(ctx, after.inventoryItemId ? [after.inventoryItemId] : [], before.orderId) : null
  // What no rule has a price for is held against the price that it had before it was exchanged.
  const source = isExchanged && facts && rulePrice(after, facts) ? withQuantityOf(before, sourceOf(after, facts)) : null
  const sources = source ? new Map([[input.lineId, source]]) : NOTHING.sources
  if (needsNone) return { ...NOTHING, sources }
  const { limits, taxable } = ctx.shop.settings
  const changesTax = input.now.taxable !== undefined || input.now.type !== undefined
  const wanted = [changesTax ? approvalForNoTax(role, after, taxable, before) : null]
  if (!facts) return obtain(ctx, wanted, input.approval, before.orderId)
  const prices = source ? listPrices(facts) : ownPrices(listPrices(facts), before, after)
  const floor = floorOf(ctx, before)
  // A fee that is called something else has left the order as a fee.
  const isGone = after.type === 'discount' || (floor !== null && before.type === 'fee' && after.type !== 'fee')
  const pays = isGone ? ZERO : amountOf(after)
  wanted.push(approvalForPrice(role, after, prices, limits), approvalForLess(role, before, floor, pays, limits))
  if (after.type === 'discount') {
    const others = facts.order ?? { subtotalCents: ZERO, discountCents: ZERO }
    const counted = before.type === 'discount' && before.status !== 'declined' ? before.totalCents : ZERO
    const discountCents = addCents(subtractCents(others.discountCents, counted), amountOf(after))
    wanted.push(approvalForDiscount(role, discountCents, others.subtotalCents, limits))
  }
  return { ...(await obtain(ctx, wanted, input.approval, before.orderId)), sources }
}

/** A line that stands is held against the shop's price of the day it was made: a list that changed since changes nothing about it. */
function ownPrices(prices: ListPrices, before: EditedLine, after: EditedLine): ListPrices {
  const { listPriceCents } = before
  const { inventoryItemId } = after
  if (listPriceCents === null || after.type !== before.type) return prices
  if (before.type === 'labor') return { ...prices, laborRateCents: listPriceCents }
  const stocked = inventoryItemId === null ? undefined : prices.parts.get(inventoryItemId)
  if (!stocked || inventoryItemId === null) return { ...prices, byCost: () => listPriceCents }
  return { ...prices, parts: new Map([[inventoryItemId, { ...stocked, priceCents: listPriceCents }]]) }
}

function changesPrice({ now }: Input): boolean {
  return PRICED.some((field) => now[field] !== undefined)
}

/** What only a part has goes when the line becomes something else; hours of labor follow type and quantity; another part has its own rule. */
function followers({ now }: Input, source: PriceSource | undefined): (bind: Bind) => string[] {
  return (bind) => {
    const also = source ? [`price_source = ${bind(JSON.stringify(source), 'jsonb')}`] : []
    if (now.type !== undefined || now.quantityHundredths !== undefined) {
      const type = now.type === undefined ? 'type' : bind(now.type, 'line_item_type')
      const quantity = now.quantityHundredths === undefined ? 'quantity' : `from_hundredths(${bind(now.quantityHundredths, 'bigint')})`
      also.push(`labor_hours = CASE WHEN ${type} = 'labor' THEN ${quantity} END`)
    }
    if (now.type !== undefined && now.terms === undefined) also.push('terms = NULL')
    if (now.type !== undefined && now.type !== 'part') {
      if (now.partNumber === undefined) also.push('part_number = NULL')
      if (now.partCondition === undefined) also.push('part_condition = NULL')
      if (now.inventoryItemId === undefined) also.push('inventory_item_id = NULL')
    }
    return also
  }
}

/** The new values, without what a line of this type cannot have. */
function tidyNow({ now }: Input, after: EditedLine): Edit<LineEdit> {
  const tidy: { -readonly [Field in keyof LineEdit]?: LineEdit[Field] | undefined } = { ...now }
  if (tidy.partNumber !== undefined) tidy.partNumber = after.partNumber
  if (tidy.partCondition !== undefined) tidy.partCondition = after.partCondition
  if (tidy.inventoryItemId !== undefined) tidy.inventoryItemId = after.inventoryItemId
  if (tidy.terms !== undefined) tidy.terms = tidyTerms(after.type, tidy.terms)
  return tidy
}

function defined<Fields extends object>(fields: Fields): { [Field in keyof Fields]: Exclude<Fields[Field], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ReturnType<typeof defined<Fields>>
}
