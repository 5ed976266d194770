import type { z } from 'zod'
import type { Choices } from '../../../src-preload/contract/orders'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { findChoices } from './choice-queries'

/** What the pick lists of an order offer: people, bays, the shop's labor rate, what is taxed. */
export async function listChoices(ctx: Ctx, _input: object): Promise<z.output<typeof Choices>> {
  return { ...(await findChoices(reading(ctx.db), ctx.shopId)), taxable: ctx.shop.settings.taxable }
}
