import type { Knex } from 'knex'

export const breaking = false

const bays = String.raw`
-- current_ro_id is the truth about the floor; the bay's status and the order's bay follow it.
CREATE FUNCTION sync_bay_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.current_ro_id IS NOT NULL THEN
    IF TG_OP = 'UPDATE' AND OLD.status IN ('maintenance', 'offline') AND OLD.current_ro_id IS NULL AND NEW.status = OLD.status THEN
      RAISE EXCEPTION 'the bay is in %', OLD.status USING ERRCODE = '23514', CONSTRAINT = 'bay_not_usable';
    END IF;
    IF NEW.status = 'available' THEN NEW.status := 'occupied'; END IF;
  ELSIF NEW.status = 'occupied' THEN
    NEW.status := 'available';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sync_bay_status BEFORE INSERT OR UPDATE ON bays FOR EACH ROW EXECUTE FUNCTION sync_bay_status();

CREATE FUNCTION after_bay_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE repair_orders SET bay_id = NEW.id WHERE id = NEW.current_ro_id AND bay_id IS DISTINCT FROM NEW.id;
  IF EXISTS (SELECT FROM repair_orders WHERE id = NEW.current_ro_id AND status IN ('completed', 'closed', 'declined')) THEN
    RAISE EXCEPTION 'a finished order takes no bay' USING ERRCODE = '23514', CONSTRAINT = 'bay_order_finished';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER after_bay_change AFTER INSERT OR UPDATE OF current_ro_id ON bays
  FOR EACH ROW WHEN (NEW.current_ro_id IS NOT NULL) EXECUTE FUNCTION after_bay_change();
`

const inspections = String.raw`
CREATE FUNCTION guard_inspection_point() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.assessed_at IS NULL AND ((TG_OP = 'UPDATE' AND NEW.status <> OLD.status) OR (TG_OP = 'INSERT' AND NEW.status <> 'good')) THEN
    NEW.assessed_at := CURRENT_TIMESTAMP;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_inspection_point BEFORE INSERT OR UPDATE ON inspection_points
  FOR EACH ROW EXECUTE FUNCTION guard_inspection_point();

-- A point nobody looked at is not good, though its status says so by default.
CREATE FUNCTION recalc_inspection_counts() RETURNS trigger LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE v_inspections uuid[];
BEGIN
  SELECT array_agg(DISTINCT inspection_id) INTO v_inspections FROM changed;
  IF v_inspections IS NULL THEN RETURN NULL; END IF;
  PERFORM FROM inspections WHERE id = ANY (v_inspections) ORDER BY id FOR NO KEY UPDATE;
  UPDATE inspections i SET total_points = c.total, good_count = c.good, attention_count = c.attention, urgent_count = c.urgent
  FROM (
    SELECT q.id, count(p.id) AS total,
           count(p.id) FILTER (WHERE p.status = 'good' AND p.assessed_at IS NOT NULL) AS good,
           count(p.id) FILTER (WHERE p.status = 'attention') AS attention,
           count(p.id) FILTER (WHERE p.status = 'urgent') AS urgent
    FROM unnest(v_inspections) AS q(id) LEFT JOIN inspection_points p ON p.inspection_id = q.id
    GROUP BY q.id) c
  WHERE i.id = c.id;
  RETURN NULL;
END $$;
CREATE TRIGGER inspection_counts_insert AFTER INSERT ON inspection_points
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION recalc_inspection_counts();
CREATE TRIGGER inspection_counts_update AFTER UPDATE ON inspection_points
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION recalc_inspection_counts();
CREATE TRIGGER inspection_counts_delete AFTER DELETE ON inspection_points
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION recalc_inspection_counts();

CREATE FUNCTION guard_inspection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() = 1 THEN
    NEW.total_points := OLD.total_points;
    NEW.good_count := OLD.good_count;
    NEW.attention_count := OLD.attention_count;
    NEW.urgent_count := OLD.urgent_count;
  END IF;
  IF NEW.is_complete AND (TG_OP = 'INSERT' OR NOT OLD.is_complete) THEN
    IF EXISTS (SELECT FROM inspection_points WHERE inspection_id = NEW.id AND assessed_at IS NULL) THEN
      RAISE EXCEPTION 'points are still unassessed' USING ERRCODE = '23514', CONSTRAINT = 'inspection_unassessed_points';
    END IF;
    NEW.completed_at := coalesce(NEW.completed_at, CURRENT_TIMESTAMP);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_inspection BEFORE INSERT OR UPDATE ON inspections FOR EACH ROW EXECUTE FUNCTION guard_inspection();
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [bays, inspections]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION guard_inspection() CASCADE;
    DROP FUNCTION recalc_inspection_counts() CASCADE;
    DROP FUNCTION guard_inspection_point() CASCADE;
    DROP FUNCTION after_bay_change() CASCADE;
    DROP FUNCTION sync_bay_status() CASCADE;
  `)
}
