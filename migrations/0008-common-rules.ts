import type { Knex } from 'knex'

export const breaking = false

const shopFunctions = String.raw`
-- False only inside the cascade of DELETE FROM shops, where every guard steps aside: a shop can always leave as a whole.
CREATE FUNCTION shop_exists(p_shop uuid) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC SELECT EXISTS (SELECT FROM shops WHERE id = p_shop); END;

CREATE FUNCTION shop_local_date(p_shop uuid, p_at timestamptz) RETURNS date LANGUAGE sql STABLE
BEGIN ATOMIC SELECT (p_at AT TIME ZONE timezone)::date FROM shops WHERE id = p_shop; END;

-- The counter's row stays locked until the transaction ends: a number taken and rolled back is taken again, so there is
-- neither gap nor duplicate. Six digits at least, more when they are needed (lpad alone would cut the seventh).
CREATE FUNCTION next_shop_number(p_shop uuid, p_kind text) RETURNS text LANGUAGE sql VOLATILE
BEGIN ATOMIC
  INSERT INTO shop_counters AS c (shop_id, counter, next_value) VALUES (p_shop, p_kind, 2)
  ON CONFLICT (shop_id, counter) DO UPDATE SET next_value = c.next_value + 1
  RETURNING CASE p_kind WHEN 'ro' THEN 'RO-' WHEN 'invoice' THEN 'INV-' ELSE upper(p_kind) || '-' END
    || lpad((next_value - 1)::text, greatest(6, length((next_value - 1)::text)), '0');
END;
`

const updatedAt = String.raw`
CREATE FUNCTION update_updated_at_column()
RETURNS TRIGGER AS $$
BEGIN
    NEW.updated_at = CURRENT_TIMESTAMP;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;
`

const withUpdatedAt = [
  'shops',
  'users',
  'customers',
  'vehicles',
  'repair_orders',
  'line_items',
  'inspections',
  'inspection_points',
  'bays',
  'appointments',
  'inventory_items',
  'invoices',
  'ro_jobs',
]

const refusal = String.raw`
-- Refuses whatever the trigger's WHEN lets through. Arguments: the name reported as the constraint, and the sentence.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[1] USING ERRCODE = '23514', CONSTRAINT = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END $$;

-- Depth > 1: the ON DELETE action of a foreign key, when the owner of the database removes a person's or an order's row.
CREATE FUNCTION guard_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT shop_exists(OLD.shop_id) THEN RETURN OLD; END IF;
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = '23514', CONSTRAINT = TG_TABLE_NAME || '_append_only', TABLE = TG_TABLE_NAME;
END $$;
`

const appendOnly = ['ro_status_events', 'estimate_versions', 'authorizations', 'audit_events']

// A version counts what people change, not what the database derives from it; else every new line would make the head
// of the order look edited by somebody else.
const versions = String.raw`
CREATE FUNCTION bump_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;
`

const withVersion = ['users', 'customers', 'vehicles', 'repair_orders', 'line_items']

const counters = String.raw`
CREATE TRIGGER guard_shop_counter BEFORE UPDATE ON shop_counters
  FOR EACH ROW WHEN (NEW.next_value <> OLD.next_value + 1 OR NEW.counter <> OLD.counter)
  EXECUTE FUNCTION refuse('shop_counters_step', 'a counter only ever goes to its next number');

CREATE TRIGGER guard_status_event_source BEFORE INSERT ON ro_status_events
  FOR EACH ROW WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION refuse('ro_status_events_derived', 'status history is written by the database');

-- FOR UPDATE waits for every payment that still holds FOR KEY SHARE on this day: none can slip in after the closing count.
CREATE FUNCTION guard_business_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT shop_exists(OLD.shop_id) THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'a business day is never deleted' USING ERRCODE = '23514', CONSTRAINT = 'business_days_append_only';
  END IF;
  IF OLD.closed_at IS NOT NULL OR (NEW.shop_id, NEW.business_date, NEW.opened_at) IS DISTINCT FROM (OLD.shop_id, OLD.business_date, OLD.opened_at) THEN
    RAISE EXCEPTION 'a closed day stays closed' USING ERRCODE = '23514', CONSTRAINT = 'business_days_append_only';
  END IF;
  PERFORM FROM business_days WHERE shop_id = OLD.shop_id AND business_date = OLD.business_date FOR UPDATE;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_business_day BEFORE UPDATE OR DELETE ON business_days FOR EACH ROW EXECUTE FUNCTION guard_business_day();
`

const people = String.raw`
-- The shop's row is the lock: two owners who demote each other at the same moment queue up, and the second is refused.
CREATE FUNCTION guard_last_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.role = 'owner' AND NEW.is_active AND NEW.deleted_at IS NULL THEN RETURN NEW; END IF;
  IF TG_OP = 'DELETE' AND NOT shop_exists(OLD.shop_id) THEN RETURN OLD; END IF;
  PERFORM FROM shops WHERE id = OLD.shop_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM users WHERE shop_id = OLD.shop_id AND id <> OLD.id AND role = 'owner' AND is_active AND deleted_at IS NULL) THEN
    RAISE EXCEPTION 'the last active owner of a shop stays' USING ERRCODE = '23514', CONSTRAINT = 'users_last_owner', TABLE = 'users';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_last_owner_update BEFORE UPDATE OF role, is_active, deleted_at ON users
  FOR EACH ROW WHEN (OLD.role = 'owner' AND OLD.is_active AND OLD.deleted_at IS NULL) EXECUTE FUNCTION guard_last_owner();
CREATE TRIGGER guard_last_owner_delete BEFORE DELETE ON users
  FOR EACH ROW WHEN (OLD.role = 'owner' AND OLD.is_active AND OLD.deleted_at IS NULL) EXECUTE FUNCTION guard_last_owner();

CREATE FUNCTION normalize_vehicle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.vin := nullif(upper(regexp_replace(NEW.vin, '\s', '', 'g')), '');
  NEW.license_plate := nullif(btrim(NEW.license_plate), '');
  NEW.plate_state := nullif(upper(btrim(NEW.plate_state)), '');
  IF TG_OP = 'INSERT' OR NEW.customer_id IS DISTINCT FROM OLD.customer_id OR pg_trigger_depth() = 1 THEN
    NEW.owner_key := coalesce((SELECT search_key FROM customers WHERE shop_id = NEW.shop_id AND id = NEW.customer_id), '');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER normalize_vehicle BEFORE INSERT OR UPDATE ON vehicles FOR EACH ROW EXECUTE FUNCTION normalize_vehicle();

CREATE FUNCTION carry_owner_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE vehicles SET owner_key = NEW.search_key WHERE shop_id = NEW.shop_id AND customer_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER carry_owner_key AFTER UPDATE ON customers
  FOR EACH ROW WHEN (OLD.search_key IS DISTINCT FROM NEW.search_key) EXECUTE FUNCTION carry_owner_key();
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [shopFunctions, updatedAt, refusal, versions]) await knex.raw(part)
  const each = [
    ...withUpdatedAt.map(
      (t) => `CREATE TRIGGER update_${t}_updated_at BEFORE UPDATE ON ${t} FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();`,
    ),
    ...withVersion.map(
      (t) =>
        `CREATE TRIGGER bump_${t}_version BEFORE UPDATE ON ${t} FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION bump_version();`,
    ),
    ...appendOnly.map(
      (t) => `CREATE TRIGGER guard_${t} BEFORE UPDATE OR DELETE ON ${t} FOR EACH ROW EXECUTE FUNCTION guard_append_only();`,
    ),
  ]
  await knex.raw(each.join('\n'))
  await knex.raw(counters)
  await knex.raw(people)
}

export async function down(knex: Knex): Promise<void> {
  // The triggers go with their functions.
  await knex.raw(String.raw`
    DROP FUNCTION carry_owner_key() CASCADE;
    DROP FUNCTION normalize_vehicle() CASCADE;
    DROP FUNCTION guard_last_owner() CASCADE;
    DROP FUNCTION guard_business_day() CASCADE;
    DROP FUNCTION bump_version() CASCADE;
    DROP FUNCTION guard_append_only() CASCADE;
    DROP FUNCTION refuse() CASCADE;
    DROP FUNCTION update_updated_at_column() CASCADE;
    DROP FUNCTION next_shop_number(uuid, text);
    DROP FUNCTION shop_local_date(uuid, timestamptz);
    DROP FUNCTION shop_exists(uuid);
  `)
}
