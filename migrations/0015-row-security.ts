import type { Knex } from 'knex'

export const breaking = false

// No shop set: no rows. Forced, so that the tables' owner obeys too unless it may bypass (the embedded server's owner may);
// an owner elsewhere gets a policy of its own, because migrations, demo data and verification must see every shop.
const policies = String.raw`
DO $do$
DECLARE
  v_table text;
  v_bypass boolean := (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user);
BEGIN
  FOR v_table IN
    SELECT c.relname FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND (c.relname = 'shops' OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shop_id' AND NOT a.attisdropped))
    ORDER BY 1
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format(
      'CREATE POLICY shop_isolation_policy ON %I USING (%I = NULLIF(current_setting(''app.current_shop_id'', true), '''')::uuid)',
      v_table, CASE v_table WHEN 'shops' THEN 'id' ELSE 'shop_id' END);
    IF NOT v_bypass THEN
      EXECUTE format('CREATE POLICY owner_policy ON %I TO %I USING (true)', v_table, current_user);
    END IF;
  END LOOP;
END $do$;
`

const setup = String.raw`
CREATE FUNCTION create_shop(
  p_slug text, p_name text, p_address text, p_city text, p_state text, p_zip text, p_phone text, p_email text,
  p_timezone text, p_tax_rate numeric, p_labor_rate numeric, p_settings jsonb,
  p_owner_email text, p_password_hash text, p_first_name text, p_last_name text)
RETURNS TABLE (shop_id uuid, user_id uuid) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  LOCK TABLE shops IN SHARE ROW EXCLUSIVE MODE; -- two set-ups at once: the second finds the first one's shop
  IF EXISTS (SELECT FROM shops) THEN
    RAISE EXCEPTION 'the shop is already set up' USING ERRCODE = '23514', CONSTRAINT = 'setup_done';
  END IF;
  INSERT INTO shops (slug, name, address, city, state, zip, phone, email, timezone, tax_rate, labor_rate, settings)
  VALUES (p_slug, p_name, p_address, p_city, p_state, p_zip, p_phone, p_email, p_timezone, p_tax_rate, p_labor_rate, coalesce(p_settings, '{}'))
  RETURNING id INTO shop_id;
  INSERT INTO users (shop_id, email, password_hash, first_name, last_name, role, can_approve, password_changed_at)
  VALUES (create_shop.shop_id, p_owner_email, p_password_hash, p_first_name, p_last_name, 'owner', true, CURRENT_TIMESTAMP)
  RETURNING id INTO user_id;
  RETURN NEXT;
END $$;

-- What a program needs to open its connections, before it belongs to a shop.
CREATE FUNCTION known_shops() RETURNS TABLE (id uuid, slug text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.slug::text, s.name::text FROM shops s WHERE s.deleted_at IS NULL ORDER BY s.created_at, s.id
$$;
`

const definer = [
  'create_shop(text, text, text, text, text, text, text, text, text, numeric, numeric, jsonb, text, text, text, text)',
  'known_shops()',
  'search_counter(text, int)',
  'possible_duplicates(text, text, text, text, text, uuid)',
]

// Exactly what a counter does: it neither deletes money, people or records, nor founds shops, nor edits the plan it pays for.
const grants = String.raw`
DO $do$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    RAISE NOTICE 'counterbay_app does not exist: create it and grant as this migration does';
    RETURN;
  END IF;
  GRANT USAGE ON SCHEMA public TO counterbay_app;
  GRANT SELECT ON shops, users, customers, vehicles, repair_orders, ro_jobs, line_items, ro_status_events, estimate_versions, authorizations,
    inspections, inspection_points, photos, bays, appointments, inventory_items, stock_transactions, invoices, payments,
    notifications, ai_predictions, audit_events, shop_counters, business_days TO counterbay_app;
  GRANT INSERT ON users, customers, vehicles, repair_orders, ro_jobs, line_items, ro_status_events, estimate_versions, authorizations,
    inspections, inspection_points, photos, bays, appointments, inventory_items, stock_transactions, invoices, payments,
    notifications, ai_predictions, audit_events, shop_counters, business_days TO counterbay_app;
  GRANT UPDATE ON users, customers, vehicles, repair_orders, ro_jobs, line_items, inspections, inspection_points, photos, bays,
    appointments, inventory_items, invoices, payments, notifications, ai_predictions TO counterbay_app;
  GRANT UPDATE (next_value) ON shop_counters TO counterbay_app;
  GRANT UPDATE (closed_at) ON business_days TO counterbay_app;
  GRANT UPDATE (name, email, phone, address, city, state, zip, tax_rate, labor_rate, timezone, logo_url, settings, updated_at)
    ON shops TO counterbay_app;
  GRANT DELETE ON ro_jobs, line_items, inspections, inspection_points, photos, bays, appointments TO counterbay_app;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(policies)
  await knex.raw(setup)
  await knex.raw(definer.map((signature) => `REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;`).join('\n'))
  await knex.raw(grants)
  await knex.raw(String.raw`
    DO $do$
    BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
        GRANT EXECUTE ON FUNCTION ${definer.join(', ')} TO counterbay_app;
      END IF;
    END $do$;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DO $do$
    DECLARE v_policy record;
    BEGIN
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
        REVOKE ALL ON ALL TABLES IN SCHEMA public FROM counterbay_app;
        REVOKE ALL ON FUNCTION search_counter(text, int), possible_duplicates(text, text, text, text, text, uuid) FROM counterbay_app;
        REVOKE USAGE ON SCHEMA public FROM counterbay_app;
      END IF;
      FOR v_policy IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON %I', v_policy.policyname, v_policy.tablename);
        EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', v_policy.tablename);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', v_policy.tablename);
      END LOOP;
    END $do$;
    DROP FUNCTION known_shops();
    DROP FUNCTION create_shop(text, text, text, text, text, text, text, text, text, numeric, numeric, jsonb, text, text, text, text);
  `)
}
