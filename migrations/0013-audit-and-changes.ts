import type { Knex } from 'knex'

export const breaking = false

// What changes money or rights leaves a trace that no client can leave out. One row per changed record and statement;
// what follows by rule from a recorded event (a balance after a payment) is not recorded a second time.
const money = String.raw`
CREATE FUNCTION audit_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_events (shop_id, actor_user_id, action, entity_type, entity_id, details)
  SELECT n.shop_id, coalesce(current_actor(), n.processed_by_user_id), CASE TG_OP WHEN 'INSERT' THEN 'payment.recorded' ELSE 'payment.changed' END,
         'payment', n.id, jsonb_build_object('invoice_id', n.invoice_id, 'amount', n.amount, 'method', n.method, 'status', n.status,
                                             'business_date', n.business_date)
  FROM new_rows n;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_payments AFTER INSERT ON payments
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_payment();
CREATE TRIGGER audit_payments_update AFTER UPDATE ON payments
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_payment();

CREATE FUNCTION audit_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_events (shop_id, actor_user_id, action, entity_type, entity_id, details)
    SELECT n.shop_id, coalesce(current_actor(), n.created_by_user_id), CASE n.status WHEN 'draft' THEN 'invoice.drafted' ELSE 'invoice.issued' END,
           'invoice', n.id, jsonb_build_object('invoice_number', n.invoice_number, 'repair_order_id', n.repair_order_id, 'total', n.total)
    FROM new_rows n;
  ELSIF pg_trigger_depth() = 1 THEN
    INSERT INTO audit_events (shop_id, actor_user_id, action, entity_type, entity_id, details)
    SELECT n.shop_id, coalesce(current_actor(), n.voided_by_user_id, n.created_by_user_id),
           CASE WHEN n.status = o.status THEN 'invoice.changed' WHEN n.status = 'void' THEN 'invoice.voided'
                WHEN o.status = 'draft' THEN 'invoice.issued' ELSE 'invoice.changed' END,
           'invoice', n.id,
           jsonb_strip_nulls(jsonb_build_object('invoice_number', n.invoice_number, 'status', ARRAY[o.status, n.status], 'total', n.total,
             'void_reason', n.void_reason,
             'due_date', CASE WHEN o.due_date IS DISTINCT FROM n.due_date THEN ARRAY[o.due_date, n.due_date] END))
    FROM old_rows o FULL JOIN new_rows n ON n.id = o.id
    WHERE (n.status, n.total, n.due_date, n.payment_terms) IS DISTINCT FROM (o.status, o.total, o.due_date, o.payment_terms);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_invoices AFTER INSERT ON invoices
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_invoice();
CREATE TRIGGER audit_invoices_update AFTER UPDATE ON invoices
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_invoice();

-- Lines are recorded per order, one event a statement, when they change or go; adding a line is what estimates are for.
CREATE FUNCTION audit_line_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
    SELECT o.shop_id, 'lines.deleted', 'repair_order', o.repair_order_id,
           jsonb_build_object('lines', jsonb_agg(jsonb_build_object('id', o.id, 'type', o.type, 'status', o.status, 'description', o.description,
             'quantity', o.quantity, 'unit_price', o.unit_price)))
    FROM old_rows o WHERE shop_exists(o.shop_id) GROUP BY o.shop_id, o.repair_order_id;
    RETURN NULL;
  END IF;
  INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
  SELECT n.shop_id, 'lines.changed', 'repair_order', n.repair_order_id,
         jsonb_build_object('lines', jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', n.id,
           'status', CASE WHEN o.status <> n.status THEN ARRAY[o.status, n.status] END,
           'quantity', CASE WHEN o.quantity <> n.quantity THEN ARRAY[o.quantity, n.quantity] END,
           'unit_price', CASE WHEN o.unit_price <> n.unit_price THEN ARRAY[o.unit_price, n.unit_price] END,
           'taxable', CASE WHEN o.taxable <> n.taxable THEN ARRAY[o.taxable, n.taxable] END,
           'type', CASE WHEN o.type <> n.type THEN ARRAY[o.type, n.type] END,
           'repair_order_id', CASE WHEN o.repair_order_id <> n.repair_order_id THEN ARRAY[o.repair_order_id, n.repair_order_id] END))))
  FROM old_rows o FULL JOIN new_rows n ON n.id = o.id
  WHERE (n.repair_order_id, n.type, n.status, n.quantity, n.unit_price, n.taxable)
        IS DISTINCT FROM (o.repair_order_id, o.type, o.status, o.quantity, o.unit_price, o.taxable)
  GROUP BY n.shop_id, n.repair_order_id;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_line_items_update AFTER UPDATE ON line_items
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_line_items();
CREATE TRIGGER audit_line_items_delete AFTER DELETE ON line_items
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_line_items();
`

const people = String.raw`
CREATE FUNCTION audit_order_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
  VALUES (NEW.shop_id, CASE WHEN NEW.status <> OLD.status THEN 'order.status' WHEN NEW.deleted_at IS NULL THEN 'order.restored' ELSE 'order.deleted' END,
          'repair_order', NEW.id,
          jsonb_strip_nulls(jsonb_build_object('status', ARRAY[OLD.status, NEW.status], 'reason', nullif(current_setting('app.reason', true), ''))));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_order_status AFTER UPDATE ON repair_orders
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION audit_order_status();

-- That a secret changed is recorded, never the secret; sign-in counters are not rights and stay out.
CREATE FUNCTION audit_user() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_old jsonb := '{}'; v_new jsonb := '{}'; v_changes jsonb;
BEGIN
  IF TG_OP = 'DELETE' AND NOT shop_exists(OLD.shop_id) THEN RETURN NULL; END IF;
  IF TG_OP <> 'INSERT' THEN v_old := to_jsonb(OLD) - ARRAY['password_hash', 'pin_hash']; END IF;
  IF TG_OP <> 'DELETE' THEN v_new := to_jsonb(NEW) - ARRAY['password_hash', 'pin_hash']; END IF;
  IF TG_OP = 'UPDATE' THEN
    v_new := v_new || jsonb_build_object('password_changed', NEW.password_hash <> OLD.password_hash, 'pin_changed', NEW.pin_hash IS DISTINCT FROM OLD.pin_hash);
    v_old := v_old || jsonb_build_object('password_changed', false, 'pin_changed', false);
  END IF;
  SELECT jsonb_object_agg(key, CASE TG_OP WHEN 'UPDATE' THEN jsonb_build_array(v_old -> key, v_new -> key) ELSE (v_old || v_new) -> key END)
  INTO v_changes FROM jsonb_object_keys(v_old || v_new) AS key
  WHERE v_old -> key IS DISTINCT FROM v_new -> key
    AND key NOT IN ('id', 'shop_id', 'created_at', 'updated_at', 'version', 'last_login_at', 'failed_sign_ins', 'sign_in_locked_until',
                    'failed_pins', 'pin_locked_until');
  IF v_changes IS NULL THEN RETURN NULL; END IF;
  INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
  VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.shop_id ELSE NEW.shop_id END,
          CASE TG_OP WHEN 'INSERT' THEN 'user.added' WHEN 'UPDATE' THEN 'user.changed' ELSE 'user.removed' END, 'user',
          CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END, v_changes);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_users AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION audit_user();
`

// Other counters hear of a change when it is committed. A notification says what changed and where, never the content;
// PostgreSQL folds equal ones of one transaction together.
const changes = String.raw`
CREATE FUNCTION notify_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('app.quiet', true) = 'on' THEN RETURN NULL; END IF;
  PERFORM pg_notify('counterbay', c.shop_id || ':' || TG_ARGV[0] || ':' || c.id) FROM (SELECT DISTINCT shop_id, id FROM changed) c;
  RETURN NULL;
END $$;

CREATE FUNCTION notify_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('app.quiet', true) = 'on' THEN RETURN NULL; END IF;
  PERFORM pg_notify('counterbay', c.shop_id || ':orders:' || c.repair_order_id) FROM (SELECT DISTINCT shop_id, repair_order_id FROM changed) c;
  RETURN NULL;
END $$;

CREATE FUNCTION notify_order_of_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('app.quiet', true) = 'on' THEN RETURN NULL; END IF;
  PERFORM pg_notify('counterbay', i.shop_id || ':orders:' || i.repair_order_id)
  FROM invoices i WHERE i.id IN (SELECT invoice_id FROM changed);
  RETURN NULL;
END $$;

CREATE FUNCTION notify_shop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('app.quiet', true) = 'on' THEN RETURN NULL; END IF;
  PERFORM pg_notify('counterbay', NEW.id || ':shop:' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER notify_shop AFTER UPDATE ON shops FOR EACH ROW EXECUTE FUNCTION notify_shop();
`

const listeners: readonly (readonly [table: string, call: string])[] = [
  ['customers', `notify_row('customers')`],
  ['vehicles', `notify_row('vehicles')`],
  ['users', `notify_row('users')`],
  ['bays', `notify_row('shop')`],
  ['repair_orders', `notify_row('orders')`],
  ['line_items', 'notify_order()'],
  ['ro_jobs', 'notify_order()'],
  ['authorizations', 'notify_order()'],
  ['invoices', 'notify_order()'],
  ['payments', 'notify_order_of_payment()'],
]

function addListener(table: string, call: string): string {
  return (['INSERT', 'UPDATE', 'DELETE'] as const)
    .map(
      (event) =>
        `CREATE TRIGGER notify_${table}_${event.toLowerCase()} AFTER ${event} ON ${table} ` +
        `REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${call};`,
    )
    .join('\n')
}

export async function up(knex: Knex): Promise<void> {
  for (const part of [money, people, changes]) await knex.raw(part)
  await knex.raw(listeners.map((listener) => addListener(...listener)).join('\n'))
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION notify_shop() CASCADE;
    DROP FUNCTION notify_order_of_payment() CASCADE;
    DROP FUNCTION notify_order() CASCADE;
    DROP FUNCTION notify_row() CASCADE;
    DROP FUNCTION audit_user() CASCADE;
    DROP FUNCTION audit_order_status() CASCADE;
    DROP FUNCTION audit_line_items() CASCADE;
    DROP FUNCTION audit_invoice() CASCADE;
    DROP FUNCTION audit_payment() CASCADE;
  `)
}
