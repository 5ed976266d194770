import type { Knex } from 'knex'

/** An older program would leave a pay-out of account credit out of the day's figures. */
export const breaking = true

// What is paid out of an account comes from no payment: it has a row of its own. amount = what is taken off the account = what is handed
// over + rounding, as with refunds.
const tables = String.raw`
CREATE TABLE credit_payouts (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  customer_id UUID NOT NULL,
  amount DECIMAL(10,2) NOT NULL CONSTRAINT credit_payout_positive CHECK (amount > 0),
  rounding DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  method payment_method NOT NULL CONSTRAINT credit_payout_method CHECK (method NOT IN ('financing', 'other')),
  reason TEXT NOT NULL CONSTRAINT credit_payout_reason CHECK (present(reason)),
  reference_number VARCHAR(100),
  check_number VARCHAR(50),
  business_date DATE NOT NULL,
  processed_by_user_id UUID,
  approved_by_user_id UUID,
  processed_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT credit_payouts_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT credit_payouts_customer_id_fkey FOREIGN KEY (shop_id, customer_id) REFERENCES customers(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT credit_payouts_business_date_fkey FOREIGN KEY (shop_id, business_date) REFERENCES business_days(shop_id, business_date),
  CONSTRAINT credit_payouts_processed_by_user_id_fkey FOREIGN KEY (shop_id, processed_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (processed_by_user_id),
  CONSTRAINT credit_payouts_approved_by_user_id_fkey FOREIGN KEY (shop_id, approved_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (approved_by_user_id),
  CONSTRAINT credit_payout_rounding CHECK (rounding = 0 OR (method = 'cash' AND rounding <= amount AND mod(amount - rounding, 0.05) = 0)),
  CONSTRAINT credit_payout_on_record CHECK (
    CASE method WHEN 'cash' THEN true WHEN 'check' THEN present(check_number) ELSE present(reference_number) END),
  CONSTRAINT credit_payout_two_persons CHECK (approved_by_user_id <> processed_by_user_id)
);
CREATE INDEX idx_credit_payouts_customer ON credit_payouts(customer_id);
CREATE INDEX idx_credit_payouts_business_date ON credit_payouts(shop_id, business_date) INCLUDE (amount, rounding, method);
`

const entries = String.raw`
ALTER TABLE customer_credits
  ALTER COLUMN payment_id DROP NOT NULL,
  ADD COLUMN payout_id UUID,
  ADD CONSTRAINT customer_credits_payout_id_fkey FOREIGN KEY (shop_id, payout_id) REFERENCES credit_payouts(shop_id, id) ON DELETE RESTRICT,
  ADD CONSTRAINT customer_credit_source CHECK (num_nonnulls(payment_id, payout_id) = 1),
  DROP CONSTRAINT customer_credits_source_key,
  ADD CONSTRAINT customer_credits_source_key UNIQUE NULLS NOT DISTINCT (shop_id, payment_id, refund_id, check_return_id, payout_id),
  DROP CONSTRAINT customer_credit_kind,
  ADD CONSTRAINT customer_credit_kind CHECK (CASE kind
    WHEN 'credited' THEN amount > 0 AND refund_id IS NOT NULL AND check_return_id IS NULL
    WHEN 'given_back' THEN amount > 0 AND refund_id IS NOT NULL AND check_return_id IS NULL
    WHEN 'overpaid' THEN amount > 0 AND refund_id IS NULL AND check_return_id IS NULL
    WHEN 'used' THEN amount < 0 AND refund_id IS NULL AND check_return_id IS NULL
    WHEN 'check_returned' THEN amount < 0 AND refund_id IS NULL AND check_return_id IS NOT NULL
    WHEN 'check_restored' THEN amount > 0 AND refund_id IS NULL AND check_return_id IS NOT NULL
    WHEN 'paid_out' THEN amount < 0 AND refund_id IS NULL AND check_return_id IS NULL AND payout_id IS NOT NULL
    ELSE false END);
`

const rules = String.raw`
-- Under the customer's lock; the entry that follows is refused where there is not that much.
CREATE FUNCTION guard_new_payout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM customers WHERE shop_id = NEW.shop_id AND id = NEW.customer_id FOR NO KEY UPDATE;
  NEW.business_date := hold_business_day(NEW.shop_id, NEW.processed_at);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_payout BEFORE INSERT ON credit_payouts FOR EACH ROW EXECUTE FUNCTION guard_new_payout();
CREATE TRIGGER guard_credit_payouts BEFORE UPDATE OR DELETE ON credit_payouts FOR EACH ROW EXECUTE FUNCTION guard_append_only();

CREATE FUNCTION credit_of_payout() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO customer_credits (shop_id, customer_id, amount, kind, payout_id, reason, business_date, recorded_by_user_id, approved_by_user_id)
  VALUES (NEW.shop_id, NEW.customer_id, -NEW.amount, 'paid_out', NEW.id, NEW.reason, NEW.business_date, NEW.processed_by_user_id, NEW.approved_by_user_id);
  INSERT INTO audit_events (shop_id, actor_user_id, approver_user_id, action, entity_type, entity_id, details)
  VALUES (NEW.shop_id, coalesce(current_actor(), NEW.processed_by_user_id), NEW.approved_by_user_id, 'credit.paid_out', 'credit_payout', NEW.id,
          jsonb_build_object('customer_id', NEW.customer_id, 'amount', NEW.amount, 'rounding', NEW.rounding, 'method', NEW.method, 'reason', NEW.reason));
  RETURN NULL;
END $$;
CREATE TRIGGER credit_of_payout AFTER INSERT ON credit_payouts FOR EACH ROW EXECUTE FUNCTION credit_of_payout();
`

/** @param payout SQL of how a job's pay-out was paid; @param columns whose change is guarded */
const drawer = (method: string, columns: string) => String.raw`
CREATE OR REPLACE FUNCTION guard_print_job() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_method payment_method := ${method};
BEGIN
  IF v_method IS NULL THEN
    RAISE EXCEPTION 'there is no such payment' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'print_jobs_payment';
  END IF;
  IF NEW.kind = 'drawer' AND v_method <> 'cash' THEN
    RAISE EXCEPTION 'the drawer opens for cash only' USING ERRCODE = 'check_violation', CONSTRAINT = 'print_jobs_drawer_for_cash';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER guard_print_job ON print_jobs;
CREATE TRIGGER guard_print_job BEFORE INSERT OR UPDATE OF ${columns} ON print_jobs FOR EACH ROW EXECUTE FUNCTION guard_print_job();
`

const ofPayment = `(SELECT p.method FROM payments p WHERE p.shop_id = NEW.shop_id AND p.id = NEW.payment_id)`
const ofEither = `coalesce(${ofPayment}, (SELECT o.method FROM credit_payouts o WHERE o.shop_id = NEW.shop_id AND o.id = NEW.payout_id))`

// A pay-out has a receipt and, in cash, a pulse of its own, like a payment.
const jobs = String.raw`
ALTER TABLE print_jobs
  ALTER COLUMN payment_id DROP NOT NULL,
  ADD COLUMN payout_id UUID,
  ADD CONSTRAINT print_jobs_about_one CHECK (num_nonnulls(payment_id, payout_id) = 1);
DROP INDEX print_jobs_first_key;
CREATE UNIQUE INDEX print_jobs_first_key ON print_jobs (shop_id, payment_id, refund_id, payout_id, kind) NULLS NOT DISTINCT WHERE NOT is_copy;
CREATE INDEX idx_print_jobs_payout ON print_jobs (shop_id, payout_id) WHERE payout_id IS NOT NULL;
${drawer(ofEither, 'shop_id, kind, payment_id, payout_id')}
`

const security = String.raw`
ALTER TABLE credit_payouts ENABLE ROW LEVEL SECURITY;
ALTER TABLE credit_payouts FORCE ROW LEVEL SECURITY;
CREATE POLICY shop_isolation_policy ON credit_payouts USING (shop_id = NULLIF(current_setting('app.current_shop_id', true), '')::uuid);
DO $do$
BEGIN
  IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('CREATE POLICY owner_policy ON credit_payouts TO %I USING (true)', current_user);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT SELECT, INSERT ON credit_payouts TO counterbay_app;
  END IF;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [tables, entries, rules, jobs, security]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(drawer(ofPayment, 'shop_id, kind, payment_id'))
  await knex.raw(String.raw`
    DELETE FROM print_jobs WHERE payout_id IS NOT NULL;
    DROP INDEX print_jobs_first_key;
    ALTER TABLE print_jobs DROP COLUMN payout_id, ALTER COLUMN payment_id SET NOT NULL;
    CREATE UNIQUE INDEX print_jobs_first_key ON print_jobs (shop_id, payment_id, refund_id, kind) NULLS NOT DISTINCT WHERE NOT is_copy;
    ALTER TABLE customer_credits
      DROP CONSTRAINT customer_credit_kind, DROP CONSTRAINT customer_credits_source_key, DROP COLUMN payout_id,
      ALTER COLUMN payment_id SET NOT NULL,
      ADD CONSTRAINT customer_credits_source_key UNIQUE NULLS NOT DISTINCT (shop_id, payment_id, refund_id, check_return_id),
      ADD CONSTRAINT customer_credit_kind CHECK (CASE kind
        WHEN 'credited' THEN amount > 0 AND refund_id IS NOT NULL AND check_return_id IS NULL
        WHEN 'given_back' THEN amount > 0 AND refund_id IS NOT NULL AND check_return_id IS NULL
        WHEN 'overpaid' THEN amount > 0 AND refund_id IS NULL AND check_return_id IS NULL
        WHEN 'used' THEN amount < 0 AND refund_id IS NULL AND check_return_id IS NULL
        WHEN 'check_returned' THEN amount < 0 AND refund_id IS NULL AND check_return_id IS NOT NULL
        WHEN 'check_restored' THEN amount > 0 AND refund_id IS NULL AND check_return_id IS NOT NULL
        ELSE false END);
    DROP TABLE credit_payouts;
    DROP FUNCTION credit_of_payout(), guard_new_payout();
  `)
}
