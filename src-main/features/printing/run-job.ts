import type { PrintJob, Printer } from '../../../src-preload/contract/printing'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { encodePulse, encodeReceipt, PAPERS } from '../../printing/encode-receipt'
import { type Sent, sendToPrinter } from '../../printing/send-to-printer'
import type { ReceiptLine } from '../../printing/receipt-lines'
import { writePayout } from '../../printing/write-payout'
import { writeReceipt } from '../../printing/write-receipt'
import { findJob, moveJob, receiptOf } from './job-queries'
import { loadPayout, loadReceipt } from './load-receipt'

/** A receipt or an open drawer is real, whatever it says. */
export const PRACTICE_PRINTS_NOTHING = 'Practice sends nothing to the receipt printer and opens no drawer.'

/**
 * Prints a job in the turn of its printer, while nobody waits for it; how it ended stands in its row, and whoever shows it is told.
 * Nothing is thrown: a printer that fails has no payment fail.
 */
export function runJob(ctx: Ctx, printer: Printer, jobId: string): void {
  const work = async (): Promise<void> => {
    const job = await findJob(reading(ctx.db), ctx.shopId, jobId)
    if (!job || !(await step(ctx, job, { from: 'queued', to: 'printing' }))) return
    const sent = await print(ctx, printer, job)
    const problem = sent.state === 'printed' ? '' : sent.problem
    await step(ctx, job, { from: 'printing', to: sent.state, problem })
    if (sent.state !== 'printed') ctx.log.warn({ job: jobId, state: sent.state }, 'not printed')
  }
  ctx.prints.inTurn(`${printer.host}:${printer.port}`, work).catch((error: unknown) => {
    ctx.log.error({ error, job: jobId }, 'a print job could not be run')
  })
}

async function step(ctx: Ctx, job: PrintJob, move: Parameters<typeof moveJob>[2]): Promise<boolean> {
  const isMoved = await inTransaction('printing.step', ctx, (tx) => moveJob(tx, { shopId: ctx.shopId, id: job.id }, move))
  if (isMoved) ctx.prints.onChange(job.payoutId ?? job.refundId ?? job.paymentId ?? job.id)
  return isMoved
}

async function print(ctx: Ctx, printer: Printer, job: PrintJob): Promise<Sent> {
  if (ctx.practice) return { state: 'failed', problem: PRACTICE_PRINTS_NOTHING }
  try {
    if (job.kind === 'drawer') return await openDrawer(printer)
    const bytes = await encodeReceipt(await linesOf(ctx, job, PAPERS[printer.paperMm].columns), printer.paperMm)
    return await sendToPrinter(printer, bytes, { needsPaper: true })
  } catch (error) {
    ctx.log.error({ error, job: job.id }, 'a receipt could not be made')
    return {
      state: 'failed',
      problem: `The receipt could not be made.${job.payoutId === null ? ' The invoice can be printed instead.' : ''}`,
    }
  }
}

async function linesOf(ctx: Ctx, job: PrintJob, columns: number): Promise<readonly ReceiptLine[]> {
  if (job.payoutId !== null) return writePayout(await loadPayout(ctx, job.payoutId, job.isCopy), columns)
  return writeReceipt(await loadReceipt(ctx, receiptOf(job), job.isCopy), columns)
}

async function openDrawer(printer: Printer): Promise<Sent> {
  if (printer.drawerPin === null) return { state: 'failed', problem: 'No drawer hangs on this printer any more.' }
  return sendToPrinter(printer, encodePulse(printer.drawerPin), { needsPaper: false })
}
