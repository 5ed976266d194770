import type { ShopSettings } from '../../src-preload/contract/shop'
import { cents } from '../../src-preload/contract/money'
import type { Order } from '../../src-preload/contract/orders'
import { reading, sql } from '../database/transaction'
import { updateLine } from '../features/orders/update-line'
import type { Ctx } from '../ipc/context'
import { testContext } from './test-context'
import type { TestDatabase } from './test-database'

const MOVE = sql('', 'UPDATE shops SET state = $2, settings = settings || $3::jsonb WHERE id = $1')

/** The owner's context after the shop has moved to another state. */
export async function inState(test: TestDatabase, state: string, settings: Partial<ShopSettings> = {}): Promise<Ctx> {
  await reading(test.owner).query(MOVE, [test.shopId, state, JSON.stringify(settings)])
  return testContext(test, 'owner')
}

/** The order with another price of one line. */
export function repriced(ctx: Ctx, order: Order, to: number, at = 0): Promise<Order> {
  const line = order.lines[at]
  if (!line) throw new Error('the order has no line')
  const [was, now] = [{ unitPriceCents: line.unitPriceCents }, { unitPriceCents: cents(to) }]
  return updateLine(ctx, { lineId: line.id, was, now, reason: '' })
}
