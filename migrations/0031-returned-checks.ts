import type { Knex } from 'knex'

/** An older program would take an invoice for paid whose check came back. */
export const breaking = true

// A check that the bank returned stays as it was taken; what comes off is a row of its own, and so is taking that back. face = what the bank
// takes off again, kept credit too; amount = what is due again on the invoice: less where something of it was given back before.
const tables = String.raw`
CREATE TABLE check_returns (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  payment_id UUID NOT NULL,
  invoice_id UUID NOT NULL,
  undoes_id UUID,
  amount DECIMAL(10,2) NOT NULL,
  face DECIMAL(10,2) NOT NULL,
  returned_on DATE NOT NULL,
  reason TEXT NOT NULL CONSTRAINT check_return_reason CHECK (present(reason)),
  business_date DATE NOT NULL,
  recorded_by_user_id UUID,
  approved_by_user_id UUID,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT check_returns_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT check_returns_undone_once_key UNIQUE (shop_id, undoes_id),
  CONSTRAINT check_returns_payment_id_fkey FOREIGN KEY (shop_id, payment_id) REFERENCES payments(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT check_returns_invoice_id_fkey FOREIGN KEY (shop_id, invoice_id) REFERENCES invoices(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT check_returns_undoes_id_fkey FOREIGN KEY (shop_id, undoes_id) REFERENCES check_returns(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT check_returns_business_date_fkey FOREIGN KEY (shop_id, business_date) REFERENCES business_days(shop_id, business_date),
  CONSTRAINT check_returns_recorded_by_user_id_fkey FOREIGN KEY (shop_id, recorded_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (recorded_by_user_id),
  CONSTRAINT check_returns_approved_by_user_id_fkey FOREIGN KEY (shop_id, approved_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (approved_by_user_id),
  CONSTRAINT check_return_amounts CHECK (CASE WHEN undoes_id IS NULL THEN face > 0 AND amount BETWEEN 0 AND face ELSE face < 0 AND amount BETWEEN face AND 0 END),
  CONSTRAINT check_return_two_persons CHECK (approved_by_user_id <> recorded_by_user_id)
);
CREATE INDEX idx_check_returns_payment ON check_returns(payment_id);
CREATE INDEX idx_check_returns_invoice ON check_returns(invoice_id);
CREATE INDEX idx_check_returns_business_date ON check_returns(shop_id, business_date) INCLUDE (face);

ALTER TABLE customer_credits
  ADD COLUMN check_return_id UUID,
  ALTER COLUMN kind TYPE VARCHAR(20),
  ADD CONSTRAINT customer_credits_check_return_id_fkey FOREIGN KEY (shop_id, check_return_id) REFERENCES check_returns(shop_id, id) ON DELETE RESTRICT,
  DROP CONSTRAINT customer_credits_source_key,
  ADD CONSTRAINT customer_credits_source_key UNIQUE NULLS NOT DISTINCT (shop_id, payment_id, refund_id, check_return_id),
  DROP CONSTRAINT customer_credit_kind,
  ADD CONSTRAINT customer_credit_kind CHECK (CASE kind
    WHEN 'credited' THEN amount > 0 AND refund_id IS NOT NULL AND check_return_id IS NULL
    WHEN 'given_back' THEN amount > 0 AND refund_id IS NOT NULL AND check_return_id IS NULL
    WHEN 'overpaid' THEN amount > 0 AND refund_id IS NULL AND check_return_id IS NULL
    WHEN 'used' THEN amount < 0 AND refund_id IS NULL AND check_return_id IS NULL
    WHEN 'check_returned' THEN amount < 0 AND refund_id IS NULL AND check_return_id IS NOT NULL
    WHEN 'check_restored' THEN amount > 0 AND refund_id IS NULL AND check_return_id IS NOT NULL
    ELSE false END);
CREATE INDEX idx_customer_credits_business_date ON customer_credits(shop_id, business_date) INCLUDE (kind, amount);
`

const guards = String.raw`
-- The amounts are the database's: of what the check was over, less what was given back of it. One return at a time is in force.
CREATE FUNCTION guard_new_check_return() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE p payments; i invoices; u check_returns;
BEGIN
  SELECT invoice_id INTO NEW.invoice_id FROM payments WHERE shop_id = NEW.shop_id AND id = NEW.payment_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such payment' USING ERRCODE = '23503', CONSTRAINT = 'check_returns_payment_id_fkey', TABLE = 'check_returns';
  END IF;
  SELECT * INTO i FROM invoices WHERE shop_id = NEW.shop_id AND id = NEW.invoice_id FOR NO KEY UPDATE;
  SELECT * INTO p FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
  IF p.method <> 'check' OR p.status NOT IN ('completed', 'refunded') THEN
    RAISE EXCEPTION 'only a check that was taken can come back' USING ERRCODE = '23514', CONSTRAINT = 'check_return_of_check';
  END IF;
  IF NEW.undoes_id IS NULL THEN
    IF (SELECT coalesce(sum(face), 0) FROM check_returns WHERE payment_id = p.id) <> 0 THEN
      RAISE EXCEPTION 'this check came back already' USING ERRCODE = '23514', CONSTRAINT = 'check_return_once';
    END IF;
    NEW.amount := p.amount - (SELECT coalesce(sum(amount), 0) FROM payment_refunds WHERE payment_id = p.id);
    NEW.face := p.amount + p.kept_as_credit;
  ELSE
    SELECT * INTO u FROM check_returns WHERE shop_id = NEW.shop_id AND id = NEW.undoes_id AND payment_id = p.id AND undoes_id IS NULL;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no such return of this check' USING ERRCODE = '23503', CONSTRAINT = 'check_returns_undoes_id_fkey', TABLE = 'check_returns';
    END IF;
    IF u.amount > 0 AND (i.status = 'void' OR i.amount_due < u.amount) THEN
      RAISE EXCEPTION 'it was settled meanwhile' USING ERRCODE = '23514', CONSTRAINT = 'check_return_settled';
    END IF;
    NEW.amount := -u.amount;
    NEW.face := -u.face;
    NEW.returned_on := u.returned_on;
  END IF;
  NEW.business_date := hold_business_day(NEW.shop_id, CURRENT_TIMESTAMP);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_check_return BEFORE INSERT ON check_returns FOR EACH ROW EXECUTE FUNCTION guard_new_check_return();
CREATE TRIGGER guard_check_returns BEFORE UPDATE OR DELETE ON check_returns FOR EACH ROW EXECUTE FUNCTION guard_append_only();

-- Nothing is given back of a check that came back. Fires behind guard_new_refund, which holds the payment.
CREATE FUNCTION guard_new_refund_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT coalesce(sum(face), 0) FROM check_returns WHERE payment_id = NEW.payment_id) <> 0 THEN
    RAISE EXCEPTION 'the check came back' USING ERRCODE = '23514', CONSTRAINT = 'refund_exceeds_payment';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_refund_return BEFORE INSERT ON payment_refunds
  FOR EACH ROW WHEN (NEW.method = 'check') EXECUTE FUNCTION guard_new_refund_return();
`

/** @param returned SQL of what came back of the invoice q's checks */
const recalc = (returned: string) => String.raw`
CREATE OR REPLACE FUNCTION recalc_invoice(p_invoices uuid[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE invoices i
  SET amount_paid = v.paid,
      credited_total = v.credited,
      status = CASE WHEN i.status = 'draft' THEN 'draft' ELSE invoice_status_for(i.total - v.credited, v.paid, i.status) END,
      paid_date = CASE WHEN i.status <> 'draft' AND v.paid >= i.total - v.credited
                       THEN coalesce(i.paid_date, shop_local_date(i.shop_id, CURRENT_TIMESTAMP)) END
  FROM (
    SELECT q.id,
           coalesce((SELECT sum(p.amount) FROM payments p WHERE p.invoice_id = q.id AND p.status IN ('completed', 'refunded')), 0)
             - coalesce((SELECT sum(r.amount) FROM payment_refunds r WHERE r.invoice_id = q.id), 0)${returned} AS paid,
           coalesce((SELECT sum(n.total) FROM credit_notes n WHERE n.invoice_id = q.id), 0) AS credited
    FROM unnest(p_invoices) AS q(id)) v
  WHERE i.id = v.id AND i.status <> 'void' AND (i.amount_paid <> v.paid OR i.credited_total <> v.credited);
END $$;
`

const effects = String.raw`
CREATE FUNCTION after_check_return() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_customer uuid; v_amount numeric;
BEGIN
  PERFORM recalc_invoice(ARRAY[NEW.invoice_id]);
  INSERT INTO audit_events (shop_id, actor_user_id, approver_user_id, action, entity_type, entity_id, details)
  VALUES (NEW.shop_id, coalesce(current_actor(), NEW.recorded_by_user_id), NEW.approved_by_user_id,
          CASE WHEN NEW.undoes_id IS NULL THEN 'check.returned' ELSE 'check.return_undone' END, 'check_return', NEW.id,
          jsonb_build_object('payment_id', NEW.payment_id, 'invoice_id', NEW.invoice_id, 'undoes_id', NEW.undoes_id, 'amount', NEW.amount,
                             'face', NEW.face, 'returned_on', NEW.returned_on, 'reason', NEW.reason));
  IF NOT EXISTS (SELECT FROM payments WHERE id = NEW.payment_id AND kept_as_credit > 0) THEN RETURN NULL; END IF;
  -- What was kept of the check goes with it, as far as it is still there.
  v_customer := hold_customer_of(NEW.shop_id, NEW.invoice_id);
  SELECT CASE WHEN NEW.undoes_id IS NULL
              THEN -least(p.kept_as_credit, (SELECT sum(amount) FROM customer_credits WHERE shop_id = NEW.shop_id AND customer_id = v_customer))
              ELSE -(SELECT amount FROM customer_credits WHERE shop_id = NEW.shop_id AND check_return_id = NEW.undoes_id) END
  INTO v_amount FROM payments p WHERE p.id = NEW.payment_id;
  IF coalesce(v_amount, 0) = 0 THEN RETURN NULL; END IF;
  INSERT INTO customer_credits (shop_id, customer_id, amount, kind, payment_id, check_return_id, reason, business_date, recorded_by_user_id, approved_by_user_id)
  VALUES (NEW.shop_id, v_customer, v_amount, CASE WHEN NEW.undoes_id IS NULL THEN 'check_returned' ELSE 'check_restored' END, NEW.payment_id, NEW.id,
          NEW.reason, NEW.business_date, NEW.recorded_by_user_id, NEW.approved_by_user_id);
  RETURN NULL;
END $$;
CREATE TRIGGER after_check_return AFTER INSERT ON check_returns FOR EACH ROW EXECUTE FUNCTION after_check_return();
CREATE TRIGGER notify_check_returns_insert AFTER INSERT ON check_returns
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION notify_order_of_payment();
`

const security = String.raw`
ALTER TABLE check_returns ENABLE ROW LEVEL SECURITY;
ALTER TABLE check_returns FORCE ROW LEVEL SECURITY;
CREATE POLICY shop_isolation_policy ON check_returns USING (shop_id = NULLIF(current_setting('app.current_shop_id', true), '')::uuid);
DO $do$
BEGIN
  IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('CREATE POLICY owner_policy ON check_returns TO %I USING (true)', current_user);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT SELECT, INSERT ON check_returns TO counterbay_app;
  END IF;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  const returned = `\n             - coalesce((SELECT sum(b.amount) FROM check_returns b WHERE b.invoice_id = q.id), 0)`
  for (const part of [tables, guards, recalc(returned), effects, security]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(recalc(''))
  await knex.raw(String.raw`
    DROP INDEX idx_customer_credits_business_date;
    ALTER TABLE customer_credits
      DROP CONSTRAINT customer_credit_kind, DROP CONSTRAINT customer_credits_source_key, DROP COLUMN check_return_id,
      ALTER COLUMN kind TYPE VARCHAR(10),
      ADD CONSTRAINT customer_credits_source_key UNIQUE NULLS NOT DISTINCT (shop_id, payment_id, refund_id),
      ADD CONSTRAINT customer_credit_kind CHECK (CASE kind
        WHEN 'credited' THEN amount > 0 AND refund_id IS NOT NULL
        WHEN 'given_back' THEN amount > 0 AND refund_id IS NOT NULL
        WHEN 'overpaid' THEN amount > 0 AND refund_id IS NULL
        WHEN 'used' THEN amount < 0 AND refund_id IS NULL
        ELSE false END);
    DROP TABLE check_returns;
    DROP FUNCTION after_check_return(), guard_new_refund_return(), guard_new_check_return() CASCADE;
  `)
}
