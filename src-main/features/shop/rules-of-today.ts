import type { Ctx } from '../../ipc/context'
import { rulesInForce, type StateRules } from '../../rules/rules-in-force'
import { shopDay } from '../people/shop-day'

/** The rules of the shop's state on its day. */
export function rulesOfToday(ctx: Ctx): StateRules {
  return rulesInForce(ctx.shop.state, shopDay(ctx.clock.now(), ctx.shop.timezone))
}
