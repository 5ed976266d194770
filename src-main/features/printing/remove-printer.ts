import { AppError } from '../../base/app-error'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { isPrinterChosen, removePrinterRow } from './printer-queries'

/** Takes a printer off the list; what it printed stays on record. @throws NOT_FOUND, IN_USE while a station prints on it */
export async function removePrinter(ctx: Ctx, { printerId }: { printerId: string }): Promise<Record<string, never>> {
  return inTransaction('printing.removePrinter', ctx, async (tx) => {
    if (await isPrinterChosen(tx, ctx.shopId, printerId)) {
      throw new AppError('IN_USE', { message: 'A station prints on it. Choose another printer there first.' })
    }
    if (!(await removePrinterRow(tx, ctx.shopId, printerId))) throw new AppError('NOT_FOUND')
    await writeAudit(tx, ctx, { action: 'printing.remove_printer', entityType: 'printer', entityId: printerId })
    return {}
  })
}
