// The rules of invoices and payments that 0021 changes, as they are with refunds and as they were before: the same text but for what is named here.

interface Rules {
  /** what an invoice is over once its credits are taken off, of the row NEW */
  readonly total: string
  readonly bornCredited: string
  readonly derived: string
  readonly voidCredited: string
  readonly isPaid: string
  readonly due: string
  readonly dueInto: string
  readonly aboveDue: string
  readonly refunded: string
  readonly recalc: string
}

export const after: Rules = {
  total: 'NEW.total - NEW.credited_total',
  bornCredited: 'OR NEW.credited_total <> 0',
  derived: 'OR NEW.credited_total <> OLD.credited_total',
  voidCredited: String.raw`
    IF NEW.credited_total <> 0 THEN
      RAISE EXCEPTION 'a credited invoice is credited to its end, not voided' USING ERRCODE = '23514', CONSTRAINT = 'invoice_void_credited';
    END IF;`,
  isPaid: '>=',
  due: ', credited_total, amount_due',
  dueInto: ', v_credited, v_due',
  aboveDue: String.raw`
  IF v_credited > 0 AND NEW.amount > v_due THEN
    RAISE EXCEPTION 'the rest was credited' USING ERRCODE = '23514', CONSTRAINT = 'invoice_not_overpaid';
  END IF;`,
  refunded: String.raw`OLD.status = 'completed'
      AND (SELECT sum(amount) FROM payment_refunds WHERE payment_id = NEW.id) = NEW.amount`,
  recalc: String.raw`
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
             - coalesce((SELECT sum(r.amount) FROM payment_refunds r WHERE r.invoice_id = q.id), 0) AS paid,
           coalesce((SELECT sum(n.total) FROM credit_notes n WHERE n.invoice_id = q.id), 0) AS credited
    FROM unnest(p_invoices) AS q(id)) v
  WHERE i.id = v.id AND i.status <> 'void' AND (i.amount_paid <> v.paid OR i.credited_total <> v.credited);
END $$;
`,
}

export const before: Rules = {
  total: 'NEW.total',
  bornCredited: '',
  derived: '',
  voidCredited: '',
  isPaid: '=',
  due: '',
  dueInto: '',
  aboveDue: '',
  refunded: 'false',
  recalc: String.raw`
CREATE OR REPLACE FUNCTION recalc_invoice(p_invoices uuid[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
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
`,
}

export const invoiceRules = (rules: Rules) => String.raw`
CREATE OR REPLACE FUNCTION invoice_status_for(p_total numeric, p_paid numeric, p_asked invoice_status) RETURNS invoice_status
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN p_paid ${rules.isPaid} p_total THEN 'paid' WHEN p_paid > 0 THEN 'partial'
            WHEN p_asked = 'overdue' THEN 'overdue' ELSE 'sent' END::invoice_status;

CREATE OR REPLACE FUNCTION guard_new_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'void' THEN
    RAISE EXCEPTION 'an invoice is not born void' USING ERRCODE = '23514', CONSTRAINT = 'invoice_status_fits_amounts';
  END IF;
  IF NEW.amount_paid <> 0 ${rules.bornCredited} THEN
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

CREATE OR REPLACE FUNCTION guard_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF (NEW.amount_paid <> OLD.amount_paid ${rules.derived}) AND pg_trigger_depth() = 1 THEN
    RAISE EXCEPTION 'amount_paid follows the payments' USING ERRCODE = '23514', CONSTRAINT = 'invoice_amount_paid_derived';
  END IF;
  IF NEW.status = 'void' THEN
    IF NEW.amount_paid <> 0 THEN
      RAISE EXCEPTION 'refund the payments before voiding' USING ERRCODE = '23514', CONSTRAINT = 'invoice_void_paid';
    END IF;${rules.voidCredited}
    IF OLD.status <> 'void' THEN
      NEW.paid_date := NULL; -- an invoice over nothing was paid when it was issued
      NEW.voided_at := CURRENT_TIMESTAMP;
      NEW.voided_by_user_id := coalesce(NEW.voided_by_user_id, current_actor());
    END IF;
  ELSIF OLD.status = 'draft' AND NEW.status <> 'draft' THEN
    PERFORM check_invoice_issue(NEW);
    NEW.issued_at := CURRENT_TIMESTAMP;
    NEW.issue_date := shop_local_date(NEW.shop_id, CURRENT_TIMESTAMP);
    NEW.status := invoice_status_for(${rules.total}, NEW.amount_paid, NEW.status);
    NEW.paid_date := CASE WHEN NEW.status = 'paid' THEN NEW.issue_date END;
  ELSIF NEW.status <> 'draft' AND NEW.status <> invoice_status_for(${rules.total}, NEW.amount_paid, NEW.status) THEN
    RAISE EXCEPTION 'invoice status % does not fit % paid of %', NEW.status, NEW.amount_paid, ${rules.total}
      USING ERRCODE = '23514', CONSTRAINT = 'invoice_status_fits_amounts';
  END IF;
  RETURN NEW;
END $$;
`

export const paymentRules = (rules: Rules) => String.raw`
CREATE OR REPLACE FUNCTION guard_new_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_status invoice_status; v_credited numeric; v_due numeric;
BEGIN
  SELECT status ${rules.due} INTO v_status ${rules.dueInto} FROM invoices WHERE shop_id = NEW.shop_id AND id = NEW.invoice_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such invoice' USING ERRCODE = '23503', CONSTRAINT = 'payments_invoice_id_fkey', TABLE = 'payments';
  END IF;
  IF v_status = 'void' THEN
    RAISE EXCEPTION 'the invoice is void' USING ERRCODE = '23514', CONSTRAINT = 'payment_on_void_invoice';
  END IF;
  IF NEW.status = 'refunded' THEN
    RAISE EXCEPTION 'record a payment, then a refund' USING ERRCODE = '23514', CONSTRAINT = 'payment_refund_via_refunds';
  END IF;${rules.aboveDue}
  IF NEW.tendered_amount IS NOT NULL THEN
    NEW.change_given := coalesce(NEW.change_given, NEW.tendered_amount - NEW.amount);
  END IF;
  NEW.business_date := hold_business_day(NEW.shop_id, NEW.processed_at);
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_payment() RETURNS trigger LANGUAGE plpgsql AS $$
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
      IF ${rules.refunded} THEN RETURN NEW; END IF;
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
${rules.recalc}
`
