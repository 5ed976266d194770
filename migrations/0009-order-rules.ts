import type { Knex } from 'knex'

export const breaking = false

const transitions = String.raw`
-- The seven states as a table: reopening is closed to completed; a declined order may still owe its diagnosis.
CREATE FUNCTION ro_transition_allowed(p_from ro_status, p_to ro_status) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (p_from, p_to) IN (
  ('draft', 'estimate'), ('draft', 'approved'), ('draft', 'declined'),
  ('estimate', 'draft'), ('estimate', 'approved'), ('estimate', 'declined'),
  ('approved', 'estimate'), ('approved', 'in_progress'), ('approved', 'declined'),
  ('in_progress', 'estimate'), ('in_progress', 'approved'), ('in_progress', 'completed'),
  ('completed', 'in_progress'), ('completed', 'closed'),
  ('closed', 'completed'),
  ('declined', 'estimate'), ('declined', 'completed'));

-- The total alone does not say what a customer agreed to: other work of the same price is other work (16 CCR 3354).
-- What takes nothing out of the customer's pocket (a discount, work for nothing, a core given back) needs no yes.
CREATE FUNCTION ro_has_unauthorized_work(p_order uuid) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM line_items
                 WHERE repair_order_id = p_order AND status IN ('approved', 'completed') AND type <> 'discount' AND total > 0 AND NOT is_authorized);
END;

CREATE FUNCTION invoice_is_live(p_status invoice_status) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN p_status IN ('sent', 'partial', 'paid', 'overdue');
`

const orders = String.raw`
CREATE FUNCTION guard_new_repair_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status NOT IN ('draft', 'estimate') THEN
    RAISE EXCEPTION 'an order starts as draft or estimate' USING ERRCODE = '23514', CONSTRAINT = 'ro_status_transition';
  END IF;
  IF NEW.authorized_total <> 0 THEN
    RAISE EXCEPTION 'authorized_total follows the authorizations' USING ERRCODE = '23514', CONSTRAINT = 'ro_authorized_derived';
  END IF;
  IF (NEW.labor_total, NEW.parts_total, NEW.fees_total, NEW.subtotal, NEW.tax, NEW.discount, NEW.total) IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0) THEN
    RAISE EXCEPTION 'totals follow the lines' USING ERRCODE = '23514', CONSTRAINT = 'ro_totals_derived';
  END IF;
  IF NEW.tax_rate IS NULL THEN
    SELECT CASE WHEN c.tax_exempt THEN 0 ELSE s.tax_rate END INTO NEW.tax_rate
    FROM shops s JOIN customers c ON c.shop_id = s.id WHERE s.id = NEW.shop_id AND c.id = NEW.customer_id;
    NEW.tax_rate := coalesce(NEW.tax_rate, 0); -- no such customer: let the foreign key say so
  END IF;
  IF NEW.ro_number IS NULL OR NEW.ro_number = '' THEN
    NEW.ro_number := next_shop_number(NEW.shop_id, 'ro');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_new_repair_order BEFORE INSERT ON repair_orders FOR EACH ROW EXECUTE FUNCTION guard_new_repair_order();

CREATE FUNCTION guard_repair_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.ro_number IS DISTINCT FROM OLD.ro_number OR NEW.shop_id <> OLD.shop_id OR NEW.id <> OLD.id THEN
    RAISE EXCEPTION 'an order keeps its number and shop' USING ERRCODE = '23514', CONSTRAINT = 'ro_number_immutable';
  END IF;
  IF pg_trigger_depth() = 1 THEN
    IF NEW.authorized_total <> OLD.authorized_total THEN
      RAISE EXCEPTION 'authorized_total follows the authorizations' USING ERRCODE = '23514', CONSTRAINT = 'ro_authorized_derived';
    END IF;
    IF (NEW.labor_total, NEW.parts_total, NEW.fees_total, NEW.subtotal, NEW.tax, NEW.discount, NEW.total)
       IS DISTINCT FROM (OLD.labor_total, OLD.parts_total, OLD.fees_total, OLD.subtotal, OLD.tax, OLD.discount, OLD.total) THEN
      RAISE EXCEPTION 'totals follow the lines' USING ERRCODE = '23514', CONSTRAINT = 'ro_totals_derived';
    END IF;
  END IF;
  IF ((NEW.customer_id, NEW.vehicle_id, NEW.tax_rate) IS DISTINCT FROM (OLD.customer_id, OLD.vehicle_id, OLD.tax_rate)
      OR (NEW.deleted_at IS NOT NULL AND OLD.deleted_at IS NULL)
      OR (OLD.status IN ('completed', 'closed') AND NEW.status NOT IN ('completed', 'closed')))
     AND EXISTS (SELECT FROM invoices WHERE repair_order_id = OLD.id AND invoice_is_live(status)) THEN
    RAISE EXCEPTION 'the order is invoiced: void the invoice first' USING ERRCODE = '23514', CONSTRAINT = 'ro_invoiced';
  END IF;
  -- Estimates that somebody agreed to, bills and work that was begun are kept for years (16 CCR 3358).
  IF NEW.deleted_at IS NOT NULL AND OLD.deleted_at IS NULL AND (
       EXISTS (SELECT FROM authorizations WHERE repair_order_id = OLD.id)
       OR EXISTS (SELECT FROM invoices WHERE repair_order_id = OLD.id)
       OR EXISTS (SELECT FROM ro_status_events WHERE repair_order_id = OLD.id AND to_status NOT IN ('draft', 'estimate', 'declined'))) THEN
    RAISE EXCEPTION 'the order was more than an estimate' USING ERRCODE = '23514', CONSTRAINT = 'ro_delete_used';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_repair_order BEFORE UPDATE ON repair_orders FOR EACH ROW EXECUTE FUNCTION guard_repair_order();

CREATE FUNCTION guard_ro_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT ro_transition_allowed(OLD.status, NEW.status) THEN
    RAISE EXCEPTION 'an order cannot go from % to %', OLD.status, NEW.status USING ERRCODE = '23514', CONSTRAINT = 'ro_status_transition';
  END IF;
  IF NEW.status IN ('in_progress', 'completed') AND OLD.status <> 'closed' AND NEW.total > NEW.authorized_total THEN
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
CREATE TRIGGER guard_ro_status BEFORE UPDATE ON repair_orders
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION guard_ro_status();

CREATE FUNCTION after_ro_status() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  INSERT INTO ro_status_events (shop_id, repair_order_id, from_status, to_status, by_user_id, reason)
  VALUES (NEW.shop_id, NEW.id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.status END, NEW.status,
          coalesce(current_actor(), CASE WHEN TG_OP = 'INSERT' THEN NEW.created_by_user_id END),
          nullif(current_setting('app.reason', true), ''));
  IF TG_OP = 'INSERT' THEN RETURN NULL; END IF;
  IF NEW.status = 'completed' AND OLD.status <> 'closed' THEN -- approved work is now done; its parts leave the shelf with it
    UPDATE line_items SET status = 'completed', completed_by_user_id = coalesce(completed_by_user_id, NEW.assigned_technician_id)
    WHERE repair_order_id = NEW.id AND status = 'approved';
  END IF;
  IF NEW.status IN ('completed', 'closed', 'declined') AND NEW.bay_id IS NOT NULL THEN
    UPDATE bays SET current_ro_id = NULL WHERE current_ro_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER after_ro_created AFTER INSERT ON repair_orders FOR EACH ROW EXECUTE FUNCTION after_ro_status();
CREATE TRIGGER after_ro_status AFTER UPDATE ON repair_orders
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION after_ro_status();
`

const authorizations = String.raw`
-- The order's lock puts authorizations of one order in a row; created_at then tells which is the last, even if the clock stepped back.
CREATE FUNCTION guard_authorization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM repair_orders WHERE shop_id = NEW.shop_id AND id = NEW.repair_order_id FOR NO KEY UPDATE;
  NEW.created_at := greatest(clock_timestamp(),
    (SELECT max(created_at) + interval '1 microsecond' FROM authorizations WHERE repair_order_id = NEW.repair_order_id));
  RETURN NEW;
END $$;
CREATE TRIGGER guard_authorization BEFORE INSERT ON authorizations FOR EACH ROW EXECUTE FUNCTION guard_authorization();

CREATE FUNCTION apply_authorization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE repair_orders SET authorized_total = NEW.authorized_total WHERE shop_id = NEW.shop_id AND id = NEW.repair_order_id;
  -- Asked first: an update of no row still runs every rule of the lines.
  IF EXISTS (SELECT FROM line_items WHERE repair_order_id = NEW.repair_order_id AND status <> 'declined' AND NOT is_authorized) THEN
    UPDATE line_items SET is_authorized = true WHERE repair_order_id = NEW.repair_order_id AND status <> 'declined' AND NOT is_authorized;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER apply_authorization AFTER INSERT ON authorizations FOR EACH ROW EXECUTE FUNCTION apply_authorization();
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [transitions, orders, authorizations]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION apply_authorization() CASCADE;
    DROP FUNCTION guard_authorization() CASCADE;
    DROP FUNCTION after_ro_status() CASCADE;
    DROP FUNCTION guard_ro_status() CASCADE;
    DROP FUNCTION guard_repair_order() CASCADE;
    DROP FUNCTION guard_new_repair_order() CASCADE;
    DROP FUNCTION invoice_is_live(invoice_status);
    DROP FUNCTION ro_has_unauthorized_work(uuid);
    DROP FUNCTION ro_transition_allowed(ro_status, ro_status);
  `)
}
