import type { Knex } from 'knex'

export const breaking = false

const issue = String.raw`
-- What must be true at the moment an invoice leaves draft. The order's lock holds its lines still until the invoice stands.
CREATE FUNCTION check_invoice_issue(i invoices) RETURNS void LANGUAGE plpgsql AS $$
DECLARE o repair_orders;
BEGIN
  SELECT * INTO o FROM repair_orders WHERE shop_id = i.shop_id AND id = i.repair_order_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF; -- the foreign key reports it
  IF o.status NOT IN ('completed', 'closed') THEN
    RAISE EXCEPTION 'the order is not completed' USING ERRCODE = '23514', CONSTRAINT = 'invoice_order_not_completed';
  END IF;
  IF EXISTS (SELECT FROM line_items WHERE repair_order_id = o.id AND status = 'quoted') THEN
    RAISE EXCEPTION 'lines are still only quoted: approve or decline them' USING ERRCODE = '23514', CONSTRAINT = 'ro_lines_undecided';
  END IF;
  IF o.total > o.authorized_total OR ro_has_unauthorized_work(o.id) THEN
    RAISE EXCEPTION 'the bill is not what the customer authorized' USING ERRCODE = '23514', CONSTRAINT = 'ro_unauthorized';
  END IF;
  IF (i.labor_total, i.parts_total, i.fees_total, i.subtotal, i.tax, i.discount, i.total, i.tax_rate)
     IS DISTINCT FROM (o.labor_total, o.parts_total, o.fees_total, o.subtotal, o.tax, o.discount, o.total, o.tax_rate) THEN
    RAISE EXCEPTION 'the invoice differs from its order' USING ERRCODE = '23514', CONSTRAINT = 'invoice_amounts_match_order';
  END IF;
END $$;
`

const invoices = String.raw`
CREATE FUNCTION invoice_status_for(p_total numeric, p_paid numeric, p_asked invoice_status) RETURNS invoice_status
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_paid = p_total THEN 'paid' WHEN p_paid > 0 THEN 'partial'
            WHEN p_asked = 'overdue' THEN 'overdue' ELSE 'sent' END::invoice_status;

CREATE FUNCTION guard_new_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'void' THEN
    RAISE EXCEPTION 'an invoice is not born void' USING ERRCODE = '23514', CONSTRAINT = 'invoice_status_fits_amounts';
  END IF;
  IF NEW.amount_paid <> 0 THEN
    RAISE EXCEPTION 'amount_paid follows the payments' USING ERRCODE = '23514', CONSTRAINT = 'invoice_amount_paid_derived';
  END IF;
  NEW.issue_date := coalesce(shop_local_date(NEW.shop_id, CURRENT_TIMESTAMP), NEW.issue_date);
  IF NEW.status <> 'draft' THEN
    PERFORM check_invoice_issue(NEW);
    NEW.issued_at := CURRENT_TIMESTAMP;
    NEW.status := invoice_status_for(NEW.total, 0, NEW.status);
    NEW.paid_date := CASE WHEN NEW.status = 'paid' THEN NEW.issue_date END;
  END IF;
  IF NEW.invoice_number IS NULL OR NEW.invoice_number = '' THEN
    NEW.invoice_number := next_shop_number(NEW.shop_id, 'invoice');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_invoice BEFORE INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION guard_new_invoice();

CREATE FUNCTION guard_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.shop_id, NEW.repair_order_id, NEW.invoice_number) IS DISTINCT FROM (OLD.id, OLD.shop_id, OLD.repair_order_id, OLD.invoice_number) THEN
    RAISE EXCEPTION 'an invoice keeps its number and order' USING ERRCODE = '23514', CONSTRAINT = 'invoice_immutable';
  END IF;
  IF OLD.status <> 'draft' AND (
       (NEW.issue_date, NEW.issued_at, NEW.labor_total, NEW.parts_total, NEW.fees_total, NEW.subtotal, NEW.tax, NEW.discount, NEW.total,
        NEW.tax_rate, NEW.snapshot_hash, NEW.snapshot)
       IS DISTINCT FROM
       (OLD.issue_date, OLD.issued_at, OLD.labor_total, OLD.parts_total, OLD.fees_total, OLD.subtotal, OLD.tax, OLD.discount, OLD.total,
        OLD.tax_rate, OLD.snapshot_hash, OLD.snapshot)
       OR NEW.status = 'draft'
       OR (OLD.status = 'void' AND (NEW.status, NEW.void_reason, NEW.voided_at) IS DISTINCT FROM (OLD.status, OLD.void_reason, OLD.voided_at))) THEN
    RAISE EXCEPTION 'an issued invoice cannot change: void it and issue another' USING ERRCODE = '23514', CONSTRAINT = 'invoice_immutable';
  END IF;
  IF NEW.amount_paid <> OLD.amount_paid AND pg_trigger_depth() = 1 THEN
    RAISE EXCEPTION 'amount_paid follows the payments' USING ERRCODE = '23514', CONSTRAINT = 'invoice_amount_paid_derived';
  END IF;
  IF NEW.status = 'void' THEN
    IF NEW.amount_paid <> 0 THEN
      RAISE EXCEPTION 'refund the payments before voiding' USING ERRCODE = '23514', CONSTRAINT = 'invoice_void_paid';
    END IF;
    IF OLD.status <> 'void' THEN
      NEW.paid_date := NULL; -- an invoice over nothing was paid when it was issued
      NEW.voided_at := CURRENT_TIMESTAMP;
      NEW.voided_by_user_id := coalesce(NEW.voided_by_user_id, current_actor());
    END IF;
  ELSIF OLD.status = 'draft' AND NEW.status <> 'draft' THEN
    PERFORM check_invoice_issue(NEW);
    NEW.issued_at := CURRENT_TIMESTAMP;
    NEW.issue_date := shop_local_date(NEW.shop_id, CURRENT_TIMESTAMP);
    NEW.status := invoice_status_for(NEW.total, NEW.amount_paid, NEW.status);
    NEW.paid_date := CASE WHEN NEW.status = 'paid' THEN NEW.issue_date END;
  ELSIF NEW.status <> 'draft' AND NEW.status <> invoice_status_for(NEW.total, NEW.amount_paid, NEW.status) THEN
    RAISE EXCEPTION 'invoice status % does not fit % paid of %', NEW.status, NEW.amount_paid, NEW.total
      USING ERRCODE = '23514', CONSTRAINT = 'invoice_status_fits_amounts';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_invoice BEFORE UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION guard_invoice();

-- Drafts stay too: their numbers were given out, and a number that vanishes is the first thing an auditor asks about.
CREATE FUNCTION guard_invoice_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT shop_exists(OLD.shop_id) THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'an invoice is voided, never deleted' USING ERRCODE = '23514', CONSTRAINT = 'invoice_immutable';
END $$;
CREATE TRIGGER guard_invoice_delete BEFORE DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION guard_invoice_delete();
`

const payments = String.raw`
-- The shop-local day of p_at, moved past closed days and held open (FOR KEY SHARE) until the transaction ends.
CREATE FUNCTION hold_business_day(p_shop uuid, p_at timestamptz) RETURNS date LANGUAGE plpgsql AS $$
DECLARE v_date date := shop_local_date(p_shop, p_at); v_closed timestamptz;
BEGIN
  LOOP
    SELECT closed_at INTO v_closed FROM business_days WHERE shop_id = p_shop AND business_date = v_date FOR KEY SHARE;
    IF NOT FOUND THEN
      INSERT INTO business_days (shop_id, business_date) VALUES (p_shop, v_date) ON CONFLICT DO NOTHING;
    ELSIF v_closed IS NULL THEN
      RETURN v_date;
    ELSE
      v_date := v_date + 1;
    END IF;
  END LOOP;
END $$;

-- The invoice's lock comes first: of two counters that pay one invoice at once, the second sees what the first has paid.
CREATE FUNCTION guard_new_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_status invoice_status;
BEGIN
  SELECT status INTO v_status FROM invoices WHERE shop_id = NEW.shop_id AND id = NEW.invoice_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such invoice' USING ERRCODE = '23503', CONSTRAINT = 'payments_invoice_id_fkey', TABLE = 'payments';
  END IF;
  IF v_status = 'void' THEN
    RAISE EXCEPTION 'the invoice is void' USING ERRCODE = '23514', CONSTRAINT = 'payment_on_void_invoice';
  END IF;
  IF NEW.status = 'refunded' THEN
    RAISE EXCEPTION 'record a payment, then a refund' USING ERRCODE = '23514', CONSTRAINT = 'payment_refund_via_refunds';
  END IF;
  IF NEW.tendered_amount IS NOT NULL THEN
    NEW.change_given := coalesce(NEW.change_given, NEW.tendered_amount - NEW.amount);
  END IF;
  NEW.business_date := hold_business_day(NEW.shop_id, NEW.processed_at);
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_payment BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION guard_new_payment();

CREATE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT shop_exists(OLD.shop_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'payments are never deleted: refund them' USING ERRCODE = '23514', CONSTRAINT = 'payment_immutable';
  END IF;
  IF (NEW.id, NEW.shop_id, NEW.invoice_id, NEW.amount, NEW.method, NEW.processed_at, NEW.business_date, NEW.tendered_amount, NEW.change_given)
     IS DISTINCT FROM
     (OLD.id, OLD.shop_id, OLD.invoice_id, OLD.amount, OLD.method, OLD.processed_at, OLD.business_date, OLD.tendered_amount, OLD.change_given) THEN
    RAISE EXCEPTION 'a payment cannot change' USING ERRCODE = '23514', CONSTRAINT = 'payment_immutable';
  END IF;
  IF NEW.status <> OLD.status THEN
    IF NEW.status = 'refunded' THEN
      RAISE EXCEPTION 'record a refund' USING ERRCODE = '23514', CONSTRAINT = 'payment_refund_via_refunds';
    END IF;
    IF OLD.status <> 'pending' THEN
      RAISE EXCEPTION 'payment status cannot go from % to %', OLD.status, NEW.status
        USING ERRCODE = '23514', CONSTRAINT = 'payment_status_transition';
    END IF;
    PERFORM FROM invoices WHERE shop_id = NEW.shop_id AND id = NEW.invoice_id FOR NO KEY UPDATE;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_payment BEFORE UPDATE OR DELETE ON payments FOR EACH ROW EXECUTE FUNCTION guard_payment();

CREATE FUNCTION recalc_invoice(p_invoices uuid[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE invoices i
  SET amount_paid = v.paid,
      status = CASE WHEN i.status = 'draft' THEN 'draft' ELSE invoice_status_for(i.total, v.paid, i.status) END,
      paid_date = CASE WHEN i.status <> 'draft' AND v.paid = i.total
                       THEN coalesce(i.paid_date, shop_local_date(i.shop_id, CURRENT_TIMESTAMP)) END
  FROM (
    SELECT q.id, coalesce((SELECT sum(p.amount) FROM payments p WHERE p.invoice_id = q.id AND p.status IN ('completed', 'refunded')), 0) AS paid
    FROM unnest(p_invoices) AS q(id)) v
  WHERE i.id = v.id AND i.status <> 'void' AND i.amount_paid <> v.paid;
END $$;

CREATE FUNCTION after_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_invoices uuid[];
BEGIN
  SELECT array_agg(DISTINCT invoice_id) INTO v_invoices FROM new_rows;
  IF v_invoices IS NOT NULL THEN PERFORM recalc_invoice(v_invoices); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER after_payment AFTER INSERT ON payments
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION after_payment();
CREATE TRIGGER after_payment_update AFTER UPDATE ON payments
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION after_payment();
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [issue, invoices, payments]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION after_payment() CASCADE;
    DROP FUNCTION recalc_invoice(uuid[]);
    DROP FUNCTION guard_payment() CASCADE;
    DROP FUNCTION guard_new_payment() CASCADE;
    DROP FUNCTION hold_business_day(uuid, timestamptz);
    DROP FUNCTION guard_invoice_delete() CASCADE;
    DROP FUNCTION guard_invoice() CASCADE;
    DROP FUNCTION guard_new_invoice() CASCADE;
    DROP FUNCTION invoice_status_for(numeric, numeric, invoice_status);
    DROP FUNCTION check_invoice_issue(invoices);
  `)
}
