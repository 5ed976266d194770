import { createHash } from 'node:crypto'
import { invalidField } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { readPicture } from '../../pdf/read-logo'
import { writeAudit } from '../people/write-audit'
import { readImageSize } from './read-image-size'
import { type Picture, storePicture, updateShopLogo } from './shop-queries'

const MOST_BYTES = 300 * 1024
const MOST_PIXELS = 2000

/** Stored once by its content; documents refer to it. @throws AppError INVALID_INPUT beside `image` */
export async function setLogo(
  ctx: Ctx,
  { image }: { image: { mimeType: Picture['mediaType']; base64: string } | null },
): Promise<Record<string, never>> {
  const picture = image && readImage(image.mimeType, Buffer.from(image.base64, 'base64'))
  await inTransaction('set logo', ctx, async (tx) => {
    if (picture) await storePicture(tx, ctx.shopId, picture)
    await updateShopLogo(tx, ctx.shopId, picture && picture.sha256)
    const details = { removed: picture === null, sha256: picture && picture.sha256 }
    await writeAudit(tx, ctx, { action: 'shop.set_logo', entityType: 'shop', entityId: ctx.shopId, details })
  })
  return {}
}

function readImage(mediaType: Picture['mediaType'], bytes: Buffer): Picture {
  if (bytes.length > MOST_BYTES) throw invalidField('image', 'The picture is larger than 300 KB. Make it smaller first.')
  const size = readImageSize(mediaType, bytes)
  if (!size) throw invalidField('image', 'This is not a PNG or JPEG picture.')
  const fits = size.width >= 1 && size.height >= 1 && size.width <= MOST_PIXELS && size.height <= MOST_PIXELS
  if (!fits) throw invalidField('image', `The picture may be at most ${MOST_PIXELS} by ${MOST_PIXELS} pixels.`)
  if (!isWhole(mediaType, bytes)) throw invalidField('image', 'The picture is damaged. Save it once more as PNG or JPEG.')
  return { sha256: createHash('sha256').update(bytes).digest('hex'), mediaType, bytes }
}

const START_OF_SCAN = Buffer.from([0xff, 0xda])
const END_OF_IMAGE = Buffer.from([0xff, 0xd9])

/** Whether it can be printed; of a JPEG that was cut off, the end is missing (ITU T.81, annex B). */
function isWhole(mediaType: Picture['mediaType'], bytes: Buffer): boolean {
  if (mediaType === 'image/jpeg' && bytes.lastIndexOf(END_OF_IMAGE) < bytes.lastIndexOf(START_OF_SCAN)) return false
  return readPicture(bytes) !== null
}
