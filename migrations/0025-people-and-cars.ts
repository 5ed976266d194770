import type { Knex } from 'knex'

/** An older program would bill a company without the order number it wants, and exempt new orders by an expired certificate. */
export const breaking = true

const columns = String.raw`
ALTER TABLE customers
  ADD COLUMN tax_exempt_expires DATE,
  ADD COLUMN requires_purchase_order BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN merged_into_id UUID,
  ADD CONSTRAINT customers_merged_into_id_fkey FOREIGN KEY (shop_id, merged_into_id) REFERENCES customers(shop_id, id);
CREATE INDEX idx_customers_merged_into ON customers(merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE customer_contacts (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  customer_id UUID NOT NULL,
  name VARCHAR(200) NOT NULL CONSTRAINT customer_contacts_name_present CHECK (present(name)),
  role VARCHAR(10) NOT NULL CONSTRAINT customer_contacts_role_known CHECK (role IN ('payer', 'driver', 'approver', 'other')),
  phone VARCHAR(20),
  email VARCHAR(255),
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at TIMESTAMPTZ,
  CONSTRAINT customer_contacts_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT customer_contacts_customer_id_fkey FOREIGN KEY (shop_id, customer_id) REFERENCES customers(shop_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_customer_contacts_customer ON customer_contacts(customer_id);
CREATE TRIGGER update_customer_contacts_updated_at BEFORE UPDATE ON customer_contacts FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();

ALTER TABLE repair_orders
  ADD COLUMN purchase_order VARCHAR(50),
  ADD COLUMN payer_contact_id UUID,
  ADD COLUMN driver_contact_id UUID,
  ADD COLUMN approver_contact_id UUID,
  ADD CONSTRAINT repair_orders_payer_contact_id_fkey FOREIGN KEY (shop_id, payer_contact_id)
    REFERENCES customer_contacts(shop_id, id) ON DELETE SET NULL (payer_contact_id),
  ADD CONSTRAINT repair_orders_driver_contact_id_fkey FOREIGN KEY (shop_id, driver_contact_id)
    REFERENCES customer_contacts(shop_id, id) ON DELETE SET NULL (driver_contact_id),
  ADD CONSTRAINT repair_orders_approver_contact_id_fkey FOREIGN KEY (shop_id, approver_contact_id)
    REFERENCES customer_contacts(shop_id, id) ON DELETE SET NULL (approver_contact_id);

-- Fires before guard_new_repair_order (triggers go by name), which takes a rate that is there already.
CREATE FUNCTION exempt_new_repair_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT CASE WHEN c.tax_exempt AND (c.tax_exempt_expires IS NULL OR c.tax_exempt_expires >= shop_local_date(s.id, now())) THEN 0 ELSE s.tax_rate END
  INTO NEW.tax_rate
  FROM shops s JOIN customers c ON c.shop_id = s.id WHERE s.id = NEW.shop_id AND c.id = NEW.customer_id;
  RETURN NEW;
END $$;
CREATE TRIGGER exempt_new_repair_order BEFORE INSERT ON repair_orders
  FOR EACH ROW WHEN (NEW.tax_rate IS NULL) EXECUTE FUNCTION exempt_new_repair_order();
`

// The number of a line, in the order in which things were said: two of one moment have an order too.
const consents = String.raw`
CREATE TABLE message_consents (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  seq BIGINT GENERATED ALWAYS AS IDENTITY,
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  customer_id UUID NOT NULL,
  channel VARCHAR(10) NOT NULL CONSTRAINT message_consents_channel_known CHECK (channel IN ('phone', 'email')),
  address VARCHAR(255) NOT NULL CONSTRAINT message_consents_address_present CHECK (present(address)),
  address_key TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (CASE channel WHEN 'phone' THEN phone_key(address) ELSE lower(btrim(address)) END) STORED,
  kind VARCHAR(10) NOT NULL CONSTRAINT message_consents_kind_known CHECK (kind IN ('service', 'marketing')),
  is_given BOOLEAN NOT NULL,
  method VARCHAR(10) NOT NULL CONSTRAINT message_consents_method_known CHECK (method IN ('in_person', 'phone', 'text', 'email', 'paper')),
  note TEXT,
  recorded_by_user_id UUID NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT message_consents_customer_id_fkey FOREIGN KEY (shop_id, customer_id) REFERENCES customers(shop_id, id) ON DELETE CASCADE,
  CONSTRAINT message_consents_recorded_by_user_id_fkey FOREIGN KEY (shop_id, recorded_by_user_id) REFERENCES users(shop_id, id)
);
CREATE INDEX idx_message_consents_customer ON message_consents(customer_id);
CREATE INDEX idx_message_consents_address ON message_consents(shop_id, address_key, kind, seq);
CREATE TRIGGER guard_message_consents BEFORE UPDATE OR DELETE ON message_consents FOR EACH ROW EXECUTE FUNCTION guard_append_only();
`

// A merge is the row that says so: writing it moves everything of one customer to the other and notes each row; writing its undoing moves
// these very rows back. Rows are moved inside the triggers, where append-only tables let a reference follow.
const merges = String.raw`
CREATE TABLE customer_merges (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  kept_customer_id UUID NOT NULL,
  merged_customer_id UUID NOT NULL,
  fields_before JSONB NOT NULL,
  fields_after JSONB NOT NULL,
  merged_by_user_id UUID NOT NULL,
  approver_user_id UUID,
  merged_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT customer_merges_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT customer_merges_kept_customer_id_fkey FOREIGN KEY (shop_id, kept_customer_id) REFERENCES customers(shop_id, id) ON DELETE CASCADE,
  CONSTRAINT customer_merges_merged_customer_id_fkey FOREIGN KEY (shop_id, merged_customer_id) REFERENCES customers(shop_id, id) ON DELETE CASCADE,
  CONSTRAINT customer_merges_merged_by_user_id_fkey FOREIGN KEY (shop_id, merged_by_user_id) REFERENCES users(shop_id, id),
  CONSTRAINT customer_merges_approver_user_id_fkey FOREIGN KEY (shop_id, approver_user_id) REFERENCES users(shop_id, id)
);
CREATE INDEX idx_customer_merges_kept ON customer_merges(kept_customer_id);
CREATE INDEX idx_customer_merges_merged ON customer_merges(merged_customer_id);

CREATE TABLE customer_merge_rows (
  shop_id UUID NOT NULL,
  merge_id UUID NOT NULL,
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  row_id UUID NOT NULL,
  PRIMARY KEY (merge_id, table_name, column_name, row_id),
  CONSTRAINT customer_merge_rows_merge_id_fkey FOREIGN KEY (shop_id, merge_id) REFERENCES customer_merges(shop_id, id) ON DELETE CASCADE
);

CREATE TABLE customer_merge_undos (
  merge_id UUID PRIMARY KEY,
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  undone_by_user_id UUID NOT NULL,
  approver_user_id UUID,
  undone_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT customer_merge_undos_merge_id_fkey FOREIGN KEY (shop_id, merge_id) REFERENCES customer_merges(shop_id, id) ON DELETE CASCADE,
  CONSTRAINT customer_merge_undos_undone_by_user_id_fkey FOREIGN KEY (shop_id, undone_by_user_id) REFERENCES users(shop_id, id),
  CONSTRAINT customer_merge_undos_approver_user_id_fkey FOREIGN KEY (shop_id, approver_user_id) REFERENCES users(shop_id, id)
);

-- What belongs to a customer is what refers to one, whatever table a later change adds; the record of the merges itself stays.
CREATE FUNCTION customer_references() RETURNS TABLE (table_name text, column_name text) LANGUAGE sql STABLE AS $$
  SELECT c.conrelid::regclass::text, a.attname::text
  FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey) AS k(attnum) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum
  WHERE c.contype = 'f' AND c.confrelid = 'customers'::regclass AND a.attname <> 'shop_id'
    AND c.conrelid NOT IN ('customers'::regclass, 'customer_merges'::regclass)
  ORDER BY 1, 2
$$;

CREATE FUNCTION apply_customer_merge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_place record;
BEGIN
  UPDATE customers SET merged_into_id = NEW.kept_customer_id, deleted_at = CURRENT_TIMESTAMP
  WHERE shop_id = NEW.shop_id AND id = NEW.merged_customer_id AND deleted_at IS NULL AND id <> NEW.kept_customer_id
    AND EXISTS (SELECT FROM customers k WHERE k.shop_id = NEW.shop_id AND k.id = NEW.kept_customer_id AND k.deleted_at IS NULL);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'both customers must be there' USING ERRCODE = '23514', CONSTRAINT = 'customer_merges_both_there';
  END IF;
  FOR v_place IN SELECT * FROM customer_references() LOOP
    EXECUTE format($q$
      WITH moved AS (UPDATE %1$s SET %2$I = $1 WHERE shop_id = $2 AND %2$I = $3 RETURNING id)
      INSERT INTO customer_merge_rows (shop_id, merge_id, table_name, column_name, row_id) SELECT $2, $4, %1$L, %2$L, id FROM moved
    $q$, v_place.table_name, v_place.column_name) USING NEW.kept_customer_id, NEW.shop_id, NEW.merged_customer_id, NEW.id;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER apply_customer_merge AFTER INSERT ON customer_merges FOR EACH ROW EXECUTE FUNCTION apply_customer_merge();

CREATE FUNCTION undo_customer_merge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_merge customer_merges;
  v_place record;
  v_moved bigint;
BEGIN
  SELECT * INTO STRICT v_merge FROM customer_merges WHERE shop_id = NEW.shop_id AND id = NEW.merge_id;
  FOR v_place IN
    SELECT table_name, column_name, count(*) AS n FROM customer_merge_rows WHERE merge_id = NEW.merge_id GROUP BY 1, 2 ORDER BY 1, 2
  LOOP
    EXECUTE format($q$
      UPDATE %1$s SET %2$I = $1 WHERE shop_id = $2 AND %2$I = $3
        AND id IN (SELECT row_id FROM customer_merge_rows WHERE merge_id = $4 AND table_name = %1$L AND column_name = %2$L)
    $q$, v_place.table_name, v_place.column_name) USING v_merge.merged_customer_id, NEW.shop_id, v_merge.kept_customer_id, NEW.merge_id;
    GET DIAGNOSTICS v_moved = ROW_COUNT;
    IF v_moved <> v_place.n THEN
      RAISE EXCEPTION 'rows of % belong to somebody else by now', v_place.table_name USING ERRCODE = '23514', CONSTRAINT = 'customer_merge_undos_rows';
    END IF;
  END LOOP;
  UPDATE customers SET merged_into_id = NULL, deleted_at = NULL
  WHERE shop_id = NEW.shop_id AND id = v_merge.merged_customer_id AND merged_into_id = v_merge.kept_customer_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the merge is not in force' USING ERRCODE = '23514', CONSTRAINT = 'customer_merge_undos_in_force';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER undo_customer_merge AFTER INSERT ON customer_merge_undos FOR EACH ROW EXECUTE FUNCTION undo_customer_merge();

CREATE TRIGGER guard_customer_merges BEFORE UPDATE OR DELETE ON customer_merges FOR EACH ROW EXECUTE FUNCTION guard_append_only();
CREATE TRIGGER guard_customer_merge_rows BEFORE UPDATE OR DELETE ON customer_merge_rows FOR EACH ROW EXECUTE FUNCTION guard_append_only();
CREATE TRIGGER guard_customer_merge_undos BEFORE UPDATE OR DELETE ON customer_merge_undos FOR EACH ROW EXECUTE FUNCTION guard_append_only();
CREATE TRIGGER guard_merged_customer BEFORE UPDATE ON customers
  FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id)
  EXECUTE FUNCTION refuse('customers_merged_derived', 'customers are merged by a merge and parted by its undoing');
CREATE TRIGGER guard_merged_is_removed BEFORE UPDATE ON customers
  FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL AND NEW.deleted_at IS NULL)
  EXECUTE FUNCTION refuse('customers_merged_is_removed', 'a customer that was merged comes back by undoing the merge');

-- One and the same person under another key: a merge, or its undoing, at work. What was billed stays billed to them.
CREATE FUNCTION is_merge_move(p_shop uuid, p_from uuid, p_to uuid) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT EXISTS (SELECT FROM customers WHERE shop_id = p_shop AND ((id = p_from AND merged_into_id = p_to) OR (id = p_to AND merged_into_id = p_from)));
END;
DROP TRIGGER guard_repair_order ON repair_orders;
CREATE TRIGGER guard_repair_order BEFORE UPDATE ON repair_orders
  FOR EACH ROW WHEN (CASE WHEN pg_trigger_depth() > 0 AND OLD.customer_id <> NEW.customer_id
                          THEN NOT is_merge_move(OLD.shop_id, OLD.customer_id, NEW.customer_id) ELSE true END)
  EXECUTE FUNCTION guard_repair_order();
`

// Whose a car was, and when. The periods follow each other without a gap; the open one is the owner. Adding a period hands the car over,
// deleting the last one takes that back; whoever writes vehicles.customer_id instead gets the period written for them.
const ownerships = String.raw`
CREATE TABLE vehicle_ownerships (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  vehicle_id UUID NOT NULL,
  customer_id UUID NOT NULL,
  owned_from TIMESTAMPTZ NOT NULL,
  owned_to TIMESTAMPTZ,
  -- what went along with the car: {orders: [...], appointments: [...]}, each as it was
  moved JSONB NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT vehicle_ownerships_period CHECK (owned_to >= owned_from),
  CONSTRAINT vehicle_ownerships_vehicle_id_fkey FOREIGN KEY (shop_id, vehicle_id) REFERENCES vehicles(shop_id, id) ON DELETE CASCADE,
  CONSTRAINT vehicle_ownerships_customer_id_fkey FOREIGN KEY (shop_id, customer_id) REFERENCES customers(shop_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX vehicle_ownerships_open_key ON vehicle_ownerships(shop_id, vehicle_id) WHERE owned_to IS NULL;
CREATE INDEX idx_vehicle_ownerships_vehicle ON vehicle_ownerships(vehicle_id, owned_from);
CREATE INDEX idx_vehicle_ownerships_customer ON vehicle_ownerships(customer_id);

CREATE FUNCTION hand_over_vehicle() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT shop_exists(OLD.shop_id) THEN RETURN OLD; END IF;
    UPDATE vehicle_ownerships SET owned_to = NULL WHERE id = (
      SELECT id FROM vehicle_ownerships WHERE shop_id = OLD.shop_id AND vehicle_id = OLD.vehicle_id AND id <> OLD.id AND owned_to = OLD.owned_from
      ORDER BY owned_from DESC, created_at DESC LIMIT 1);
    IF NOT FOUND OR OLD.owned_to IS NOT NULL THEN
      RAISE EXCEPTION 'only the last change of owner is taken back' USING ERRCODE = '23514', CONSTRAINT = 'vehicle_ownerships_last';
    END IF;
    UPDATE vehicles v SET customer_id = o.customer_id FROM vehicle_ownerships o
    WHERE v.shop_id = OLD.shop_id AND v.id = OLD.vehicle_id AND o.vehicle_id = v.id AND o.owned_to IS NULL AND o.id <> OLD.id;
    RETURN OLD;
  END IF;
  UPDATE vehicle_ownerships SET owned_to = NEW.owned_from
  WHERE shop_id = NEW.shop_id AND vehicle_id = NEW.vehicle_id AND id <> NEW.id AND owned_to IS NULL;
  UPDATE vehicles SET customer_id = NEW.customer_id WHERE shop_id = NEW.shop_id AND id = NEW.vehicle_id AND customer_id <> NEW.customer_id;
  RETURN NEW;
END $$;
CREATE TRIGGER hand_over_vehicle BEFORE INSERT ON vehicle_ownerships
  FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND NEW.owned_to IS NULL) EXECUTE FUNCTION hand_over_vehicle();
`

const takeBack = String.raw`
-- The open row must be gone before the former one opens again.
CREATE TRIGGER take_back_vehicle AFTER DELETE ON vehicle_ownerships
  FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION hand_over_vehicle();

-- The program deletes no record; this one way of taking back is not to be had with any other.
CREATE FUNCTION take_back_vehicle(p_ownership uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM vehicle_ownerships WHERE shop_id = current_shop() AND id = p_ownership;
END $$;
REVOKE ALL ON FUNCTION take_back_vehicle(uuid) FROM PUBLIC;

CREATE FUNCTION follow_owner() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE vehicle_ownerships SET owned_to = greatest(owned_from, CURRENT_TIMESTAMP)
  WHERE shop_id = NEW.shop_id AND vehicle_id = NEW.id AND owned_to IS NULL;
  INSERT INTO vehicle_ownerships (shop_id, vehicle_id, customer_id, owned_from)
  SELECT NEW.shop_id, NEW.id, NEW.customer_id, coalesce(max(owned_to), CURRENT_TIMESTAMP) FROM vehicle_ownerships WHERE vehicle_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_owner AFTER UPDATE ON vehicles
  FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND OLD.customer_id <> NEW.customer_id) EXECUTE FUNCTION follow_owner();
`

// A plate that is corrected on the day it was typed was a typing error and no former plate.
const plates = String.raw`
CREATE TABLE vehicle_plates (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  vehicle_id UUID NOT NULL,
  plate VARCHAR(20) NOT NULL,
  plate_norm TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (coalesce(plate_key(plate), '')) STORED,
  plate_state VARCHAR(2),
  worn_from TIMESTAMPTZ NOT NULL,
  worn_to TIMESTAMPTZ,
  CONSTRAINT vehicle_plates_period CHECK (worn_to >= worn_from),
  CONSTRAINT vehicle_plates_vehicle_id_fkey FOREIGN KEY (shop_id, vehicle_id) REFERENCES vehicles(shop_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX vehicle_plates_open_key ON vehicle_plates(shop_id, vehicle_id) WHERE worn_to IS NULL;
CREATE INDEX idx_vehicle_plates_vehicle ON vehicle_plates(vehicle_id, worn_from);
CREATE INDEX idx_vehicle_plates_former ON vehicle_plates(shop_id, plate_norm) WHERE worn_to IS NOT NULL;
CREATE INDEX idx_vehicle_plates_former_tail ON vehicle_plates(shop_id, reverse(plate_norm) COLLATE "C") WHERE worn_to IS NOT NULL;

CREATE FUNCTION follow_new_cars() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO vehicle_ownerships (shop_id, vehicle_id, customer_id, owned_from) SELECT shop_id, id, customer_id, created_at FROM new_rows;
  INSERT INTO vehicle_plates (shop_id, vehicle_id, plate, plate_state, worn_from)
  SELECT shop_id, id, license_plate, plate_state, created_at FROM new_rows WHERE license_plate IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_new_cars AFTER INSERT ON vehicles
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION follow_new_cars();

CREATE FUNCTION follow_plate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE vehicle_plates SET plate = NEW.license_plate, plate_state = NEW.plate_state
  WHERE shop_id = NEW.shop_id AND vehicle_id = NEW.id AND worn_to IS NULL AND NEW.license_plate IS NOT NULL
    AND (plate_norm = plate_key(NEW.license_plate) AND plate_state IS NOT DISTINCT FROM NEW.plate_state
         OR shop_local_date(shop_id, worn_from) = shop_local_date(shop_id, now()));
  IF FOUND THEN RETURN NULL; END IF;
  UPDATE vehicle_plates SET worn_to = greatest(worn_from, CURRENT_TIMESTAMP) WHERE shop_id = NEW.shop_id AND vehicle_id = NEW.id AND worn_to IS NULL;
  IF NEW.license_plate IS NOT NULL THEN
    INSERT INTO vehicle_plates (shop_id, vehicle_id, plate, plate_state, worn_from)
    VALUES (NEW.shop_id, NEW.id, NEW.license_plate, NEW.plate_state, CURRENT_TIMESTAMP);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_plate AFTER UPDATE ON vehicles
  FOR EACH ROW WHEN ((OLD.license_plate, OLD.plate_state) IS DISTINCT FROM (NEW.license_plate, NEW.plate_state)) EXECUTE FUNCTION follow_plate();

-- For vehicles that came without their triggers: those that are here already, and what is loaded in bulk.
CREATE FUNCTION follow_loaded_cars() RETURNS void LANGUAGE sql AS $$
  INSERT INTO vehicle_ownerships (shop_id, vehicle_id, customer_id, owned_from)
  SELECT shop_id, id, customer_id, created_at FROM vehicles v WHERE NOT EXISTS (SELECT FROM vehicle_ownerships o WHERE o.vehicle_id = v.id);
  INSERT INTO vehicle_plates (shop_id, vehicle_id, plate, plate_state, worn_from)
  SELECT shop_id, id, license_plate, plate_state, created_at FROM vehicles v
  WHERE license_plate IS NOT NULL AND NOT EXISTS (SELECT FROM vehicle_plates p WHERE p.vehicle_id = v.id);
$$;
SELECT follow_loaded_cars();
`

/** Plates the cars wear come first; behind them those they wore (ranks 32 and 33). */
const searchPlates = (former: string) => String.raw`
CREATE OR REPLACE FUNCTION search_plates(p_shop uuid, p_part text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT v.rank, 'vehicle', v.customer_id, v.id, NULL::uuid, NULL::uuid, v.owner_key, v.year
  FROM (
    (SELECT 30 AS rank, id, customer_id, owner_key, year FROM vehicles
     WHERE shop_id = p_shop AND deleted_at IS NULL AND license_plate_norm IS NOT NULL
       AND license_plate_norm >= p_part AND license_plate_norm < p_part || '~' LIMIT p_limit)
    UNION ALL
    (SELECT 31, id, customer_id, owner_key, year FROM vehicles
     WHERE length(p_part) >= 4 AND shop_id = p_shop AND deleted_at IS NULL AND license_plate_norm IS NOT NULL
       AND reverse(license_plate_norm) COLLATE "C" >= reverse(p_part) COLLATE "C"
       AND reverse(license_plate_norm) COLLATE "C" < (reverse(p_part) || '~') COLLATE "C" LIMIT p_limit)
${former}
  ) v
  JOIN customers c ON c.shop_id = p_shop AND c.id = v.customer_id AND c.deleted_at IS NULL
$$;
`

const formerPlates = String.raw`
    UNION ALL
    (SELECT f.rank, w.id, w.customer_id, w.owner_key, w.year
     FROM (
       (SELECT 32 AS rank, vehicle_id FROM vehicle_plates
        WHERE shop_id = p_shop AND worn_to IS NOT NULL AND plate_norm >= p_part AND plate_norm < p_part || '~' LIMIT p_limit)
       UNION ALL
       (SELECT 33, vehicle_id FROM vehicle_plates
        WHERE length(p_part) >= 4 AND shop_id = p_shop AND worn_to IS NOT NULL
          AND reverse(plate_norm) COLLATE "C" >= reverse(p_part) COLLATE "C"
          AND reverse(plate_norm) COLLATE "C" < (reverse(p_part) || '~') COLLATE "C" LIMIT p_limit)) f
     JOIN vehicles w ON w.shop_id = p_shop AND w.id = f.vehicle_id AND w.deleted_at IS NULL)`

const tables =
  'customer_contacts, message_consents, customer_merges, customer_merge_rows, customer_merge_undos, vehicle_ownerships, vehicle_plates'

const security = String.raw`
DO $do$
DECLARE
  v_table text;
  v_bypass boolean := (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user);
BEGIN
  FOREACH v_table IN ARRAY string_to_array('${tables}', ', ') LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', v_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', v_table);
    EXECUTE format(
      'CREATE POLICY shop_isolation_policy ON %I USING (shop_id = NULLIF(current_setting(''app.current_shop_id'', true), '''')::uuid)', v_table);
    IF NOT v_bypass THEN EXECUTE format('CREATE POLICY owner_policy ON %I TO %I USING (true)', v_table, current_user); END IF;
  END LOOP;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT SELECT ON ${tables} TO counterbay_app;
    GRANT INSERT ON customer_contacts, message_consents, customer_merges, customer_merge_undos, vehicle_ownerships TO counterbay_app;
    GRANT UPDATE ON customer_contacts TO counterbay_app;
    GRANT EXECUTE ON FUNCTION take_back_vehicle(uuid) TO counterbay_app;
  END IF;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [columns, consents, merges, ownerships, takeBack, plates, searchPlates(formerPlates), security]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(searchPlates(''))
  await knex.raw(String.raw`
    DROP TRIGGER guard_repair_order ON repair_orders;
    CREATE TRIGGER guard_repair_order BEFORE UPDATE ON repair_orders FOR EACH ROW EXECUTE FUNCTION guard_repair_order();
    DROP TRIGGER guard_merged_customer ON customers; DROP TRIGGER guard_merged_is_removed ON customers;
    DROP FUNCTION follow_plate(), follow_new_cars(), follow_owner(), hand_over_vehicle(), undo_customer_merge(), apply_customer_merge(),
      exempt_new_repair_order() CASCADE;
    DROP FUNCTION is_merge_move(uuid, uuid, uuid), take_back_vehicle(uuid), follow_loaded_cars();
    ALTER TABLE repair_orders DROP COLUMN purchase_order, DROP COLUMN payer_contact_id, DROP COLUMN driver_contact_id, DROP COLUMN approver_contact_id;
    DROP TABLE ${tables};
    DROP FUNCTION customer_references();
    ALTER TABLE customers DROP COLUMN tax_exempt_expires, DROP COLUMN requires_purchase_order, DROP COLUMN merged_into_id;
  `)
}
