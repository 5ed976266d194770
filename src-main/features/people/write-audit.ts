import { sql, type Queryable } from '../../database/transaction'

interface AuditEvent {
  /** '<area>.<verb>' */
  readonly action: string
  readonly entityType?: string
  readonly entityId?: string
  readonly approverId?: string | null
  /** facts, never a secret */
  readonly details?: object
}

const insertEvent = sql(
  'people_write_audit',
  `INSERT INTO audit_events (shop_id, actor_user_id, approver_user_id, action, entity_type, entity_id, details)
   VALUES ($1, $2, $3, $4, $5, $6, $7)`,
)

/** What somebody did, for the owner; append-only. Payments, invoices, lines and users write theirs by trigger. */
export async function writeAudit(tx: Queryable, actor: { shopId: string; userId: string }, event: AuditEvent): Promise<void> {
  const { action, entityType = null, entityId = null, approverId = null, details = {} } = event
  await tx.query(insertEvent, [actor.shopId, actor.userId, approverId, action, entityType, entityId, JSON.stringify(details)])
}
