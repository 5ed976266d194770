import { sql, type Tx } from '../../database/transaction'

const ADD = sql(
  '',
  `INSERT INTO ro_jobs (id, shop_id, repair_order_id, name, sort_order)
   SELECT $3, $1, $2, $4, coalesce(max(sort_order), 0) + 1 FROM ro_jobs WHERE repair_order_id = $2
   ON CONFLICT (id) DO NOTHING RETURNING id`,
)
const FIND = sql('', `SELECT name FROM ro_jobs WHERE shop_id = $1 AND repair_order_id = $2 AND id = $3`)
const REMOVE = sql(
  '',
  `DELETE FROM ro_jobs j WHERE j.shop_id = $1 AND j.id = $2
     AND NOT ($3 AND EXISTS (SELECT FROM line_items l WHERE l.shop_id = $1 AND l.job_id = j.id AND l.status = 'completed'))
   RETURNING j.id`,
)

/** @returns false when the id is taken by something else; the same job twice is one */
export async function addJobTo(tx: Tx, shopId: string, orderId: string, jobId: string, name: string): Promise<boolean> {
  const added = await tx.query(ADD, [shopId, orderId, jobId, name])
  if (added.length === 1) return true
  const [found] = await tx.query<{ name: string }>(FIND, [shopId, orderId, jobId])
  return found?.name === name
}

/** With its lines; with `keepDone` not when work of it is done. */
export async function removeJobById(tx: Tx, shopId: string, jobId: string, keepDone: boolean): Promise<boolean> {
  return (await tx.query(REMOVE, [shopId, jobId, keepDone])).length === 1
}
