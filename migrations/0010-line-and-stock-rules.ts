import type { Knex } from 'knex'

export const breaking = false

// Triggers with transition tables run once a statement, so five lines in one insert cost one recalculation. PostgreSQL allows
// them only one event each and no column list: every rule is three triggers, and each returns early when nothing it knows changed.
// A statement over an array is otherwise planned anew at each call, which costs more than running it: hence the generic plans.
// They fire in the order of their names: check_ (locks the order) before decrement_ (locks the parts) before update_ (totals).
const checks = String.raw`
-- The lock comes first and in its own statement: under READ COMMITTED everything read afterwards then sees every committed line.
-- FOR NO KEY UPDATE: the foreign key of a new line holds FOR KEY SHARE on the same row, and FOR UPDATE would deadlock with it.
CREATE FUNCTION check_line_items() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_orders uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT repair_order_id) INTO v_orders FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT repair_order_id) INTO v_orders FROM old_rows;
  ELSE
    -- FULL JOIN is always hashed or merged, whatever number of rows the plan was made for.
    SELECT array_agg(DISTINCT repair_order_id) INTO v_orders FROM (
      SELECT unnest(ARRAY[o.repair_order_id, n.repair_order_id]) AS repair_order_id
      FROM old_rows o FULL JOIN new_rows n ON n.id = o.id
      WHERE (o.repair_order_id, o.type, o.description, o.quantity, o.unit_price, o.inventory_item_id, o.taxable)
            IS DISTINCT FROM (n.repair_order_id, n.type, n.description, n.quantity, n.unit_price, n.inventory_item_id, n.taxable)
         OR (o.status IS DISTINCT FROM n.status AND NOT (o.status = 'approved' AND n.status = 'completed'))) changed;
  END IF;
  IF v_orders IS NULL THEN RETURN NULL; END IF;
  PERFORM FROM repair_orders WHERE id = ANY (v_orders) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM invoices i WHERE i.repair_order_id = ANY (v_orders) AND invoice_is_live(i.status) AND shop_exists(i.shop_id)) THEN
    RAISE EXCEPTION 'the order is invoiced: void the invoice before changing its lines'
      USING ERRCODE = '23514', CONSTRAINT = 'line_items_locked', TABLE = 'line_items';
  END IF;
  IF EXISTS (SELECT FROM repair_orders o WHERE o.id = ANY (v_orders) AND o.status = 'closed') THEN
    RAISE EXCEPTION 'the order is closed: reopen it before changing its lines'
      USING ERRCODE = '23514', CONSTRAINT = 'line_items_locked', TABLE = 'line_items';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER check_line_items AFTER INSERT ON line_items
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION check_line_items();
CREATE TRIGGER check_line_items_update AFTER UPDATE ON line_items
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION check_line_items();
CREATE TRIGGER check_line_items_delete AFTER DELETE ON line_items
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION check_line_items();

CREATE FUNCTION fill_line_cost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT cost INTO NEW.cost FROM inventory_items WHERE shop_id = NEW.shop_id AND id = NEW.inventory_item_id;
  RETURN NEW;
END $$;
CREATE TRIGGER fill_line_cost BEFORE INSERT OR UPDATE ON line_items
  FOR EACH ROW WHEN (NEW.cost IS NULL AND NEW.inventory_item_id IS NOT NULL) EXECUTE FUNCTION fill_line_cost();

-- A part is new unless the estimate says otherwise (16 CCR 3356); its number may be filled in when it is ordered.
CREATE FUNCTION unauthorize_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.is_authorized := false;
  RETURN NEW;
END $$;
CREATE TRIGGER unauthorize_line BEFORE UPDATE ON line_items
  FOR EACH ROW WHEN (OLD.is_authorized AND (
    (NEW.repair_order_id, NEW.type, NEW.description, NEW.taxable, coalesce(NEW.part_condition, 'new'))
      IS DISTINCT FROM (OLD.repair_order_id, OLD.type, OLD.description, OLD.taxable, coalesce(OLD.part_condition, 'new'))
    OR round(NEW.quantity * NEW.unit_price, 2) > OLD.total))
  EXECUTE FUNCTION unauthorize_line();
`

const totals = String.raw`
-- The caller holds the orders' locks. Declined lines cost nothing; quoted ones count, so that the estimate shows its total.
CREATE FUNCTION recalc_ro_totals(p_orders uuid[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  UPDATE repair_orders r
  SET labor_total = v.labor, parts_total = v.parts, fees_total = v.fees, discount = v.discount,
      tax = greatest(round(v.taxable * r.tax_rate, 2), 0),
      subtotal = v.labor + v.parts + v.fees,
      total = v.labor + v.parts + v.fees + greatest(round(v.taxable * r.tax_rate, 2), 0) - v.discount
  FROM (
    SELECT o.id,
           coalesce(sum(l.total) FILTER (WHERE l.type = 'labor'), 0) AS labor,
           coalesce(sum(l.total) FILTER (WHERE l.type = 'part'), 0) AS parts,
           coalesce(sum(l.total) FILTER (WHERE l.type = 'fee'), 0) AS fees,
           coalesce(sum(l.total) FILTER (WHERE l.type = 'discount'), 0) AS discount,
           coalesce(sum(CASE WHEN l.type = 'discount' THEN -l.total ELSE l.total END) FILTER (WHERE l.taxable), 0) AS taxable
    FROM unnest(p_orders) AS o(id)
    LEFT JOIN line_items l ON l.repair_order_id = o.id AND l.status <> 'declined'
    GROUP BY o.id) v
  WHERE r.id = v.id
    AND (r.labor_total, r.parts_total, r.fees_total, r.discount, r.tax)
        IS DISTINCT FROM (v.labor, v.parts, v.fees, v.discount, greatest(round(v.taxable * r.tax_rate, 2), 0));
END $$;

CREATE FUNCTION update_ro_totals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_orders uuid[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT repair_order_id) INTO v_orders FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT repair_order_id) INTO v_orders FROM old_rows;
  ELSE
    SELECT array_agg(DISTINCT repair_order_id) INTO v_orders FROM (
      (SELECT id, repair_order_id, type, status = 'declined', total, taxable FROM new_rows
       EXCEPT SELECT id, repair_order_id, type, status = 'declined', total, taxable FROM old_rows)
      UNION ALL
      (SELECT id, repair_order_id, type, status = 'declined', total, taxable FROM old_rows
       EXCEPT SELECT id, repair_order_id, type, status = 'declined', total, taxable FROM new_rows)) changed;
  END IF;
  IF v_orders IS NOT NULL THEN PERFORM recalc_ro_totals(v_orders); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER update_ro_totals_on_line_item_change AFTER INSERT ON line_items
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION update_ro_totals();
CREATE TRIGGER update_ro_totals_on_line_item_update AFTER UPDATE ON line_items
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION update_ro_totals();
CREATE TRIGGER update_ro_totals_on_line_item_delete AFTER DELETE ON line_items
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION update_ro_totals();

CREATE FUNCTION update_ro_tax() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM recalc_ro_totals(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER update_ro_tax AFTER UPDATE ON repair_orders
  FOR EACH ROW WHEN (OLD.tax_rate IS DISTINCT FROM NEW.tax_rate) EXECUTE FUNCTION update_ro_tax();
`

const stock = String.raw`
-- A part leaves the shelf when its line is completed, not when it is quoted. Each change posts only the difference.
CREATE FUNCTION decrement_inventory() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, repair_order_id, line_item_id, performed_by_user_id)
    SELECT shop_id, inventory_item_id, 'sale', -quantity, cost, repair_order_id, id, coalesce(completed_by_user_id, current_actor())
    FROM new_rows WHERE type = 'part' AND status = 'completed' AND inventory_item_id IS NOT NULL ORDER BY inventory_item_id, id;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, repair_order_id, performed_by_user_id, notes)
    SELECT o.shop_id, o.inventory_item_id, 'return', o.quantity, o.cost, r.id, coalesce(current_actor(), o.completed_by_user_id), 'line deleted'
    FROM old_rows o LEFT JOIN repair_orders r ON r.id = o.repair_order_id
    WHERE o.type = 'part' AND o.status = 'completed' AND o.inventory_item_id IS NOT NULL AND shop_exists(o.shop_id)
    ORDER BY o.inventory_item_id, o.id;
  ELSIF EXISTS (SELECT FROM new_rows WHERE type = 'part' AND inventory_item_id IS NOT NULL)
     OR EXISTS (SELECT FROM old_rows WHERE type = 'part' AND inventory_item_id IS NOT NULL) THEN
    INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, repair_order_id, line_item_id, performed_by_user_id)
    SELECT shop_id, item, CASE WHEN sum(used) > 0 THEN 'sale' ELSE 'return' END::transaction_type, -sum(used),
           coalesce(max(cost) FILTER (WHERE used > 0), max(cost)),
           coalesce(max(repair_order_id::text) FILTER (WHERE used > 0), max(repair_order_id::text))::uuid, line,
           coalesce(max(person::text)::uuid, current_actor())
    FROM (
      SELECT shop_id, id AS line, inventory_item_id AS item, quantity AS used, cost, repair_order_id, completed_by_user_id AS person
      FROM new_rows WHERE type = 'part' AND status = 'completed' AND inventory_item_id IS NOT NULL
      UNION ALL
      SELECT shop_id, id, inventory_item_id, -quantity, cost, repair_order_id, NULL
      FROM old_rows WHERE type = 'part' AND status = 'completed' AND inventory_item_id IS NOT NULL) change
    GROUP BY shop_id, line, item HAVING sum(used) <> 0 ORDER BY item, line;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER decrement_inventory_on_part_usage AFTER INSERT ON line_items
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION decrement_inventory();
CREATE TRIGGER decrement_inventory_on_part_update AFTER UPDATE ON line_items
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION decrement_inventory();
CREATE TRIGGER decrement_inventory_on_part_delete AFTER DELETE ON line_items
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION decrement_inventory();

-- The ledger is the truth, quantity_on_hand its sum. Parts are locked in the order of their ids: two sales cannot deadlock.
CREATE FUNCTION apply_stock_transaction() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  PERFORM FROM inventory_items WHERE id IN (SELECT inventory_item_id FROM new_rows) ORDER BY id FOR NO KEY UPDATE;
  UPDATE inventory_items i SET quantity_on_hand = i.quantity_on_hand + d.quantity
  FROM (SELECT inventory_item_id, sum(quantity) AS quantity FROM new_rows GROUP BY inventory_item_id) d
  WHERE i.id = d.inventory_item_id;
  RETURN NULL;
END $$;
CREATE TRIGGER apply_stock_transaction AFTER INSERT ON stock_transactions
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION apply_stock_transaction();

CREATE FUNCTION guard_stock_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT shop_exists(OLD.shop_id) THEN RETURN OLD; END IF;
  ELSIF pg_trigger_depth() > 1 THEN
    RETURN NEW; -- ON DELETE SET NULL of a reference
  END IF;
  RAISE EXCEPTION 'stock transactions are append-only: post an adjustment'
    USING ERRCODE = '23514', CONSTRAINT = 'stock_append_only', TABLE = 'stock_transactions';
END $$;
CREATE TRIGGER guard_stock_transaction BEFORE UPDATE OR DELETE ON stock_transactions
  FOR EACH ROW EXECUTE FUNCTION guard_stock_transaction();

CREATE FUNCTION open_inventory_quantity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE inventory_items SET quantity_on_hand = 0 WHERE id = NEW.id;
  INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, performed_by_user_id, notes)
  VALUES (NEW.shop_id, NEW.id, 'adjustment', NEW.quantity_on_hand, NEW.cost, current_actor(), 'opening balance');
  RETURN NULL;
END $$;
CREATE TRIGGER open_inventory_quantity AFTER INSERT ON inventory_items
  FOR EACH ROW WHEN (NEW.quantity_on_hand <> 0) EXECUTE FUNCTION open_inventory_quantity();
CREATE TRIGGER guard_inventory_quantity BEFORE UPDATE ON inventory_items
  FOR EACH ROW WHEN (NEW.quantity_on_hand IS DISTINCT FROM OLD.quantity_on_hand AND pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse('inventory_quantity_via_ledger', 'quantity_on_hand changes only through stock_transactions');
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [checks, totals, stock]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TRIGGER guard_inventory_quantity ON inventory_items;
    DROP FUNCTION open_inventory_quantity() CASCADE;
    DROP FUNCTION guard_stock_transaction() CASCADE;
    DROP FUNCTION apply_stock_transaction() CASCADE;
    DROP FUNCTION decrement_inventory() CASCADE;
    DROP FUNCTION update_ro_tax() CASCADE;
    DROP FUNCTION update_ro_totals() CASCADE;
    DROP FUNCTION recalc_ro_totals(uuid[]);
    DROP FUNCTION unauthorize_line() CASCADE;
    DROP FUNCTION fill_line_cost() CASCADE;
    DROP FUNCTION check_line_items() CASCADE;
  `)
}
