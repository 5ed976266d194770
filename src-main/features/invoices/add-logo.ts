import type { DocumentSnapshot } from '../../../src-preload/contract/invoices'
import type { Queryable } from '../../database/transaction'
import type { FrozenDocument } from '../orders/build-snapshot'
import { findPictureUrl } from '../shop/shop-queries'

/** A kept document as it is printed, with the picture that its logo's hash stands for; one of the older form has it inside already. */
export async function addLogo(q: Queryable, shopId: string, frozen: FrozenDocument | DocumentSnapshot): Promise<DocumentSnapshot> {
  const { shop } = frozen
  if (!('logoSha256' in shop)) return { ...frozen, shop }
  const { logoSha256, ...rest } = shop
  const logoUrl = logoSha256 === null ? null : await findPictureUrl(q, shopId, logoSha256)
  return { ...frozen, shop: { ...rest, logoUrl: logoUrl ?? null } }
}
