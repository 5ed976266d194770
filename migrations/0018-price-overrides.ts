import type { Knex } from 'knex'

export const breaking = false

// What the shop itself asks for a line (its labor rate, the list price of a part) is kept beside what is asked of the customer, as it was when
// the price was set: lists change, and a price that was right must not look wrong afterwards. Lines from before have none.
const listPrice = String.raw`
ALTER TABLE line_items ADD COLUMN list_price DECIMAL(10,2);

CREATE FUNCTION fill_list_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.type, NEW.unit_price, NEW.inventory_item_id) IS NOT DISTINCT FROM (OLD.type, OLD.unit_price, OLD.inventory_item_id) THEN
      NEW.list_price := OLD.list_price;
      RETURN NEW;
    END IF;
  END IF;
  NEW.list_price := CASE
    WHEN NEW.type = 'labor' THEN (SELECT labor_rate FROM shops WHERE id = NEW.shop_id)
    WHEN NEW.type = 'part' AND NEW.inventory_item_id IS NOT NULL THEN
      (SELECT price FROM inventory_items WHERE shop_id = NEW.shop_id AND id = NEW.inventory_item_id) END;
  RETURN NEW;
END $$;
CREATE TRIGGER fill_list_price BEFORE INSERT OR UPDATE ON line_items FOR EACH ROW EXECUTE FUNCTION fill_list_price();
`

// A price that is not the shop's is on record with the person who set it, whether an approval was wanted for it or not.
const trail = String.raw`
CREATE FUNCTION audit_price_override() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
    SELECT n.shop_id, 'lines.price_override', 'repair_order', n.repair_order_id,
           jsonb_build_object('lines', jsonb_agg(jsonb_build_object('id', n.id, 'unit_price', n.unit_price, 'list_price', n.list_price)))
    FROM new_rows n WHERE n.unit_price <> n.list_price GROUP BY n.shop_id, n.repair_order_id;
  ELSE
    INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
    SELECT n.shop_id, 'lines.price_override', 'repair_order', n.repair_order_id,
           jsonb_build_object('lines', jsonb_agg(jsonb_build_object('id', n.id, 'unit_price', n.unit_price, 'list_price', n.list_price)))
    FROM new_rows n JOIN old_rows o ON o.id = n.id
    WHERE n.unit_price <> n.list_price AND (n.unit_price, n.list_price) IS DISTINCT FROM (o.unit_price, o.list_price)
    GROUP BY n.shop_id, n.repair_order_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_price_override AFTER INSERT ON line_items
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_price_override();
CREATE TRIGGER audit_price_override_update AFTER UPDATE ON line_items
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_price_override();
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [listPrice, trail]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION audit_price_override() CASCADE;
    DROP FUNCTION fill_list_price() CASCADE;
    ALTER TABLE line_items DROP COLUMN list_price;
  `)
}
