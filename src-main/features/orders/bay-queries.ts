import { sql, type Tx } from '../../database/transaction'

const LEAVE = sql(
  '',
  `UPDATE bays SET current_ro_id = NULL WHERE shop_id = $1 AND current_ro_id = $2 AND id IS DISTINCT FROM $3::uuid RETURNING id`,
)
const ENTER = sql(
  '',
  `UPDATE bays SET current_ro_id = $2
   WHERE shop_id = $1 AND id = $3 AND is_active AND (current_ro_id = $2 OR (current_ro_id IS NULL AND status = 'available')) RETURNING id`,
)

/** Takes the car out of any bay but this one. */
export async function leaveOtherBays(tx: Tx, shopId: string, orderId: string, bayId: string | null): Promise<void> {
  await tx.query(LEAVE, [shopId, orderId, bayId])
}

/** Puts the car on the floor there. @returns false when another car is in it, or it is out of use */
export async function enterBay(tx: Tx, shopId: string, orderId: string, bayId: string): Promise<boolean> {
  return (await tx.query(ENTER, [shopId, orderId, bayId])).length === 1
}
