import type { Knex } from 'knex'

/** An older program would hand out in cash what was put on an account, and count account credit as money taken. */
export const breaking = true

// What a customer has with the shop: an entry for each payment and refund that touches it, written by the database itself, so that no client
// can disagree. from_credit: paid out of it. kept_as_credit: what a check was made out for beyond `amount`. to_credit: goes there, not out.
const tables = String.raw`
ALTER TABLE payments
  ADD COLUMN from_credit BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN kept_as_credit DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  ADD CONSTRAINT payment_from_credit CHECK (NOT from_credit OR (method = 'other' AND status IN ('completed', 'refunded') AND tendered_amount IS NULL)),
  ADD CONSTRAINT payment_kept_as_credit CHECK (
    kept_as_credit = 0 OR (kept_as_credit > 0 AND method = 'check' AND status IN ('completed', 'refunded')));
DROP INDEX idx_payments_business_date;
CREATE INDEX idx_payments_business_date ON payments(shop_id, business_date) INCLUDE (amount, rounding, method, status, from_credit, kept_as_credit);

ALTER TABLE payment_refunds
  ADD COLUMN to_credit BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT payment_refunds_shop_id_id_key UNIQUE (shop_id, id),
  ADD CONSTRAINT refund_to_credit CHECK (NOT to_credit OR rounding = 0),
  DROP CONSTRAINT refund_on_record,
  ADD CONSTRAINT refund_on_record CHECK (
    to_credit OR CASE method WHEN 'cash' THEN true WHEN 'check' THEN present(check_number) ELSE present(reference_number) END);
DROP INDEX idx_payment_refunds_business_date;
CREATE INDEX idx_payment_refunds_business_date ON payment_refunds(shop_id, business_date) INCLUDE (amount, rounding, method, to_credit);

CREATE TABLE customer_credits (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  customer_id UUID NOT NULL,
  amount DECIMAL(10,2) NOT NULL CONSTRAINT customer_credit_amount CHECK (amount <> 0),
  kind VARCHAR(10) NOT NULL,
  payment_id UUID NOT NULL,
  refund_id UUID,
  reason TEXT NOT NULL,
  business_date DATE NOT NULL,
  recorded_by_user_id UUID,
  approved_by_user_id UUID,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT customer_credits_customer_id_fkey FOREIGN KEY (shop_id, customer_id) REFERENCES customers(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT customer_credits_payment_id_fkey FOREIGN KEY (shop_id, payment_id) REFERENCES payments(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT customer_credits_refund_id_fkey FOREIGN KEY (shop_id, refund_id) REFERENCES payment_refunds(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT customer_credits_business_date_fkey FOREIGN KEY (shop_id, business_date) REFERENCES business_days(shop_id, business_date),
  CONSTRAINT customer_credits_recorded_by_user_id_fkey FOREIGN KEY (shop_id, recorded_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (recorded_by_user_id),
  CONSTRAINT customer_credits_approved_by_user_id_fkey FOREIGN KEY (shop_id, approved_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (approved_by_user_id),
  CONSTRAINT customer_credit_kind CHECK (CASE kind
    WHEN 'credited' THEN amount > 0 AND refund_id IS NOT NULL
    WHEN 'given_back' THEN amount > 0 AND refund_id IS NOT NULL
    WHEN 'overpaid' THEN amount > 0 AND refund_id IS NULL
    WHEN 'used' THEN amount < 0 AND refund_id IS NULL
    ELSE false END),
  CONSTRAINT customer_credits_source_key UNIQUE NULLS NOT DISTINCT (shop_id, payment_id, refund_id)
);
CREATE INDEX idx_customer_credits_customer ON customer_credits(shop_id, customer_id) INCLUDE (amount);
`

const guards = String.raw`
-- Whose an invoice is, held until the transaction ends: a merge that is under way comes first and is seen, a later one waits.
CREATE FUNCTION hold_customer_of(p_shop uuid, p_invoice uuid) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE v_held uuid; v_now uuid;
BEGIN
  LOOP
    SELECT o.customer_id INTO v_now
    FROM invoices i JOIN repair_orders o ON o.shop_id = i.shop_id AND o.id = i.repair_order_id WHERE i.shop_id = p_shop AND i.id = p_invoice;
    EXIT WHEN v_now IS NOT DISTINCT FROM v_held;
    PERFORM FROM customers WHERE shop_id = p_shop AND id = v_now FOR NO KEY UPDATE;
    v_held := v_now;
  END LOOP;
  RETURN v_now;
END $$;

-- Under the customer's lock: two counters together never use more than there is.
CREATE FUNCTION guard_new_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM customers WHERE shop_id = NEW.shop_id AND id = NEW.customer_id FOR NO KEY UPDATE;
  IF NEW.amount < 0
     AND (SELECT coalesce(sum(amount), 0) FROM customer_credits WHERE shop_id = NEW.shop_id AND customer_id = NEW.customer_id) + NEW.amount < 0 THEN
    RAISE EXCEPTION 'there is not that much account credit' USING ERRCODE = '23514', CONSTRAINT = 'customer_credit_short';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_credit BEFORE INSERT ON customer_credits FOR EACH ROW EXECUTE FUNCTION guard_new_credit();
CREATE TRIGGER guard_customer_credits BEFORE UPDATE OR DELETE ON customer_credits FOR EACH ROW EXECUTE FUNCTION guard_append_only();

-- A merge and its undoing move entries: nobody is left with less than nothing.
CREATE FUNCTION guard_moved_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM customer_credits WHERE shop_id = NEW.shop_id AND customer_id IN (OLD.customer_id, NEW.customer_id)
             GROUP BY customer_id HAVING sum(amount) < 0) THEN
    RAISE EXCEPTION 'the account credit was used since' USING ERRCODE = '23514', CONSTRAINT = 'customer_credit_short';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_moved_credit AFTER UPDATE ON customer_credits FOR EACH ROW EXECUTE FUNCTION guard_moved_credit();

-- More than is due is kept only of a check that pays all of it. Fires behind guard_new_payment, which holds the invoice.
CREATE FUNCTION guard_new_payment_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM invoices WHERE shop_id = NEW.shop_id AND id = NEW.invoice_id AND amount_due = NEW.amount) THEN
    RAISE EXCEPTION 'all that is due is paid first' USING ERRCODE = '23514', CONSTRAINT = 'payment_kept_while_due';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_payment_kept BEFORE INSERT ON payments
  FOR EACH ROW WHEN (NEW.kept_as_credit > 0) EXECUTE FUNCTION guard_new_payment_kept();
CREATE TRIGGER guard_payment_credit BEFORE UPDATE ON payments
  FOR EACH ROW WHEN ((NEW.from_credit, NEW.kept_as_credit) IS DISTINCT FROM (OLD.from_credit, OLD.kept_as_credit))
  EXECUTE FUNCTION refuse('payment_immutable', 'a payment cannot change');

-- What was paid by account credit goes back there and nowhere else.
CREATE FUNCTION guard_new_refund_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM payments WHERE shop_id = NEW.shop_id AND id = NEW.payment_id AND from_credit) THEN
    RAISE EXCEPTION 'a refund goes to the tender it came from' USING ERRCODE = '23514', CONSTRAINT = 'refund_same_tender';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_refund_credit BEFORE INSERT ON payment_refunds
  FOR EACH ROW WHEN (NOT NEW.to_credit) EXECUTE FUNCTION guard_new_refund_credit();
`

const effects = String.raw`
CREATE FUNCTION credit_of_payment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO customer_credits (shop_id, customer_id, amount, kind, payment_id, reason, business_date, recorded_by_user_id)
  SELECT NEW.shop_id, hold_customer_of(NEW.shop_id, NEW.invoice_id), CASE WHEN NEW.from_credit THEN -NEW.amount ELSE NEW.kept_as_credit END,
         CASE WHEN NEW.from_credit THEN 'used' ELSE 'overpaid' END, NEW.id,
         CASE WHEN NEW.from_credit THEN 'Paid with account credit' ELSE 'Check over more than was due' END, NEW.business_date, NEW.processed_by_user_id;
  RETURN NULL;
END $$;
CREATE TRIGGER credit_of_payment AFTER INSERT ON payments
  FOR EACH ROW WHEN (NEW.from_credit OR NEW.kept_as_credit > 0) EXECUTE FUNCTION credit_of_payment();

CREATE FUNCTION credit_of_refund() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO customer_credits (shop_id, customer_id, amount, kind, payment_id, refund_id, reason, business_date, recorded_by_user_id, approved_by_user_id)
  SELECT NEW.shop_id, hold_customer_of(NEW.shop_id, NEW.invoice_id), NEW.amount, CASE WHEN p.from_credit THEN 'given_back' ELSE 'credited' END,
         NEW.payment_id, NEW.id, NEW.reason, NEW.business_date, NEW.processed_by_user_id, NEW.approved_by_user_id
  FROM payments p WHERE p.shop_id = NEW.shop_id AND p.id = NEW.payment_id;
  RETURN NULL;
END $$;
CREATE TRIGGER credit_of_refund AFTER INSERT ON payment_refunds
  FOR EACH ROW WHEN (NEW.to_credit) EXECUTE FUNCTION credit_of_refund();

CREATE FUNCTION audit_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_events (shop_id, actor_user_id, approver_user_id, action, entity_type, entity_id, details)
  VALUES (NEW.shop_id, coalesce(current_actor(), NEW.recorded_by_user_id), NEW.approved_by_user_id, 'credit.recorded', 'customer', NEW.customer_id,
          jsonb_build_object('credit_id', NEW.id, 'kind', NEW.kind, 'amount', NEW.amount, 'payment_id', NEW.payment_id, 'refund_id', NEW.refund_id));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_credit AFTER INSERT ON customer_credits FOR EACH ROW EXECUTE FUNCTION audit_credit();

CREATE FUNCTION notify_customer_of_credit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('app.quiet', true) = 'on' THEN RETURN NULL; END IF;
  PERFORM pg_notify('counterbay', c.shop_id || ':customers:' || c.customer_id) FROM (SELECT DISTINCT shop_id, customer_id FROM changed) c;
  RETURN NULL;
END $$;
CREATE TRIGGER notify_customer_credits_insert AFTER INSERT ON customer_credits
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION notify_customer_of_credit();
`

/** @param credit SQL that refuses a pulse for what goes on an account */
const drawer = (credit: string) => String.raw`
CREATE OR REPLACE FUNCTION guard_refund_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM payment_refunds r WHERE r.shop_id = NEW.shop_id AND r.id = NEW.refund_id AND r.payment_id = NEW.payment_id) THEN
    RAISE EXCEPTION 'there is no such refund of this payment' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'print_jobs_refund';
  END IF;
${credit}
  RETURN NEW;
END $$;
`

const noPulse = String.raw`
  IF NEW.kind = 'drawer' AND EXISTS (SELECT FROM payment_refunds r WHERE r.shop_id = NEW.shop_id AND r.id = NEW.refund_id AND r.to_credit) THEN
    RAISE EXCEPTION 'the drawer opens for cash only' USING ERRCODE = 'check_violation', CONSTRAINT = 'print_jobs_drawer_for_cash';
  END IF;`

const security = String.raw`
ALTER TABLE customer_credits ENABLE ROW LEVEL SECURITY;
ALTER TABLE customer_credits FORCE ROW LEVEL SECURITY;
CREATE POLICY shop_isolation_policy ON customer_credits USING (shop_id = NULLIF(current_setting('app.current_shop_id', true), '')::uuid);
DO $do$
BEGIN
  IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('CREATE POLICY owner_policy ON customer_credits TO %I USING (true)', current_user);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT SELECT ON customer_credits TO counterbay_app;
  END IF;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [tables, guards, effects, drawer(noPulse), security]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(drawer(''))
  await knex.raw(String.raw`
    DROP TABLE customer_credits;
    DROP FUNCTION notify_customer_of_credit(), audit_credit(), credit_of_refund(), credit_of_payment(), guard_new_refund_credit(),
      guard_new_payment_kept(), guard_moved_credit(), guard_new_credit(), hold_customer_of(uuid, uuid) CASCADE;
    DROP TRIGGER guard_payment_credit ON payments;
    DROP INDEX idx_payment_refunds_business_date;
    ALTER TABLE payment_refunds
      DROP CONSTRAINT refund_on_record, DROP CONSTRAINT refund_to_credit, DROP CONSTRAINT payment_refunds_shop_id_id_key, DROP COLUMN to_credit;
    ALTER TABLE payment_refunds ADD CONSTRAINT refund_on_record CHECK (
      CASE method WHEN 'cash' THEN true WHEN 'check' THEN present(check_number) ELSE present(reference_number) END);
    CREATE INDEX idx_payment_refunds_business_date ON payment_refunds(shop_id, business_date) INCLUDE (amount, rounding, method);
    DROP INDEX idx_payments_business_date;
    ALTER TABLE payments DROP COLUMN from_credit, DROP COLUMN kept_as_credit;
    CREATE INDEX idx_payments_business_date ON payments(shop_id, business_date) INCLUDE (amount, rounding, method, status);
  `)
}
