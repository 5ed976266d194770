import type { Cents } from '../../../src-preload/contract/money'
import type { ReceiptOf } from '../../../src-preload/contract/printing'
import { type Queryable, sql } from '../../database/transaction'
import type { PayoutReceipt } from '../../printing/write-payout'

/** What a receipt is about, and how its invoice stood right after it: a copy in a year says the same. */
export interface ReceiptFacts {
  readonly invoiceId: string
  /** empty: the invoice was voided with it, or it is about a payment */
  readonly creditNumber: string
  /** payments less refunds, without this one */
  readonly paidBeforeCents: Cents
  readonly balanceCents: Cents
  /** what the customer had on account right after it; null: it did not touch the account */
  readonly accountCreditCents: Cents | null
}

// A payment counts the payments before it, a refund all that were there: it is never of the same moment as a payment.
/** `own` = customer_credits: what was on the account once this entry was made. */
const accountAfter = (entry: string): string => `(
      SELECT cents(sum(k.amount)) FROM customer_credits own
      JOIN customer_credits k ON k.shop_id = $1 AND k.customer_id = own.customer_id AND (k.recorded_at, k.id) <= (own.recorded_at, own.id)
      WHERE own.shop_id = $1 AND ${entry})`

const FACTS = sql(
  '',
  `SELECT i.id AS "invoiceId", here."creditNumber", sums.paid - here.own AS "paidBeforeCents",
     cents(i.total) - sums.credited - sums.paid AS "balanceCents",
     ${accountAfter(`own.payment_id = $2 AND own.refund_id IS NOT DISTINCT FROM $3::uuid AND own.check_return_id IS NULL`)} AS "accountCreditCents"
   FROM (
     SELECT p.invoice_id, coalesce(r.processed_at, p.processed_at) AS at, CASE WHEN r.id IS NULL THEN p.id END AS payment_id,
       cents(CASE WHEN r.id IS NULL THEN p.amount ELSE -r.amount END) AS own, coalesce(n.credit_number, '') AS "creditNumber"
     FROM payments p
     LEFT JOIN payment_refunds r ON r.shop_id = $1 AND r.id = $3::uuid AND r.payment_id = p.id
     LEFT JOIN credit_notes n ON n.shop_id = $1 AND n.id = r.credit_note_id
     WHERE p.shop_id = $1 AND p.id = $2 AND (r.id IS NOT NULL) = ($3::uuid IS NOT NULL)) here
   JOIN invoices i ON i.shop_id = $1 AND i.id = here.invoice_id
   CROSS JOIN LATERAL (
     SELECT coalesce((SELECT cents(sum(q.amount)) FROM payments q
                      WHERE q.shop_id = $1 AND q.invoice_id = i.id AND q.status IN ('completed', 'refunded')
                        AND (q.processed_at < here.at OR (q.processed_at = here.at AND q.id <= here.payment_id))), 0)
         - coalesce((SELECT cents(sum(b.amount)) FROM payment_refunds b
                     WHERE b.shop_id = $1 AND b.invoice_id = i.id AND b.processed_at <= here.at), 0)
         - coalesce((SELECT cents(sum(b.amount)) FROM check_returns b
                     WHERE b.shop_id = $1 AND b.invoice_id = i.id AND b.recorded_at <= here.at), 0) AS paid,
       coalesce((SELECT cents(sum(c.total)) FROM credit_notes c
                 WHERE c.shop_id = $1 AND c.invoice_id = i.id AND c.created_at <= here.at), 0) AS credited) sums`,
)

/** Undefined when there is no such payment, or no such refund of it. */
export async function findReceiptFacts(
  q: Queryable,
  shopId: string,
  { paymentId, refundId }: ReceiptOf,
): Promise<ReceiptFacts | undefined> {
  return (await q.query<ReceiptFacts>(FACTS, [shopId, paymentId ?? null, refundId ?? null]))[0]
}

const PAYOUT = sql(
  '',
  `SELECT o.method, cents(o.amount) AS "amountCents", cents(o.rounding) AS "roundingCents", coalesce(o.check_number, '') AS "checkNumber",
     o.reason, o.processed_at AS "paidAt", coalesce(u.first_name || ' ' || u.last_name, '') AS "paidByName", c.display_name AS "customerName",
     ${accountAfter(`own.payout_id = o.id`)} AS "accountCreditCents",
     json_build_object('name', s.name, 'address', coalesce(s.address, ''), 'city', coalesce(s.city, ''), 'state', coalesce(s.state, ''),
       'zip', coalesce(s.zip, ''), 'phone', coalesce(s.phone, ''), 'timezone', s.timezone,
       'registrationNumber', coalesce(s.settings ->> 'registrationNumber', '')) AS shop
   FROM credit_payouts o JOIN shops s ON s.id = o.shop_id JOIN customers c ON c.shop_id = $1 AND c.id = o.customer_id
   LEFT JOIN users u ON u.shop_id = $1 AND u.id = o.processed_by_user_id
   WHERE o.shop_id = $1 AND o.id = $2`,
)

/** What is on the receipt of account credit that was paid out. */
export async function findPayoutReceipt(
  q: Queryable,
  shopId: string,
  payoutId: string,
): Promise<Omit<PayoutReceipt, 'isCopy'> | undefined> {
  const [row] = await q.query<PayoutReceipt['payout'] & Pick<PayoutReceipt, 'shop'>>(PAYOUT, [shopId, payoutId])
  if (!row) return undefined
  const { shop, ...payout } = row
  return { shop, payout }
}
