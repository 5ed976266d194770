import type { PaperKind } from '../../../src-preload/contract/printing'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Ctx, StationCall } from '../../ipc/context'
import { findPrinter } from './printer-queries'
import { stationPapers } from './station-papers'

/** The printers of this computer, by the names the system has for them. */
export async function systemPrinters({ desk }: StationCall): Promise<{ available: boolean; names: string[] }> {
  return desk ? { available: true, names: await desk.printers() } : { available: false, names: [] }
}

/** Prints what the window has laid out, on the printer of this paper; 'dialog' where none is chosen or none can be reached. @throws PRINTER_FAILED */
export async function printSheets(ctx: Ctx, { desk }: StationCall, { paper }: { paper: PaperKind }): Promise<'printed' | 'dialog'> {
  const { [paper]: choice } = await stationPapers(ctx)
  const printer = choice.printerId === null ? undefined : await findPrinter(reading(ctx.db), ctx.shopId, choice.printerId)
  if (!desk || printer?.kind !== 'system') return 'dialog'
  const reason = await desk.print(printer.systemName)
  if (reason === null) return 'printed'
  ctx.log.warn({ reason, paper }, 'sheets not printed')
  throw new AppError('PRINTER_FAILED', {
    message: `Nothing was printed on ${printer.name}. See whether it is on and has paper, then try again.`,
  })
}
