import { AppError } from '../../base/app-error'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { encodePulse, encodeReceipt } from '../../printing/encode-receipt'
import { sendToPrinter } from '../../printing/send-to-printer'
import { writeTestPage } from '../../printing/write-test-page'
import { writeAudit } from '../people/write-audit'
import { findPrinter } from './printer-queries'
import { PRACTICE_PRINTS_NOTHING } from './run-job'

/** Prints a test page and, if wanted, sends a pulse to one pin of the drawer socket; waits for how it ends. @throws NOT_FOUND, PRINTER_FAILED */
export async function printTestPage(
  ctx: Ctx,
  { printerId, pulse }: { printerId: string; pulse: 2 | 5 | null },
): Promise<Record<string, never>> {
  if (ctx.practice) throw new AppError('PRINTER_FAILED', { message: PRACTICE_PRINTS_NOTHING })
  const printer = await findPrinter(reading(ctx.db), ctx.shopId, printerId)
  if (printer?.kind !== 'escpos') throw new AppError('NOT_FOUND')
  const { host, port, paperMm, name } = printer
  const lines = writeTestPage({ shopName: ctx.shop.name, printerName: name, address: `${host}:${port}`, paperMm, pulse })
  const page = await encodeReceipt(lines, paperMm)
  const bytes = pulse === null ? page : Buffer.concat([encodePulse(pulse), page])
  if (pulse !== null) {
    // Before the drawer opens: an opened drawer without a payment has a name beside it.
    await inTransaction('printing.testPage', ctx, (tx) =>
      writeAudit(tx, ctx, { action: 'printing.test_drawer', entityType: 'printer', entityId: printerId, details: { pulse } }),
    )
  }
  const sent = await ctx.prints.inTurn(`${host}:${port}`, () => sendToPrinter(printer, bytes, { needsPaper: true }))
  if (sent.state !== 'printed') throw new AppError('PRINTER_FAILED', { message: sent.problem })
  return {}
}
