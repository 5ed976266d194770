import type { Printer } from '../../../src-preload/contract/printing'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { selectPrinters } from './printer-queries'

/** The printers of the shop, whatever prints on them. */
export function listPrinters(ctx: Ctx): Promise<Printer[]> {
  return selectPrinters(reading(ctx.db), ctx.shopId)
}
