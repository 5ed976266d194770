import { invalidField } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { readImageSize } from './read-image-size'
import { updateShopLogo } from './shop-queries'

const MOST_BYTES = 300 * 1024
const MOST_PIXELS = 2000

/** Stored as a data URL. @throws AppError INVALID_INPUT beside `image` */
export async function setLogo(
  ctx: Ctx,
  { image }: { image: { mimeType: 'image/png' | 'image/jpeg'; base64: string } | null },
): Promise<Record<string, never>> {
  if (image) checkImage(image.mimeType, Buffer.from(image.base64, 'base64'))
  const logoUrl = image && `data:${image.mimeType};base64,${image.base64}`
  await inTransaction('set logo', ctx, async (tx) => {
    await updateShopLogo(tx, ctx.shopId, logoUrl)
    await writeAudit(tx, ctx, { action: 'shop.set_logo', entityType: 'shop', entityId: ctx.shopId, details: { removed: image === null } })
  })
  return {}
}

function checkImage(mimeType: 'image/png' | 'image/jpeg', bytes: Buffer): void {
  if (bytes.length > MOST_BYTES) throw invalidField('image', 'The picture is larger than 300 KB. Make it smaller first.')
  const size = readImageSize(mimeType, bytes)
  if (!size) throw invalidField('image', 'This is not a PNG or JPEG picture.')
  const fits = size.width >= 1 && size.height >= 1 && size.width <= MOST_PIXELS && size.height <= MOST_PIXELS
  if (!fits) throw invalidField('image', `The picture may be at most ${MOST_PIXELS} by ${MOST_PIXELS} pixels.`)
}
