import type { PrintJob, ReceiptOf } from '../../../src-preload/contract/printing'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import { invariant } from '../../base/invariant'
import { stationId } from './station-id'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, type Queryable, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { claimReceipt, findJob, findLastReceipt, reviveJob, selectJobs } from './job-queries'
import { findReceiptPrinter } from './printer-queries'
import { findPayoutReceipt, findReceiptFacts } from './receipt-queries'
import { runJob } from './run-job'

/** The parts counter sees the bill, not how it was paid. */
function assertSeesPayments(ctx: Ctx): void {
  if (grantOf(ctx.user.role, 'invoices.see') !== 'yes') throw new AppError('FORBIDDEN')
}

async function receiptPrinterHere(ctx: Ctx) {
  const station = await stationId(ctx.dataFolder)
  const printer = await findReceiptPrinter(reading(ctx.db), ctx.shopId, station)
  if (!printer) throw new AppError('NO_PRINTER')
  return { station, printer }
}

async function isThere(q: Queryable, shopId: string, about: ReceiptOf): Promise<boolean> {
  const { payoutId } = about
  return (payoutId === undefined ? await findReceiptFacts(q, shopId, about) : await findPayoutReceipt(q, shopId, payoutId)) !== undefined
}

/**
 * Puts the receipt of a payment, refund or pay-out into the queue of this station's printer: the original if none was printed, else a copy.
 * @throws NOT_FOUND, NO_PRINTER, FORBIDDEN
 */
export async function printReceipt(ctx: Ctx, about: ReceiptOf): Promise<PrintJob> {
  assertSeesPayments(ctx)
  if (!(await isThere(reading(ctx.db), ctx.shopId, about))) throw new AppError('NOT_FOUND')
  const { station, printer } = await receiptPrinterHere(ctx)
  const { shopId, userId } = ctx
  const job = { jobId: uuid7(), shopId, userId, station, printerId: printer.id, kind: 'receipt', about } as const
  const jobId = await inTransaction('printing.receipt', ctx, (tx) => claimReceipt(tx, job))
  return started(ctx, printer, jobId)
}

/** A copy of what this station printed last. @throws NOT_FOUND when it has not printed any, NO_PRINTER, FORBIDDEN */
export async function reprintLast(ctx: Ctx): Promise<PrintJob> {
  assertSeesPayments(ctx)
  const { station } = await receiptPrinterHere(ctx)
  const last = await findLastReceipt(reading(ctx.db), ctx.shopId, station)
  if (last === undefined) throw new AppError('NOT_FOUND', { message: 'This station has not printed a receipt yet.' })
  return printReceipt(ctx, last)
}

/** Tries again what failed, on the printer this station has now. @throws NOT_FOUND, WRONG_STATE, NO_PRINTER, FORBIDDEN */
export async function retryJob(ctx: Ctx, { jobId }: { jobId: string }): Promise<PrintJob> {
  assertSeesPayments(ctx)
  if (!(await findJob(reading(ctx.db), ctx.shopId, jobId))) throw new AppError('NOT_FOUND')
  const { printer } = await receiptPrinterHere(ctx)
  const isRevived = await inTransaction('printing.retry', ctx, (tx) => reviveJob(tx, ctx.shopId, jobId, printer.id))
  if (!isRevived)
    throw new AppError('WRONG_STATE', { message: 'This cannot be tried again as it is. Print a copy of the receipt instead.' })
  return started(ctx, printer, jobId)
}

/** What was printed for a payment, refund or pay-out. @throws FORBIDDEN */
export async function listJobs(ctx: Ctx, of: ReceiptOf): Promise<PrintJob[]> {
  assertSeesPayments(ctx)
  return selectJobs(reading(ctx.db), ctx.shopId, of)
}

async function started(ctx: Ctx, printer: Parameters<typeof runJob>[1], jobId: string): Promise<PrintJob> {
  const job = await findJob(reading(ctx.db), ctx.shopId, jobId)
  invariant(job, 'a job that was just stored is there')
  runJob(ctx, printer, jobId)
  return job
}
