import type { Knex } from 'knex'

export const breaking = false

// What a removed line was, beside what was typed of it: one that is brought back is the line that it was.
const rest = `, 'inventory_item_id', o.inventory_item_id, 'price_source', o.price_source, 'terms', o.terms, 'revived_from', o.revived_from`

const record = (more: string) => String.raw`
CREATE OR REPLACE FUNCTION audit_line_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
    SELECT o.shop_id, 'lines.deleted', 'repair_order', o.repair_order_id,
           jsonb_build_object('lines', jsonb_agg(jsonb_build_object('id', o.id, 'type', o.type, 'status', o.status, 'description', o.description,
             'quantity', o.quantity, 'unit_price', o.unit_price${more})))
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
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(record(rest))
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(record(''))
}
