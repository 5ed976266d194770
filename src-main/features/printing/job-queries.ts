import type { PrintJob, PrintState, ReceiptOf } from '../../../src-preload/contract/printing'
import { one, type Queryable, sql, type Tx } from '../../database/transaction'

const columns = `j.id, j.kind, j.payment_id AS "paymentId", j.refund_id AS "refundId", j.payout_id AS "payoutId", j.is_copy AS "isCopy", j.state, j.problem, p.name AS "printerName", j.created_at AS at`
const from = 'FROM print_jobs j JOIN printers p ON p.shop_id = j.shop_id AND p.id = j.printer_id'

/** What a new job is for. */
export interface NewJob {
  readonly jobId: string
  readonly shopId: string
  readonly userId: string
  readonly station: string
  readonly printerId: string
  readonly kind: PrintJob['kind']
  readonly about: ReceiptOf
}

const INSERT = `INSERT INTO print_jobs AS j (id, shop_id, station_id, printer_id, kind, payment_id, refund_id, payout_id, created_by_user_id, is_copy)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
const IS_THERE = 'ON CONFLICT (shop_id, payment_id, refund_id, payout_id, kind) WHERE NOT is_copy'
const FIRST_EVER = sql('', `${INSERT} ${IS_THERE} DO NOTHING RETURNING id`)
// An original of which nothing was printed may still be printed, here and now; one that was left waiting by a program that ended, too.
const ORIGINAL = sql(
  '',
  `${INSERT} ${IS_THERE}
   DO UPDATE SET station_id = EXCLUDED.station_id, printer_id = EXCLUDED.printer_id, created_by_user_id = EXCLUDED.created_by_user_id,
     state = 'queued', problem = '', updated_at = now()
   WHERE j.state = 'failed' OR (j.state = 'queued' AND j.updated_at < now() - interval '1 minute')
   RETURNING id`,
)
const COPY = sql('', `${INSERT} RETURNING id`)

function valuesOf(job: NewJob, isCopy: boolean): unknown[] {
  const { paymentId = null, refundId = null, payoutId = null } = job.about
  return [job.jobId, job.shopId, job.station, job.printerId, job.kind, paymentId, refundId, payoutId, job.userId, isCopy]
}

/** The job's id, or null when this payment, refund or pay-out had its own before. */
export async function claimFirst(tx: Tx, job: NewJob): Promise<string | null> {
  return (await tx.query<{ id: string }>(FIRST_EVER, valuesOf(job, false)))[0]?.id ?? null
}

/** The original of a receipt if none was printed, else a copy. */
export async function claimReceipt(tx: Tx, job: NewJob): Promise<string> {
  const [original] = await tx.query<{ id: string }>(ORIGINAL, valuesOf(job, false))
  if (original) return original.id
  return one(await tx.query<{ id: string }>(COPY, valuesOf(job, true)), 'a copy').id
}

const ONE = sql('', `SELECT ${columns} ${from} WHERE j.shop_id = $1 AND j.id = $2`)

export async function findJob(q: Queryable, shopId: string, jobId: string): Promise<PrintJob | undefined> {
  return (await q.query<PrintJob>(ONE, [shopId, jobId]))[0]
}

const about = (where: string) => sql('', `SELECT ${columns} ${from} WHERE j.shop_id = $1 AND ${where} ORDER BY j.created_at, j.id LIMIT 50`)
const OF_PAYMENT = about('j.payment_id = $2 AND j.refund_id IS NOT DISTINCT FROM $3::uuid')
const OF_PAYOUT = about('j.payout_id = $2')

export function selectJobs(q: Queryable, shopId: string, { paymentId, refundId, payoutId }: ReceiptOf): Promise<PrintJob[]> {
  if (payoutId !== undefined) return q.query<PrintJob>(OF_PAYOUT, [shopId, payoutId])
  return q.query<PrintJob>(OF_PAYMENT, [shopId, paymentId ?? null, refundId ?? null])
}

type About = Pick<PrintJob, 'paymentId' | 'refundId' | 'payoutId'>

/** What a job is about. */
export function receiptOf({ paymentId, refundId, payoutId }: About): ReceiptOf {
  return {
    ...(paymentId === null ? {} : { paymentId }),
    ...(refundId === null ? {} : { refundId }),
    ...(payoutId === null ? {} : { payoutId }),
  }
}

const LAST = sql(
  '',
  `SELECT payment_id AS "paymentId", refund_id AS "refundId", payout_id AS "payoutId" FROM print_jobs WHERE shop_id = $1 AND station_id = $2 AND kind = 'receipt' ORDER BY created_at DESC, id DESC LIMIT 1`,
)

export async function findLastReceipt(q: Queryable, shopId: string, station: string): Promise<ReceiptOf | undefined> {
  const [last] = await q.query<About>(LAST, [shopId, station])
  return last && receiptOf(last)
}

const MOVE = sql(
  '',
  `UPDATE print_jobs SET state = $4, problem = $5, updated_at = now() WHERE shop_id = $1 AND id = $2 AND state = $3 RETURNING id`,
)

/** False when the job is not in `from` any more. */
export async function moveJob(
  tx: Tx,
  job: { shopId: string; id: string },
  step: { from: PrintState; to: PrintState; problem?: string },
): Promise<boolean> {
  return (await tx.query(MOVE, [job.shopId, job.id, step.from, step.to, step.problem ?? ''])).length === 1
}

const ABANDON = sql(
  '',
  `UPDATE print_jobs SET updated_at = now(), state = CASE state WHEN 'printing' THEN 'unsure' ELSE 'failed' END,
     problem = CASE WHEN state = 'queued' THEN 'The program ended before this was its turn.'
       WHEN kind = 'drawer' THEN 'The program ended meanwhile. The drawer may have been opened.'
       ELSE 'The program ended meanwhile. The receipt may have been printed.' END
   WHERE shop_id = $1 AND station_id = $2 AND state IN ('queued', 'printing')`,
)

/** Once, before this station prints anything: what a program left behind that was killed waits for nobody any more. */
export async function abandonJobs(q: Queryable, shopId: string, station: string): Promise<void> {
  await q.query(ABANDON, [shopId, station])
}

const REVIVE = sql(
  '',
  `UPDATE print_jobs j SET state = 'queued', problem = '', updated_at = now(), printer_id = $3
   WHERE j.shop_id = $1 AND j.id = $2 AND j.state = 'failed' AND (j.kind = 'receipt' OR j.created_at > now() - interval '10 minutes')
   RETURNING id`,
)

/** Back into the queue of a printer; false when it did not fail, or it is a drawer whose payment is long ago. */
export async function reviveJob(tx: Tx, shopId: string, jobId: string, printerId: string): Promise<boolean> {
  return (await tx.query(REVIVE, [shopId, jobId, printerId])).length === 1
}
