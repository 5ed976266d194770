import type { ReceiptOf } from '../../../src-preload/contract/printing'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { claimFirst, type NewJob } from './job-queries'
import { findReceiptPrinter } from './printer-queries'
import { runJob } from './run-job'
import { stationId } from './station-id'

/** Money that was taken, given back of a payment, or paid out of an account. */
export interface Moved extends ReceiptOf {
  /** it went into the drawer, or out of it */
  readonly isCash: boolean
}

/**
 * After a payment, refund or pay-out is booked: the drawer opens for cash, then the receipt comes out if this station says so. Once for each, however
 * often it is asked. Nobody waits for it, and nothing is thrown.
 */
export function printAfterMoney(ctx: Ctx, moved: readonly Moved[]): void {
  start(ctx, moved).catch((error: unknown) => {
    ctx.log.error({ error }, 'nothing was printed after money was taken or given back')
  })
}

async function start(ctx: Ctx, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return
  const station = await stationId(ctx.dataFolder)
  const printer = await findReceiptPrinter(reading(ctx.db), ctx.shopId, station)
  if (!printer) return
  const { shopId, userId } = ctx
  const jobs = moved.flatMap(({ isCash, ...about }): NewJob[] => {
    const job = { shopId, userId, station, printerId: printer.id, about }
    return [
      ...(isCash && printer.drawerPin !== null ? [{ ...job, kind: 'drawer' as const, jobId: uuid7() }] : []),
      ...(printer.byItself ? [{ ...job, kind: 'receipt' as const, jobId: uuid7() }] : []),
    ]
  })
  if (jobs.length === 0) return
  const claimed = await inTransaction('printing.afterMoney', ctx, async (tx) => {
    const ids: (string | null)[] = []
    for (const job of jobs) ids.push(await claimFirst(tx, job))
    return ids
  })
  for (const jobId of claimed) if (jobId !== null) runJob(ctx, printer, jobId)
}
