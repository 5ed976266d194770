import { z } from 'zod'
import type { Shop, ShopFields } from '../../../src-preload/contract/shop'
import { AppError, invalidField } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { formatPhone } from '../people/format-phone'
import { writeAudit } from '../people/write-audit'
import { checkTexts } from './check-texts'
import { checkTimezone } from './check-timezone'
import { mergeEdit, type Part } from '../../database/merge-edit'
import { selectShop, updateShopValues } from './shop-queries'

/** Settings are one field: they change as a whole. @throws AppError EDIT_CONFLICT, INVALID_INPUT */
export async function updateShop(ctx: Ctx, { was, now }: { was: Part<ShopFields>; now: Part<ShopFields> }): Promise<Shop> {
  checkFields(now)
  const wanted = now.phone === undefined ? now : { ...now, phone: formatPhone(now.phone) }
  return await inTransaction('update shop', ctx, async (tx) => {
    const shop = await selectShop(tx, ctx.shopId, 'lock')
    invariant(shop, 'the shop of a session exists')
    const { id, logoUrl: _, ...current } = shop
    const { merged, changed } = mergeEdit<ShopFields>(current, was, wanted)
    if (changed.length > 0) {
      await updateShopValues(tx, ctx.shopId, merged)
      const details = Object.fromEntries(changed.map((name) => [name, [current[name], merged[name]]]))
      await writeAudit(tx, ctx, { action: 'shop.update', entityType: 'shop', entityId: id, details })
    }
    const stored = await selectShop(tx, ctx.shopId)
    invariant(stored, 'the shop was there a moment ago')
    return stored
  })
}

function checkFields(now: Part<ShopFields>): void {
  if (now.timezone !== undefined) checkTimezone(now.timezone, 'now.timezone')
  if (now.settings) checkTexts(now.settings, 'now.settings')
  if (now.email && !z.email().safeParse(now.email).success) throw invalidField('now.email', 'This is not an e-mail address.')
  if (Object.keys(now).length === 0) throw new AppError('INVALID_INPUT')
}
