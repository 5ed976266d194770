import type { Knex } from 'knex'

/** An older program would add lines and orders without the shop's rules; what stands stays right. */
export const breaking = false

const rates = String.raw`
CREATE TABLE labor_rates (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  name VARCHAR(100) NOT NULL CONSTRAINT labor_rates_name_present CHECK (present(name)),
  rate DECIMAL(10,2) NOT NULL CONSTRAINT labor_rates_rate_range CHECK (rate > 0),
  is_active BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT labor_rates_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT labor_rates_name_key UNIQUE (shop_id, name)
);
ALTER TABLE customers ADD COLUMN labor_rate_id UUID,
  ADD CONSTRAINT customers_labor_rate_id_fkey FOREIGN KEY (shop_id, labor_rate_id) REFERENCES labor_rates (shop_id, id);
ALTER TABLE vehicles ADD COLUMN labor_rate_id UUID,
  ADD CONSTRAINT vehicles_labor_rate_id_fkey FOREIGN KEY (shop_id, labor_rate_id) REFERENCES labor_rates (shop_id, id);
ALTER TABLE repair_orders ADD COLUMN labor_rate_id UUID,
  ADD CONSTRAINT repair_orders_labor_rate_id_fkey FOREIGN KEY (shop_id, labor_rate_id) REFERENCES labor_rates (shop_id, id);

-- The rate of an hour of labor: the vehicle's, else the customer's, else the order's, else the shop's own. One that is out of use does not count.
CREATE FUNCTION labor_rate_for(p_shop uuid, p_customer uuid, p_vehicle uuid, p_order uuid)
RETURNS TABLE (rate numeric, id uuid, name text, level text) LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT r.rate, r.id, r.name::text, r.level FROM (
    SELECT 1 AS at, lr.rate, lr.id, lr.name, 'vehicle' AS level FROM vehicles v JOIN labor_rates lr ON lr.shop_id = v.shop_id AND lr.id = v.labor_rate_id
    WHERE v.shop_id = p_shop AND v.id = p_vehicle AND lr.is_active
    UNION ALL
    SELECT 2, lr.rate, lr.id, lr.name, 'customer' FROM customers c JOIN labor_rates lr ON lr.shop_id = c.shop_id AND lr.id = c.labor_rate_id
    WHERE c.shop_id = p_shop AND c.id = p_customer AND lr.is_active
    UNION ALL
    SELECT 3, lr.rate, lr.id, lr.name, 'order' FROM repair_orders o JOIN labor_rates lr ON lr.shop_id = o.shop_id AND lr.id = o.labor_rate_id
    WHERE o.shop_id = p_shop AND o.id = p_order AND lr.is_active
    UNION ALL
    SELECT 4, coalesce(s.labor_rate, 0), NULL::uuid, '', 'shop' FROM shops s WHERE s.id = p_shop) r
  ORDER BY r.at LIMIT 1;
END;
`

const rules = String.raw`
CREATE TABLE price_matrices (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  name VARCHAR(100) NOT NULL CONSTRAINT price_matrices_name_present CHECK (present(name)),
  category VARCHAR(100), -- of the inventory; NULL = every part that no matrix of its own category prices
  is_active BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT price_matrices_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT price_matrices_name_key UNIQUE (shop_id, name)
);
-- Two matrices in use for the same parts would make the price a matter of chance.
CREATE UNIQUE INDEX price_matrices_category_key ON price_matrices (shop_id, lower(coalesce(category, ''))) WHERE is_active;

CREATE TABLE price_matrix_bands (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL,
  price_matrix_id UUID NOT NULL,
  cost_from DECIMAL(10,2) NOT NULL CONSTRAINT price_matrix_bands_cost_range CHECK (cost_from >= 0),
  way VARCHAR(10) NOT NULL CONSTRAINT price_matrix_bands_way_known CHECK (way IN ('multiplier', 'margin')),
  factor DECIMAL(12,6) NOT NULL,
  min_price DECIMAL(10,2) CONSTRAINT price_matrix_bands_min_range CHECK (min_price >= 0),
  max_price DECIMAL(10,2),
  CONSTRAINT price_matrix_bands_cost_key UNIQUE (shop_id, price_matrix_id, cost_from),
  CONSTRAINT price_matrix_bands_price_matrix_id_fkey
    FOREIGN KEY (shop_id, price_matrix_id) REFERENCES price_matrices (shop_id, id) ON DELETE CASCADE,
  -- Never below cost: a margin is under 100 %.
  CONSTRAINT price_matrix_bands_factor_range CHECK (CASE way WHEN 'margin' THEN factor >= 0 AND factor < 1 ELSE factor >= 1 AND factor <= 1000 END),
  CONSTRAINT price_matrix_bands_max_range CHECK (max_price >= coalesce(min_price, 0))
);

CREATE TABLE fee_rules (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  name VARCHAR(100) NOT NULL CONSTRAINT fee_rules_name_present CHECK (present(name)),
  kind VARCHAR(20) NOT NULL CONSTRAINT fee_rules_kind_known CHECK (kind IN ('shop_supplies', 'hazardous_waste', 'other')),
  printed_name VARCHAR(200) NOT NULL CONSTRAINT fee_rules_printed_name_present CHECK (present(printed_name)),
  base VARCHAR(10) NOT NULL CONSTRAINT fee_rules_base_known CHECK (base IN ('labor', 'parts', 'both')),
  percent DECIMAL(7,6) CONSTRAINT fee_rules_percent_range CHECK (percent > 0 AND percent < 1),
  amount DECIMAL(10,2) CONSTRAINT fee_rules_amount_range CHECK (amount > 0),
  cap DECIMAL(10,2) CONSTRAINT fee_rules_cap_range CHECK (cap > 0),
  taxable BOOLEAN NOT NULL DEFAULT true,
  is_active BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT fee_rules_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT fee_rules_name_key UNIQUE (shop_id, name),
  CONSTRAINT fee_rules_percent_or_amount CHECK (num_nonnulls(percent, amount) = 1)
);

CREATE TABLE discount_presets (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  name VARCHAR(100) NOT NULL CONSTRAINT discount_presets_name_present CHECK (present(name)),
  percent DECIMAL(7,6) CONSTRAINT discount_presets_percent_range CHECK (percent > 0 AND percent < 1),
  amount DECIMAL(10,2) CONSTRAINT discount_presets_amount_range CHECK (amount > 0),
  is_active BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT discount_presets_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT discount_presets_name_key UNIQUE (shop_id, name),
  CONSTRAINT discount_presets_percent_or_amount CHECK (num_nonnulls(percent, amount) = 1)
);
`

const canned = String.raw`
CREATE TABLE canned_jobs (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  name VARCHAR(200) NOT NULL CONSTRAINT canned_jobs_name_present CHECK (present(name)),
  code VARCHAR(30),
  category VARCHAR(100),
  is_active BOOLEAN NOT NULL DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT canned_jobs_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT canned_jobs_name_key UNIQUE (shop_id, name)
);
CREATE UNIQUE INDEX canned_jobs_code_key ON canned_jobs (shop_id, upper(code)) WHERE is_active;

CREATE TABLE canned_job_lines (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL,
  canned_job_id UUID NOT NULL,
  sort_order INTEGER NOT NULL,
  type line_item_type NOT NULL CONSTRAINT canned_job_lines_type_known CHECK (type <> 'discount'),
  description TEXT NOT NULL CONSTRAINT canned_job_lines_description_present CHECK (present(description)),
  part_number VARCHAR(100),
  inventory_item_id UUID,
  quantity DECIMAL(10,2) NOT NULL CONSTRAINT canned_job_lines_quantity_range CHECK (quantity > 0),
  unit_price DECIMAL(10,2) CONSTRAINT canned_job_lines_price_range CHECK (unit_price >= 0), -- NULL = by the shop's rules when it is sold
  cost DECIMAL(10,2) CONSTRAINT canned_job_lines_cost_range CHECK (cost >= 0),
  taxable BOOLEAN, -- NULL = as the shop taxes lines of this kind
  part_condition VARCHAR(20) CONSTRAINT canned_job_lines_condition_known CHECK (
    part_condition IS NULL OR (type = 'part' AND part_condition IN ('new', 'used', 'rebuilt', 'reconditioned', 'oem'))),
  included VARCHAR(10) NOT NULL DEFAULT 'always' CONSTRAINT canned_job_lines_included_known CHECK (included IN ('always', 'usually', 'on_request')),
  CONSTRAINT canned_job_lines_canned_job_id_fkey FOREIGN KEY (shop_id, canned_job_id) REFERENCES canned_jobs (shop_id, id) ON DELETE CASCADE,
  CONSTRAINT canned_job_lines_inventory_item_id_fkey FOREIGN KEY (shop_id, inventory_item_id)
    REFERENCES inventory_items (shop_id, id) ON DELETE SET NULL (inventory_item_id),
  CONSTRAINT canned_job_lines_fee_price CHECK (type <> 'fee' OR unit_price IS NOT NULL),
  CONSTRAINT canned_job_lines_part_only CHECK (type = 'part' OR (inventory_item_id IS NULL AND part_number IS NULL))
);
CREATE INDEX idx_canned_job_lines_job ON canned_job_lines (canned_job_id, sort_order);
`

// A line keeps which rule made its price and what it said; an order keeps the fee rules that were in force when it was made. So no change of
// a rule reaches an order that stands.
const frozen = String.raw`
ALTER TABLE line_items ADD COLUMN price_source JSONB;
ALTER TABLE repair_orders ADD COLUMN fee_rules JSONB NOT NULL DEFAULT '[]';

CREATE FUNCTION fill_fee_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.fee_rules := (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'kind', f.kind, 'printedName', f.printed_name, 'base', f.base,
             'percentMillionths', millionths(f.percent), 'amountCents', cents(f.amount), 'capCents', cents(f.cap), 'taxable', f.taxable)
             ORDER BY f.name), '[]')
    FROM fee_rules f WHERE f.shop_id = NEW.shop_id AND f.is_active);
  RETURN NEW;
END $$;
CREATE TRIGGER fill_fee_rules BEFORE INSERT ON repair_orders FOR EACH ROW EXECUTE FUNCTION fill_fee_rules();

CREATE OR REPLACE FUNCTION fill_list_price() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_rule jsonb;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.price_source IS NOT DISTINCT FROM OLD.price_source THEN
    IF (NEW.type, NEW.unit_price, NEW.inventory_item_id) IS NOT DISTINCT FROM (OLD.type, OLD.unit_price, OLD.inventory_item_id) THEN
      NEW.list_price := OLD.list_price;
      RETURN NEW;
    END IF;
    IF (NEW.type, NEW.inventory_item_id) IS NOT DISTINCT FROM (OLD.type, OLD.inventory_item_id) AND OLD.price_source IS NOT NULL THEN
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

const tables = ['labor_rates', 'price_matrices', 'price_matrix_bands', 'fee_rules', 'discount_presets', 'canned_jobs', 'canned_job_lines']
/** What has its parts in a table of its own is recorded with them, by the use case. */
const heads = ['labor_rates', 'price_matrices', 'fee_rules', 'discount_presets', 'canned_jobs']

const security = tables
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY shop_isolation_policy ON ${table} USING (shop_id = NULLIF(current_setting('app.current_shop_id', true), '')::uuid);
DO $do$
BEGIN
  IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('CREATE POLICY owner_policy ON ${table} TO %I USING (true)', current_user);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT SELECT, INSERT, UPDATE ON ${table} TO counterbay_app;
    ${heads.includes(table) ? '' : `GRANT DELETE ON ${table} TO counterbay_app;`}
  END IF;
END $do$;`,
  )
  .join('\n')

const watch = String.raw`
-- A rule makes money: what it was and what it became is on record, whoever wrote it.
CREATE FUNCTION audit_price_rule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v_old jsonb := '{}'; v_changes jsonb;
BEGIN
  IF TG_OP = 'UPDATE' THEN v_old := to_jsonb(OLD); END IF;
  SELECT jsonb_object_agg(key, CASE TG_OP WHEN 'UPDATE' THEN jsonb_build_array(v_old -> key, value) ELSE value END) INTO v_changes
  FROM jsonb_each(to_jsonb(NEW)) WHERE v_old -> key IS DISTINCT FROM value AND key NOT IN ('id', 'shop_id', 'created_at', 'updated_at');
  IF v_changes IS NULL THEN RETURN NULL; END IF;
  INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
  VALUES (NEW.shop_id, CASE TG_OP WHEN 'INSERT' THEN 'pricing.added' ELSE 'pricing.changed' END, TG_TABLE_NAME, NEW.id, v_changes);
  RETURN NULL;
END $$;
-- Which rate somebody's labor is charged at is a price as well.
CREATE FUNCTION audit_labor_rate_choice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_events (shop_id, action, entity_type, entity_id, details)
  VALUES (NEW.shop_id, 'pricing.rate_chosen', TG_TABLE_NAME, NEW.id, jsonb_build_object('labor_rate_id', jsonb_build_array(OLD.labor_rate_id, NEW.labor_rate_id)));
  RETURN NULL;
END $$;
`

const watchers = [
  ...heads.flatMap((table) => [
    `CREATE TRIGGER audit_${table} AFTER INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION audit_price_rule();`,
    `CREATE TRIGGER update_${table}_updated_at BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();`,
    ...['INSERT', 'UPDATE'].map(
      (event) =>
        `CREATE TRIGGER notify_${table}_${event.toLowerCase()} AFTER ${event} ON ${table} ` +
        `REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION notify_row('shop');`,
    ),
  ]),
  ...['customers', 'vehicles', 'repair_orders'].map(
    (table) =>
      `CREATE TRIGGER audit_${table}_labor_rate AFTER UPDATE ON ${table} FOR EACH ROW ` +
      `WHEN (OLD.labor_rate_id IS DISTINCT FROM NEW.labor_rate_id) EXECUTE FUNCTION audit_labor_rate_choice();`,
  ),
].join('\n')

export async function up(knex: Knex): Promise<void> {
  for (const part of [rates, rules, canned, frozen, security, watch, watchers]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION audit_labor_rate_choice() CASCADE;
    DROP FUNCTION fill_fee_rules() CASCADE;
    CREATE OR REPLACE FUNCTION fill_list_price() RETURNS trigger LANGUAGE plpgsql AS $$
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
    DROP FUNCTION labor_rate_for(uuid, uuid, uuid, uuid);
    ALTER TABLE repair_orders DROP COLUMN fee_rules, DROP COLUMN labor_rate_id;
    ALTER TABLE line_items DROP COLUMN price_source;
    ALTER TABLE vehicles DROP COLUMN labor_rate_id;
    ALTER TABLE customers DROP COLUMN labor_rate_id;
    DROP TABLE canned_job_lines;
    DROP TABLE canned_jobs;
    DROP TABLE discount_presets;
    DROP TABLE fee_rules;
    DROP TABLE price_matrix_bands;
    DROP TABLE price_matrices;
    DROP TABLE labor_rates;
    DROP FUNCTION audit_price_rule() CASCADE;
  `)
}
