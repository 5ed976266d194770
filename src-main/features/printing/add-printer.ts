import type { Printer, PrinterFields } from '../../../src-preload/contract/printing'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { checkPrinter, sameName } from './check-printer'
import { findPrinter, insertPrinter } from './printer-queries'

/** A printer of the shop; the same one twice is one. @throws DUPLICATE on the name, INVALID_INPUT */
export async function addPrinter(ctx: Ctx, input: PrinterFields & { printerId: string }): Promise<Printer> {
  const { printerId, ...fields } = input
  checkPrinter(fields)
  return inTransaction('printing.addPrinter', ctx, async (tx) => {
    const added = await insertPrinter(tx, ctx.shopId, { id: printerId, ...fields })
    if (added) {
      await writeAudit(tx, ctx, { action: 'printing.add_printer', entityType: 'printer', entityId: printerId, details: fields })
      return added
    }
    const known = await findPrinter(tx, ctx.shopId, printerId)
    if (known?.name !== fields.name) throw sameName()
    return known
  })
}
