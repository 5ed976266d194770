import type { Knex } from 'knex'

export const breaking = false

// What an order may cost beyond its authorization is frozen with the yes, as the amount that its state's rules gave on that day: a rule that
// changes, or a shop that moves, never changes what a customer has agreed to.
const columns = String.raw`
ALTER TABLE authorizations
  ADD COLUMN tolerance DECIMAL(10,2) NOT NULL DEFAULT 0.00 CONSTRAINT authorizations_tolerance_range CHECK (tolerance >= 0),
  ADD COLUMN rule_state VARCHAR(2);
ALTER TABLE repair_orders
  ADD COLUMN authorized_tolerance DECIMAL(10,2) NOT NULL DEFAULT 0.00 CONSTRAINT ro_tolerance_range CHECK (authorized_tolerance >= 0);
ALTER TABLE users ADD COLUMN certification_number VARCHAR(50);

CREATE TRIGGER guard_new_ro_tolerance BEFORE INSERT ON repair_orders
  FOR EACH ROW WHEN (NEW.authorized_tolerance <> 0)
  EXECUTE FUNCTION refuse('ro_authorized_derived', 'authorized_tolerance follows the authorizations');
CREATE TRIGGER guard_ro_tolerance BEFORE UPDATE ON repair_orders
  FOR EACH ROW WHEN (NEW.authorized_tolerance <> OLD.authorized_tolerance AND pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse('ro_authorized_derived', 'authorized_tolerance follows the authorizations');
`

/** @param most SQL of what an order may cost */
const status = (most: string) => String.raw`
CREATE OR REPLACE FUNCTION guard_ro_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT ro_transition_allowed(OLD.status, NEW.status) THEN
    RAISE EXCEPTION 'an order cannot go from % to %', OLD.status, NEW.status USING ERRCODE = '23514', CONSTRAINT = 'ro_status_transition';
  END IF;
  IF NEW.status IN ('in_progress', 'completed') AND OLD.status <> 'closed' AND NEW.total > ${most} THEN
    RAISE EXCEPTION 'the total is above what the customer authorized' USING ERRCODE = '23514', CONSTRAINT = 'ro_unauthorized';
  END IF;
  IF NEW.status IN ('in_progress', 'completed') AND OLD.status <> 'closed' AND ro_has_unauthorized_work(NEW.id) THEN
    RAISE EXCEPTION 'there is work the customer did not authorize' USING ERRCODE = '23514', CONSTRAINT = 'ro_unauthorized';
  END IF;
  IF NEW.status = 'completed' AND EXISTS (SELECT FROM line_items WHERE repair_order_id = NEW.id AND status = 'quoted') THEN
    RAISE EXCEPTION 'lines are still only quoted: approve or decline them' USING ERRCODE = '23514', CONSTRAINT = 'ro_lines_undecided';
  END IF;
  IF NEW.status = 'closed' AND NEW.total <> 0
     AND NOT EXISTS (SELECT FROM invoices WHERE repair_order_id = NEW.id AND status = 'paid') THEN
    RAISE EXCEPTION 'closed means picked up and paid: the invoice is not paid' USING ERRCODE = '23514', CONSTRAINT = 'ro_close_unpaid';
  END IF;
  IF NEW.status = 'completed' THEN NEW.completed_date := coalesce(NEW.completed_date, CURRENT_TIMESTAMP); END IF;
  IF NEW.status IN ('draft', 'estimate', 'approved', 'in_progress') THEN NEW.completed_date := NULL; END IF;
  NEW.closed_date := CASE WHEN NEW.status = 'closed' THEN CURRENT_TIMESTAMP END;
  RETURN NEW;
END $$;
`

const issue = (most: string) => String.raw`
CREATE OR REPLACE FUNCTION check_invoice_issue(i invoices) RETURNS void LANGUAGE plpgsql AS $$
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
  IF o.total > ${most} OR ro_has_unauthorized_work(o.id) THEN
    RAISE EXCEPTION 'the bill is not what the customer authorized' USING ERRCODE = '23514', CONSTRAINT = 'ro_unauthorized';
  END IF;
  IF (i.labor_total, i.parts_total, i.fees_total, i.subtotal, i.tax, i.discount, i.total, i.tax_rate)
     IS DISTINCT FROM (o.labor_total, o.parts_total, o.fees_total, o.subtotal, o.tax, o.discount, o.total, o.tax_rate) THEN
    RAISE EXCEPTION 'the invoice differs from its order' USING ERRCODE = '23514', CONSTRAINT = 'invoice_amounts_match_order';
  END IF;
END $$;
`

/** @param apply SQL that writes an authorization to its order */
const authorization = (apply: string) => String.raw`
CREATE OR REPLACE FUNCTION apply_authorization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE repair_orders SET ${apply} WHERE shop_id = NEW.shop_id AND id = NEW.repair_order_id;
  -- Asked first: an update of no row still runs every rule of the lines.
  IF EXISTS (SELECT FROM line_items WHERE repair_order_id = NEW.repair_order_id AND status <> 'declined' AND NOT is_authorized) THEN
    UPDATE line_items SET is_authorized = true WHERE repair_order_id = NEW.repair_order_id AND status <> 'declined' AND NOT is_authorized;
  END IF;
  RETURN NULL;
END $$;
`

// Where the law lets the bill exceed the estimate, it is the whole bill that counts: other work is covered as far as its price fits into the
// tolerance, and a line that becomes dearer stays the line that was agreed. Without a tolerance both need a new yes, as before.
const work = String.raw`
CREATE OR REPLACE FUNCTION ro_has_unauthorized_work(p_order uuid) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(sum(l.total), 0) > coalesce((SELECT o.authorized_tolerance FROM repair_orders o WHERE o.id = p_order), 0)
  FROM line_items l
  WHERE l.repair_order_id = p_order AND l.status IN ('approved', 'completed') AND l.type <> 'discount' AND l.total > 0 AND NOT l.is_authorized;
END;

CREATE OR REPLACE FUNCTION unauthorize_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.repair_order_id, NEW.type, NEW.description, NEW.taxable, coalesce(NEW.part_condition, 'new'))
       IS DISTINCT FROM (OLD.repair_order_id, OLD.type, OLD.description, OLD.taxable, coalesce(OLD.part_condition, 'new'))
     OR NOT EXISTS (SELECT FROM repair_orders WHERE id = NEW.repair_order_id AND authorized_tolerance > 0) THEN
    NEW.is_authorized := false;
  END IF;
  RETURN NEW;
END $$;
`

const workBefore = String.raw`
CREATE OR REPLACE FUNCTION ro_has_unauthorized_work(p_order uuid) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM line_items
                 WHERE repair_order_id = p_order AND status IN ('approved', 'completed') AND type <> 'discount' AND total > 0 AND NOT is_authorized);
END;

CREATE OR REPLACE FUNCTION unauthorize_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.is_authorized := false;
  RETURN NEW;
END $$;
`

// amount = what is booked against the invoice = cash kept + rounding given. Above 0 the till took less than was due, below 0 more. Only a
// payment in cash is rounded, to 5 cents; tax was reckoned on the exact price long before.
const rounding = String.raw`
ALTER TABLE payments ADD COLUMN rounding DECIMAL(10,2) NOT NULL DEFAULT 0.00;
ALTER TABLE payments DROP CONSTRAINT payment_change;
ALTER TABLE payments
  ADD CONSTRAINT payment_rounding CHECK (
    rounding = 0 OR (method = 'cash' AND abs(rounding) < 0.05 AND rounding <= amount AND mod(amount - rounding, 0.05) = 0)),
  ADD CONSTRAINT payment_change CHECK (
    (tendered_amount IS NULL AND change_given IS NULL)
    OR (tendered_amount >= amount - rounding AND change_given = tendered_amount - (amount - rounding)));
CREATE TRIGGER guard_payment_rounding BEFORE UPDATE ON payments
  FOR EACH ROW WHEN (NEW.rounding <> OLD.rounding)
  EXECUTE FUNCTION refuse('payment_immutable', 'a payment cannot change');
DROP INDEX idx_payments_business_date;
CREATE INDEX idx_payments_business_date ON payments(shop_id, business_date) INCLUDE (amount, rounding, method, status);
`

const roundingBefore = String.raw`
DROP INDEX idx_payments_business_date;
CREATE INDEX idx_payments_business_date ON payments(shop_id, business_date) INCLUDE (amount, method, status);
DROP TRIGGER guard_payment_rounding ON payments;
ALTER TABLE payments DROP CONSTRAINT payment_change, DROP CONSTRAINT payment_rounding, DROP COLUMN rounding;
ALTER TABLE payments ADD CONSTRAINT payment_change CHECK (
  (tendered_amount IS NULL AND change_given IS NULL)
  OR (tendered_amount >= amount AND change_given = tendered_amount - amount));
`

const columnsBefore = String.raw`
DROP TRIGGER guard_ro_tolerance ON repair_orders;
DROP TRIGGER guard_new_ro_tolerance ON repair_orders;
ALTER TABLE users DROP COLUMN certification_number;
ALTER TABLE repair_orders DROP COLUMN authorized_tolerance;
ALTER TABLE authorizations DROP COLUMN rule_state, DROP COLUMN tolerance;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(columns)
  await knex.raw(status('NEW.authorized_total + NEW.authorized_tolerance'))
  await knex.raw(issue('o.authorized_total + o.authorized_tolerance'))
  await knex.raw(authorization('authorized_total = NEW.authorized_total, authorized_tolerance = NEW.tolerance'))
  await knex.raw(work)
  await knex.raw(rounding)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(roundingBefore)
  await knex.raw(workBefore)
  await knex.raw(authorization('authorized_total = NEW.authorized_total'))
  await knex.raw(issue('o.authorized_total'))
  await knex.raw(status('NEW.authorized_total'))
  await knex.raw(columnsBefore)
}
