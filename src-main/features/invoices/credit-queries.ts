import type { Cents } from '../../../src-preload/contract/money'
import { type Queryable, sql, type Tx } from '../../database/transaction'
import type { DocumentSnapshot } from '../../../src-preload/contract/invoices'
import type { FrozenDocument } from '../orders/build-snapshot'
import type { CreditAmounts } from './credit-amounts'

/** The facts that make a credit note this one and no other. */
export interface StoredCredit {
  readonly invoiceId: string
  readonly kind: 'return' | 'amount'
  readonly totalCents: Cents
  readonly reason: string
  /** of a return; `restocked` = asked for, and the part came from the shelf */
  readonly lines: readonly { readonly lineNo: number; readonly quantityHundredths: number; readonly restocked: boolean }[]
  readonly refundCount: number
}

const STORED = sql(
  '',
  `SELECT n.invoice_id AS "invoiceId", n.kind, cents(n.total) AS "totalCents", n.reason,
     (SELECT coalesce(json_agg(json_build_object('lineNo', l.line_no, 'quantityHundredths', hundredths(l.quantity), 'restocked', l.restocked)), '[]')
      FROM credit_note_lines l WHERE l.shop_id = n.shop_id AND l.credit_note_id = n.id) AS lines,
     (SELECT count(*)::int FROM payment_refunds r WHERE r.shop_id = n.shop_id AND r.invoice_id = n.invoice_id AND r.credit_note_id = n.id) AS "refundCount"
   FROM credit_notes n WHERE n.shop_id = $1 AND n.id = $2`,
)

export async function findCredit(q: Queryable, shopId: string, creditNoteId: string): Promise<StoredCredit | undefined> {
  const [row] = await q.query<StoredCredit>(STORED, [shopId, creditNoteId])
  return row
}

export interface NewCredit {
  readonly creditNoteId: string
  readonly invoiceId: string
  readonly kind: 'return' | 'amount'
  readonly amounts: CreditAmounts
  readonly reason: string
  readonly userId: string
  readonly approverId: string | null
  /** complete but for its number */
  readonly snapshot: object
}

// As with invoices: the number is taken in the statement that uses it.
const INSERT = sql(
  '',
  `WITH paper AS (
     SELECT n.number, jsonb_set($11::jsonb, '{number}', to_jsonb(n.number)) AS snapshot
     FROM (SELECT next_shop_number($1, 'credit_note') AS number) n)
   INSERT INTO credit_notes (id, shop_id, invoice_id, credit_number, kind, subtotal, discount, tax, total, reason, created_by_user_id,
     approved_by_user_id, snapshot, snapshot_hash)
   SELECT $2, $1, $3, paper.number, $4, dollars($5), dollars($6), dollars($7), dollars($8), $9, $10, $12, paper.snapshot,
     encode(sha256(convert_to(paper.snapshot::text, 'UTF8')), 'hex')
   FROM paper`,
)

export async function insertCredit(tx: Tx, shopId: string, note: NewCredit): Promise<void> {
  const { creditNoteId, invoiceId, kind, amounts, reason, userId, approverId, snapshot } = note
  const { subtotalCents, discountCents, taxCents, totalCents } = amounts
  await tx.query(INSERT, [
    shopId,
    creditNoteId,
    invoiceId,
    kind,
    subtotalCents,
    discountCents,
    taxCents,
    totalCents,
    reason,
    userId,
    JSON.stringify(snapshot),
    approverId,
  ])
}

export interface ReturnedLine {
  readonly lineNo: number
  readonly quantityHundredths: number
  readonly amountCents: Cents
  readonly restock: boolean
}

/**
 * `$1` shop, `$2` order: its lines that are billed, by their place in the frozen document. An invoiced order's lines stand still; what the
 * document says of a line is compared all the same before anything is put back on a shelf.
 */
export const BILLED_LINES = `
  SELECT row_number() OVER (ORDER BY j.id IS NULL, j.sort_order, j.id, l.sort_order, l.id) - 1 AS line_no, l.inventory_item_id, l.description,
    l.quantity, l.cost
  FROM line_items l LEFT JOIN ro_jobs j ON j.shop_id = l.shop_id AND j.id = l.job_id
  WHERE l.shop_id = $1 AND l.repair_order_id = $2 AND l.status <> 'declined'`

const INSERT_LINES = sql(
  '',
  `WITH billed AS (${BILLED_LINES}),
   returned AS (
     SELECT r.*, b.inventory_item_id AS item, b.cost
     FROM json_to_recordset($4) AS r("lineNo" int, "quantityHundredths" bigint, "amountCents" bigint, restock boolean)
     LEFT JOIN (SELECT b.*, d.line FROM billed b
                JOIN invoices i ON i.shop_id = $1 AND i.id = $3
                CROSS JOIN LATERAL (SELECT jsonb_path_query_array(i.snapshot, '$.jobs[*].lines[*]') -> b.line_no::int AS line) d
                WHERE b.inventory_item_id IS NOT NULL AND d.line ->> 'description' = b.description
                  AND (d.line ->> 'quantityHundredths')::bigint = hundredths(b.quantity)) b
       ON b.line_no = r."lineNo" AND r.restock),
   stored AS (
     INSERT INTO credit_note_lines (shop_id, credit_note_id, line_no, quantity, amount, restocked)
     SELECT $1, $5, "lineNo", from_hundredths("quantityHundredths"), dollars("amountCents"), item IS NOT NULL FROM returned)
   INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, repair_order_id, reference_number, performed_by_user_id, notes)
   SELECT $1, item, 'return', from_hundredths("quantityHundredths"), cost, $2, (SELECT credit_number FROM credit_notes WHERE shop_id = $1 AND id = $5),
     $6, 'returned by the customer'
   FROM returned WHERE item IS NOT NULL ORDER BY item, "lineNo"`,
)

/** The lines of a credit note; a part that goes back on the shelf is counted there, and does not touch what the order used. */
export async function insertCreditLines(
  tx: Tx,
  shopId: string,
  note: { creditNoteId: string; invoiceId: string; orderId: string; userId: string; lines: readonly ReturnedLine[] },
): Promise<void> {
  const { creditNoteId, invoiceId, orderId, userId, lines } = note
  await tx.query(INSERT_LINES, [shopId, orderId, invoiceId, JSON.stringify(lines), creditNoteId, userId])
}

const SNAPSHOT = sql('', `SELECT snapshot FROM credit_notes WHERE shop_id = $1 AND id = $2`)

export async function findCreditSnapshot(
  q: Queryable,
  shopId: string,
  creditNoteId: string,
): Promise<FrozenDocument | DocumentSnapshot | undefined> {
  const [row] = await q.query<{ snapshot: FrozenDocument | DocumentSnapshot }>(SNAPSHOT, [shopId, creditNoteId])
  return row?.snapshot
}
