import type { Payment } from '../../../src-preload/contract/invoices'
import { stationId } from './station-id'
import { uuid7 } from '../../base/uuid7'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { claimFirst, type NewJob } from './job-queries'
import { findReceiptPrinter } from './printer-queries'
import { runJob } from './run-job'

/**
 * After a payment is booked: the drawer opens for cash, then the receipt comes out if this station says so. Once for a payment, however
 * often it is asked. Nobody waits for it, and nothing is thrown.
 */
export function printAfterPayment(ctx: Ctx, payment: Pick<Payment, 'id' | 'method'>): void {
  start(ctx, payment).catch((error: unknown) => {
    ctx.log.error({ error }, 'nothing was printed after a payment')
  })
}

async function start(ctx: Ctx, { id: paymentId, method }: Pick<Payment, 'id' | 'method'>): Promise<void> {
  const station = await stationId(ctx.dataFolder)
  const printer = await findReceiptPrinter(reading(ctx.db), ctx.shopId, station)
  if (!printer) return
  const { shopId, userId } = ctx
  const job = { shopId, userId, station, printerId: printer.id, paymentId }
  const kinds: NewJob['kind'][] = [
    ...(method === 'cash' && printer.drawerPin !== null ? (['drawer'] as const) : []),
    ...(printer.byItself ? (['receipt'] as const) : []),
  ]
  if (kinds.length === 0) return
  const claimed = await inTransaction('printing.afterPayment', ctx, async (tx) => {
    const ids: (string | null)[] = []
    for (const kind of kinds) ids.push(await claimFirst(tx, { ...job, kind, jobId: uuid7() }))
    return ids
  })
  for (const jobId of claimed) if (jobId !== null) runJob(ctx, printer, jobId)
}
