import type { PaperChoice, PaperKind, StationPapers } from '../../../src-preload/contract/printing'
import { AppError, invalidField } from '../../base/app-error'
import { stationId } from './station-id'
import { inTransaction } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { findPrinter, storePaper } from './printer-queries'
import { papersOf } from './station-papers'

/** Says where a paper comes out at this station. @throws NOT_FOUND, INVALID_INPUT, EDIT_CONFLICT with the present choice */
export async function choosePrinter(ctx: Ctx, input: { paper: PaperKind; was: PaperChoice; now: PaperChoice }): Promise<StationPapers> {
  const { paper, was, now } = input
  const station = await stationId(ctx.dataFolder)
  return inTransaction('printing.choosePrinter', ctx, async (tx) => {
    if (now.printerId !== null) {
      const printer = await findPrinter(tx, ctx.shopId, now.printerId)
      if (!printer) throw new AppError('NOT_FOUND')
      if ((printer.kind === 'escpos') !== (paper === 'receipt')) {
        throw invalidField('printerId', paper === 'receipt' ? 'Choose a receipt printer.' : 'This printer prints receipts only.')
      }
    }
    if (!(await storePaper(tx, { shopId: ctx.shopId, station, paper }, was, now))) {
      const { [paper]: current } = await papersOf(tx, ctx.shopId, station)
      throw new AppError('EDIT_CONFLICT', { current: { ...current } })
    }
    await writeAudit(tx, ctx, { action: 'printing.choose_printer', details: { station, paper, was, now } })
    return papersOf(tx, ctx.shopId, station)
  })
}
