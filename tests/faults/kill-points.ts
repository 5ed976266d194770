import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import type { ConnectionSettings } from '../../src-main/database/connection-settings'
import { withOwner } from '../e2e/support/owner-sql'

/** What a point knows of the payment that is on its way. */
export interface PointOfTime {
  readonly owner: ConnectionSettings
  readonly superuser: ConnectionSettings
  readonly orderId: string
  readonly invoiceId: string
  readonly paymentId: string
}

/** A moment between 'take payment' and its answer. `strike` sends the payment, waits for the moment and kills. */
export interface KillPoint {
  readonly name: string
  /** what must be stored when the payment was not acknowledged; null: either */
  readonly stored: boolean | null
  strike(at: PointOfTime, send: () => void, kill: () => Promise<void>): Promise<void>
}

/** So long after the request left. */
export function afterMs(ms: number): KillPoint {
  return {
    name: `${ms} ms after the request`,
    stored: null,
    async strike(_, send, kill) {
      send()
      if (ms > 0) await sleep(ms)
      await kill()
    },
  }
}

/** While a statement of the payment waits for a lock that another connection holds: exactly here, not about here. */
function whileWaitingFor(name: string, lock: (client: Client, at: PointOfTime) => Promise<unknown>): KillPoint {
  return {
    name,
    stored: false,
    strike: (at, send, kill) =>
      withOwner(at.owner, async (client) => {
        await client.query('BEGIN')
        await lock(client, at)
        send()
        await withOwner(at.owner, untilSomebodyWaits)
        await kill()
        await client.query('ROLLBACK').catch(() => undefined)
      }),
  }
}

async function untilSomebodyWaits(client: Client): Promise<void> {
  await until(client, `SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)
}

async function until(client: Client, countQuery: string): Promise<void> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const { rows } = await client.query<{ count: number }>(countQuery)
    if ((rows[0]?.count ?? 0) > 0) return
    if (performance.now() > deadline) throw new Error(`the payment never came to the point: ${countQuery}`)
    await sleep(2)
  }
}

export const beforeInvoiceLock = whileWaitingFor('before the invoice is locked', (client, { invoiceId }) =>
  client.query('SELECT 1 FROM invoices WHERE id = $1 FOR UPDATE', [invoiceId]),
)

/** A second row with this payment's id is on its way in another transaction: the INSERT waits for what becomes of it. */
export const insideInsert = whileWaitingFor('inside the INSERT', (client, { paymentId, invoiceId }) =>
  client.query(
    `INSERT INTO payments (id, shop_id, invoice_id, method, amount)
     SELECT $1, shop_id, id, 'cash', 0.01 FROM invoices WHERE id = $2`,
    [paymentId, invoiceId],
  ),
)

export const beforeCommit = whileWaitingFor('after the INSERT, before COMMIT', (client, { orderId }) =>
  client.query('SELECT 1 FROM repair_orders WHERE id = $1 FOR UPDATE', [orderId]),
)

/** With the invoice locked and a credit note written, while its refund waits for the payment. */
export const insideRefund = whileWaitingFor('before the refund is written', (client, { paymentId }) =>
  client.query('SELECT 1 FROM payments WHERE id = $1 FOR UPDATE', [paymentId]),
)

/**
 * COMMIT is on the disk and its answer is not sent: the server waits for a standby that does not exist. Set back before the kill, so that
 * the server that starts next does not wait as well.
 */
export const afterCommit: KillPoint = {
  name: 'after COMMIT, before the answer',
  stored: true,
  strike: (at, send, kill) =>
    withOwner(at.superuser, async (admin) => {
      await admin.query(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`)
      await admin.query('SELECT pg_reload_conf()')
      await until(admin, `SELECT (current_setting('synchronous_standby_names') = 'nobody')::int AS count`)
      send()
      await until(admin, `SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event = 'SyncRep'`)
      await admin.query('ALTER SYSTEM RESET synchronous_standby_names')
      await kill()
    }),
}
