import type { Knex } from 'knex'
import { after, before, invoiceRules, paymentRules } from './rules-of-0021'

/** An older program would take what was credited for still due. */
export const breaking = true

const tables = String.raw`
ALTER TABLE payments ADD CONSTRAINT payments_shop_id_id_key UNIQUE (shop_id, id);

CREATE TABLE credit_notes (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  invoice_id UUID NOT NULL,
  credit_number VARCHAR(50) NOT NULL,
  kind VARCHAR(10) NOT NULL CONSTRAINT credit_note_kind CHECK (kind IN ('return', 'amount')),
  subtotal DECIMAL(10,2) NOT NULL,
  discount DECIMAL(10,2) NOT NULL,
  tax DECIMAL(10,2) NOT NULL,
  total DECIMAL(10,2) NOT NULL,
  reason TEXT NOT NULL CONSTRAINT credit_note_reason CHECK (present(reason)),
  snapshot JSONB NOT NULL,
  snapshot_hash TEXT NOT NULL,
  issue_date DATE NOT NULL,
  created_by_user_id UUID,
  approved_by_user_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT credit_notes_shop_id_credit_number_key UNIQUE (shop_id, credit_number),
  CONSTRAINT credit_notes_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT credit_notes_invoice_id_fkey FOREIGN KEY (shop_id, invoice_id) REFERENCES invoices(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT credit_notes_created_by_user_id_fkey FOREIGN KEY (shop_id, created_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (created_by_user_id),
  CONSTRAINT credit_notes_approved_by_user_id_fkey FOREIGN KEY (shop_id, approved_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (approved_by_user_id),
  CONSTRAINT credit_note_totals_consistent CHECK (total = subtotal - discount + tax AND total > 0 AND tax BETWEEN 0 AND total AND discount >= 0),
  CONSTRAINT credit_note_two_persons CHECK (approved_by_user_id <> created_by_user_id)
);
CREATE INDEX idx_credit_notes_invoice ON credit_notes(invoice_id);

-- A line of the invoice is named by its place in the frozen document: the order's own lines may change once that is void.
CREATE TABLE credit_note_lines (
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  credit_note_id UUID NOT NULL,
  line_no INT NOT NULL CONSTRAINT credit_line_no CHECK (line_no >= 0),
  quantity DECIMAL(10,2) NOT NULL CONSTRAINT credit_line_quantity CHECK (quantity > 0),
  amount DECIMAL(10,2) NOT NULL CONSTRAINT credit_line_amount CHECK (amount >= 0),
  restocked BOOLEAN NOT NULL DEFAULT false,
  PRIMARY KEY (shop_id, credit_note_id, line_no),
  CONSTRAINT credit_note_lines_credit_note_id_fkey FOREIGN KEY (shop_id, credit_note_id) REFERENCES credit_notes(shop_id, id) ON DELETE RESTRICT
);

-- amount = what is taken off the payment = what is handed back + rounding, as with payments.
CREATE TABLE payment_refunds (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  payment_id UUID NOT NULL,
  invoice_id UUID NOT NULL,
  credit_note_id UUID,
  amount DECIMAL(10,2) NOT NULL CONSTRAINT refund_positive CHECK (amount > 0),
  rounding DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  tax_amount DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  method payment_method NOT NULL,
  reason TEXT NOT NULL CONSTRAINT refund_reason CHECK (present(reason)),
  reference_number VARCHAR(100),
  check_number VARCHAR(50),
  business_date DATE NOT NULL,
  processed_by_user_id UUID,
  approved_by_user_id UUID,
  processed_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT payment_refunds_payment_id_fkey FOREIGN KEY (shop_id, payment_id) REFERENCES payments(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT payment_refunds_invoice_id_fkey FOREIGN KEY (shop_id, invoice_id) REFERENCES invoices(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT payment_refunds_credit_note_id_fkey FOREIGN KEY (shop_id, credit_note_id) REFERENCES credit_notes(shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT payment_refunds_business_date_fkey FOREIGN KEY (shop_id, business_date) REFERENCES business_days(shop_id, business_date),
  CONSTRAINT payment_refunds_processed_by_user_id_fkey FOREIGN KEY (shop_id, processed_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (processed_by_user_id),
  CONSTRAINT payment_refunds_approved_by_user_id_fkey FOREIGN KEY (shop_id, approved_by_user_id) REFERENCES users(shop_id, id)
    ON DELETE SET NULL (approved_by_user_id),
  CONSTRAINT refund_tax_within_amount CHECK (tax_amount BETWEEN 0 AND amount),
  CONSTRAINT refund_rounding CHECK (rounding = 0 OR (method = 'cash' AND rounding <= amount AND mod(amount - rounding, 0.05) = 0)),
  CONSTRAINT refund_on_record CHECK (CASE method WHEN 'cash' THEN true WHEN 'check' THEN present(check_number) ELSE present(reference_number) END),
  CONSTRAINT refund_two_persons CHECK (approved_by_user_id <> processed_by_user_id)
);
CREATE INDEX idx_payment_refunds_payment ON payment_refunds(payment_id);
CREATE INDEX idx_payment_refunds_invoice ON payment_refunds(invoice_id);
CREATE INDEX idx_payment_refunds_business_date ON payment_refunds(shop_id, business_date) INCLUDE (amount, rounding, method);
`

const balance = String.raw`
ALTER TABLE invoices ADD COLUMN credited_total DECIMAL(10,2) NOT NULL DEFAULT 0.00;
ALTER TABLE invoices DROP CONSTRAINT amount_due_calculation;
ALTER TABLE invoices DROP COLUMN amount_due;
ALTER TABLE invoices ADD COLUMN amount_due DECIMAL(10,2) NOT NULL GENERATED ALWAYS AS (total - credited_total - amount_paid) STORED;
ALTER TABLE invoices
  ADD CONSTRAINT amount_due_calculation CHECK (amount_due = total - credited_total - amount_paid),
  ADD CONSTRAINT invoice_not_overcredited CHECK (credited_total BETWEEN 0 AND total);
`

const balanceBefore = String.raw`
ALTER TABLE invoices DROP CONSTRAINT amount_due_calculation;
ALTER TABLE invoices DROP COLUMN amount_due;
ALTER TABLE invoices DROP COLUMN credited_total;
ALTER TABLE invoices ADD COLUMN amount_due DECIMAL(10,2) NOT NULL GENERATED ALWAYS AS (total - amount_paid) STORED;
ALTER TABLE invoices ADD CONSTRAINT amount_due_calculation CHECK (amount_due = total - amount_paid);
`

const numbers = (creditNotes: string) => String.raw`
CREATE OR REPLACE FUNCTION next_shop_number(p_shop uuid, p_kind text) RETURNS text LANGUAGE sql VOLATILE
BEGIN ATOMIC
  INSERT INTO shop_counters AS c (shop_id, counter, next_value) VALUES (p_shop, p_kind, 2)
  ON CONFLICT (shop_id, counter) DO UPDATE SET next_value = c.next_value + 1
  RETURNING CASE p_kind WHEN 'ro' THEN 'RO-' WHEN 'invoice' THEN 'INV-' ${creditNotes} ELSE upper(p_kind) || '-' END
    || lpad((next_value - 1)::text, greatest(6, length((next_value - 1)::text)), '0');
END;
`

const guards = String.raw`
-- What is given back goes the way it came, under the locks of the invoice and of the payment: two counters together never exceed it.
CREATE FUNCTION guard_new_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE p payments;
BEGIN
  SELECT invoice_id INTO NEW.invoice_id FROM payments WHERE shop_id = NEW.shop_id AND id = NEW.payment_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such payment' USING ERRCODE = '23503', CONSTRAINT = 'payment_refunds_payment_id_fkey', TABLE = 'payment_refunds';
  END IF;
  PERFORM FROM invoices WHERE shop_id = NEW.shop_id AND id = NEW.invoice_id AND status NOT IN ('draft', 'void') FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the invoice is void' USING ERRCODE = '23514', CONSTRAINT = 'payment_on_void_invoice';
  END IF;
  SELECT * INTO p FROM payments WHERE id = NEW.payment_id FOR NO KEY UPDATE;
  IF p.status NOT IN ('completed', 'refunded') THEN
    RAISE EXCEPTION 'only money that was received can be given back' USING ERRCODE = '23514', CONSTRAINT = 'refund_of_uncompleted';
  END IF;
  IF NEW.method <> p.method THEN
    RAISE EXCEPTION 'a refund goes to the tender it came from' USING ERRCODE = '23514', CONSTRAINT = 'refund_same_tender';
  END IF;
  IF coalesce((SELECT sum(amount) FROM payment_refunds WHERE payment_id = p.id), 0) + NEW.amount > p.amount THEN
    RAISE EXCEPTION 'the refunds would exceed the payment' USING ERRCODE = '23514', CONSTRAINT = 'refund_exceeds_payment';
  END IF;
  IF NEW.credit_note_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM credit_notes WHERE shop_id = NEW.shop_id AND id = NEW.credit_note_id AND invoice_id = NEW.invoice_id) THEN
    RAISE EXCEPTION 'the credit note is of another invoice' USING ERRCODE = '23514', CONSTRAINT = 'refund_of_its_invoice';
  END IF;
  NEW.business_date := hold_business_day(NEW.shop_id, NEW.processed_at);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_refund BEFORE INSERT ON payment_refunds FOR EACH ROW EXECUTE FUNCTION guard_new_refund();

CREATE FUNCTION guard_new_credit_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE i invoices; v_total numeric; v_tax numeric;
BEGIN
  SELECT * INTO i FROM invoices WHERE shop_id = NEW.shop_id AND id = NEW.invoice_id FOR NO KEY UPDATE;
  IF NOT FOUND OR i.status IN ('draft', 'void') THEN
    RAISE EXCEPTION 'only an invoice that stands can be credited' USING ERRCODE = '23514', CONSTRAINT = 'payment_on_void_invoice';
  END IF;
  SELECT coalesce(sum(total), 0) + NEW.total, coalesce(sum(tax), 0) + NEW.tax INTO v_total, v_tax FROM credit_notes WHERE invoice_id = i.id;
  IF v_total > i.total OR v_tax > i.tax OR v_total - v_tax > i.total - i.tax THEN
    RAISE EXCEPTION 'the credits would exceed the invoice' USING ERRCODE = '23514', CONSTRAINT = 'invoice_not_overcredited';
  END IF;
  NEW.issue_date := shop_local_date(NEW.shop_id, CURRENT_TIMESTAMP);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_credit_note BEFORE INSERT ON credit_notes FOR EACH ROW EXECUTE FUNCTION guard_new_credit_note();

CREATE FUNCTION guard_new_credit_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE i invoices; v_line jsonb;
BEGIN
  SELECT v.* INTO i FROM invoices v JOIN credit_notes n ON n.shop_id = v.shop_id AND n.invoice_id = v.id
  WHERE n.shop_id = NEW.shop_id AND n.id = NEW.credit_note_id FOR NO KEY UPDATE OF v;
  v_line := jsonb_path_query_array(i.snapshot, '$.jobs[*].lines[*]') -> NEW.line_no;
  IF v_line IS NULL OR v_line ->> 'type' = 'discount'
     OR (hundredths(NEW.quantity) + coalesce((SELECT sum(hundredths(l.quantity)) FROM credit_note_lines l
           JOIN credit_notes n ON n.shop_id = l.shop_id AND n.id = l.credit_note_id
           WHERE n.invoice_id = i.id AND l.line_no = NEW.line_no), 0) <= (v_line ->> 'quantityHundredths')::bigint) IS NOT TRUE THEN
    RAISE EXCEPTION 'more of a line is credited than was billed' USING ERRCODE = '23514', CONSTRAINT = 'credit_line_billed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_credit_line BEFORE INSERT ON credit_note_lines FOR EACH ROW EXECUTE FUNCTION guard_new_credit_line();

-- Asked when the transaction ends: whatever a credit leaves the shop owing is given back in the same transaction, and nothing beyond it,
-- unless the invoice is void then.
CREATE FUNCTION check_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM invoices
  WHERE id = NEW.invoice_id AND status <> 'void' AND (amount_due < 0 OR (TG_TABLE_NAME = 'payment_refunds' AND amount_due > 0));
  IF FOUND THEN
    RAISE EXCEPTION 'what is given back is not what is owed' USING ERRCODE = '23514', CONSTRAINT = 'refund_settles', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER check_settled AFTER INSERT ON payment_refunds DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_settled();
CREATE CONSTRAINT TRIGGER check_settled AFTER INSERT ON credit_notes DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION check_settled();

CREATE TRIGGER guard_payment_refunds BEFORE UPDATE OR DELETE ON payment_refunds FOR EACH ROW EXECUTE FUNCTION guard_append_only();
CREATE TRIGGER guard_credit_notes BEFORE UPDATE OR DELETE ON credit_notes FOR EACH ROW EXECUTE FUNCTION guard_append_only();
CREATE TRIGGER guard_credit_note_lines BEFORE UPDATE OR DELETE ON credit_note_lines FOR EACH ROW EXECUTE FUNCTION guard_append_only();
`

const effects = String.raw`
CREATE FUNCTION after_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE payments p SET status = 'refunded', refunded_at = CURRENT_TIMESTAMP
  WHERE p.id IN (SELECT payment_id FROM new_rows) AND p.status = 'completed'
    AND p.amount = (SELECT sum(r.amount) FROM payment_refunds r WHERE r.payment_id = p.id);
  PERFORM recalc_invoice((SELECT array_agg(DISTINCT invoice_id) FROM new_rows));
  INSERT INTO audit_events (shop_id, actor_user_id, approver_user_id, action, entity_type, entity_id, details)
  SELECT n.shop_id, coalesce(current_actor(), n.processed_by_user_id), n.approved_by_user_id, 'refund.recorded', 'payment_refund', n.id,
         jsonb_build_object('invoice_id', n.invoice_id, 'payment_id', n.payment_id, 'amount', n.amount, 'rounding', n.rounding,
                            'method', n.method, 'reason', n.reason, 'business_date', n.business_date)
  FROM new_rows n;
  RETURN NULL;
END $$;
CREATE TRIGGER after_refund AFTER INSERT ON payment_refunds
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION after_refund();

CREATE FUNCTION after_credit_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM recalc_invoice((SELECT array_agg(DISTINCT invoice_id) FROM new_rows));
  INSERT INTO audit_events (shop_id, actor_user_id, approver_user_id, action, entity_type, entity_id, details)
  SELECT n.shop_id, coalesce(current_actor(), n.created_by_user_id), n.approved_by_user_id, 'invoice.credited', 'credit_note', n.id,
         jsonb_build_object('invoice_id', n.invoice_id, 'credit_number', n.credit_number, 'kind', n.kind, 'total', n.total, 'reason', n.reason)
  FROM new_rows n;
  RETURN NULL;
END $$;
CREATE TRIGGER after_credit_note AFTER INSERT ON credit_notes
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION after_credit_note();
`

const security = String.raw`
DO $do$
DECLARE v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['credit_notes', 'credit_note_lines', 'payment_refunds'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format('CREATE POLICY shop_isolation_policy ON %I USING (shop_id = NULLIF(current_setting(''app.current_shop_id'', true), '''')::uuid)', v_table);
    IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
      EXECUTE format('CREATE POLICY owner_policy ON %I TO %I USING (true)', v_table, current_user);
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
      EXECUTE format('GRANT SELECT, INSERT ON %I TO counterbay_app', v_table);
    END IF;
  END LOOP;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
  await knex.raw(balance)
  await knex.raw(numbers(`WHEN 'credit_note' THEN 'CN-'`))
  await knex.raw(invoiceRules(after))
  await knex.raw(paymentRules(after))
  for (const part of [guards, effects, security]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TABLE payment_refunds;
    DROP TABLE credit_note_lines;
    DROP TABLE credit_notes;
    DROP FUNCTION guard_new_refund();
    DROP FUNCTION guard_new_credit_note();
    DROP FUNCTION guard_new_credit_line();
    DROP FUNCTION check_settled();
    DROP FUNCTION after_refund();
    DROP FUNCTION after_credit_note();
    ALTER TABLE payments DROP CONSTRAINT payments_shop_id_id_key;
  `)
  await knex.raw(invoiceRules(before))
  await knex.raw(paymentRules(before))
  await knex.raw(numbers(''))
  await knex.raw(balanceBefore)
}
