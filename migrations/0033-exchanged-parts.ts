import type { Knex } from 'knex'

export const breaking = false

// Whose part a line is may change and the rule with its price stay the same, or have none of its own for the new one: that is no reason to
// forget the rule and hold the line against the inventory's price instead. Only another kind of line has other rules.
const fill = (keeps: string) => String.raw`
CREATE OR REPLACE FUNCTION fill_list_price() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_rule jsonb;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.price_source IS NOT DISTINCT FROM OLD.price_source THEN
    IF (NEW.type, NEW.unit_price, NEW.inventory_item_id) IS NOT DISTINCT FROM (OLD.type, OLD.unit_price, OLD.inventory_item_id) THEN
      NEW.list_price := OLD.list_price;
      RETURN NEW;
    END IF;
    IF ${keeps} AND OLD.price_source IS NOT NULL THEN
      -- Typed over: the rule that made the price is kept beside it, and is back with its price.
      v_rule := coalesce(OLD.price_source -> 'instead', OLD.price_source);
      NEW.price_source := CASE
        WHEN v_rule ->> 'rule' = 'typed' OR (v_rule ->> 'priceCents')::bigint = cents(NEW.unit_price) THEN v_rule
        ELSE jsonb_build_object('rule', 'typed', 'name', '', 'priceCents', cents(NEW.unit_price), 'instead', v_rule) END;
      NEW.list_price := OLD.list_price;
      RETURN NEW;
    END IF;
    NEW.price_source := NULL;
  END IF;
  v_rule := coalesce(NEW.price_source -> 'instead', NEW.price_source);
  NEW.list_price := CASE
    WHEN NEW.type IN ('labor', 'part') AND v_rule ->> 'rule' <> 'typed' THEN dollars((v_rule ->> 'priceCents')::bigint)
    WHEN NEW.type = 'labor' THEN (
      SELECT r.rate FROM repair_orders o, labor_rate_for(o.shop_id, o.customer_id, o.vehicle_id, o.id) r
      WHERE o.shop_id = NEW.shop_id AND o.id = NEW.repair_order_id)
    WHEN NEW.type = 'part' AND NEW.inventory_item_id IS NOT NULL THEN
      (SELECT price FROM inventory_items WHERE shop_id = NEW.shop_id AND id = NEW.inventory_item_id) END;
  RETURN NEW;
END $$;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(fill('NEW.type = OLD.type'))
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(fill('(NEW.type, NEW.inventory_item_id) IS NOT DISTINCT FROM (OLD.type, OLD.inventory_item_id)'))
}
