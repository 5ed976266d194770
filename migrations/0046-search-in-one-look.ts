import type { Knex } from 'knex'

export const breaking = false

// Of the cars that bear a word many bear (a make, a color), those in the house, then those that were here last: with p_own by their own words
// alone, else by their owner's too.
const carsAtWork = (parameters: string, last: string) => String.raw`
CREATE FUNCTION search_cars_at_work(${parameters}) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT p_rank, 'vehicle', v.customer_id, v.id, NULL::uuid, NULL::uuid,
         lpad((row_number() OVER (ORDER BY f.is_open DESC, f.at DESC))::text, 6, '0'), v.year
  FROM (
    SELECT DISTINCT ON (r.vehicle_id) r.vehicle_id, r.is_open, r.at
    FROM (
      (SELECT vehicle_id, true AS is_open, check_in_date AS at FROM repair_orders
       WHERE shop_id = p_shop AND deleted_at IS NULL AND status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')
       ORDER BY check_in_date DESC LIMIT 120)
      UNION ALL
      (SELECT vehicle_id, false, check_in_date FROM repair_orders WHERE shop_id = p_shop AND deleted_at IS NULL
       ORDER BY check_in_date DESC LIMIT ${last})) r
    ORDER BY r.vehicle_id, r.is_open DESC, r.at DESC) f
  CROSS JOIN LATERAL (
    SELECT c.id, c.customer_id, c.year FROM vehicles c
    WHERE c.shop_id = p_shop AND c.id = f.vehicle_id AND c.deleted_at IS NULL
      AND CASE WHEN p_own THEN c.search_key ELSE c.owner_key || c.search_key END LIKE ALL (p_all)
    LIMIT 1) v
  ORDER BY f.is_open DESC, f.at DESC LIMIT p_limit
$$;
`

// All words at their beginnings (p_start '% ') or anywhere ('%'): people first, then cars. A word that more cars bear than are looked at says
// little about any of them: then it is the cars at work that are meant, after the people. However many people there are, a third of the
// places is left to the cars in the house whose own word it is.
const byWords = (inTheHouse: string, lastHere: string) => String.raw`
CREATE OR REPLACE FUNCTION search_by_words(p_shop uuid, p_tokens text[], p_start text, p_typed text, p_people int, p_limit int)
RETURNS search_hit[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_rank int := 100 / length(p_start);
  v_all text[] := ARRAY(SELECT p_start || t || '%' FROM unnest(p_tokens) WITH ORDINALITY AS u(t, place) ORDER BY place);
  v_one boolean := cardinality(p_tokens) = 1;
  v_many int := 3 * p_limit;
  v_people search_hit[] := '{}';
  v_cars search_hit[];
  v_at_work search_hit[] := '{}';
BEGIN
  IF v_one THEN
    -- The beginning of half of all names tells nothing; a name of two or three letters does.
    IF p_start = '% ' AND length(p_tokens[1]) <= 3 THEN
      v_people := ARRAY(SELECT h FROM search_people(p_shop, '% ' || p_tokens[1] || ' %', p_typed, v_rank, p_people, p_limit) h);
    END IF;
    IF cardinality(v_people) < p_limit THEN
      v_people := v_people || ARRAY(SELECT h FROM search_people(p_shop, v_all[1], p_typed, v_rank, p_people, p_limit) h);
    END IF;
  ELSE
    v_people := ARRAY(SELECT h FROM search_people_by_words(p_shop, v_all[1], v_all[2], v_all[3:], p_typed, v_rank, p_people, p_limit) h);
  END IF;
  IF cardinality(v_people) >= p_limit THEN
    IF v_one AND p_start = '% ' AND p_tokens[1] ~ '^[^0-9]{3}' THEN
      v_at_work := ARRAY(SELECT h FROM search_cars_at_work(${inTheHouse}) h);
    END IF;
    IF cardinality(v_at_work) > 0 THEN v_people := with_rank(v_people, v_rank + 6, 1 + p_limit - cardinality(v_at_work)); END IF;
    RETURN v_people || v_at_work;
  END IF;
  IF v_one THEN
    v_cars := ARRAY(SELECT h FROM search_pairs(p_shop, v_all[1], p_typed, v_rank + 2, v_many) h);
  ELSE
    v_cars := ARRAY(SELECT h FROM search_pairs_by_words(p_shop, v_all[1], v_all[2], v_all[3:], p_typed, v_rank + 2, v_many) h);
  END IF;
  IF cardinality(v_cars) >= v_many THEN
    v_at_work := ARRAY(SELECT h FROM search_cars_at_work(${lastHere}) h);
    v_cars := with_rank(v_cars, v_rank + 6);
  END IF;
  RETURN v_people || v_at_work || v_cars;
END $$;
`

// A scan of a whole table is never the way to a dozen rows, whatever the server thinks of its disk; and each shape of text has one plan that is
// made once: for so small an answer a plan for the very text costs more than it saves.
const counter = (found: string, facts: string) => String.raw`
CREATE OR REPLACE FUNCTION search_counter(p_text text, p_limit int DEFAULT 12)
RETURNS TABLE (
  kind text, customer_id uuid, vehicle_id uuid, repair_order_id uuid, invoice_id uuid, title text, subtitle text, phone text,
  plate text, vin text, vehicle text, open_orders int, open_order_id uuid, open_order_number text, open_order_status text,
  balance_cents bigint, rank int)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  v_shop uuid := current_shop();
  v_limit int := least(greatest(coalesce(p_limit, 12), 1), 50);
  v_hits search_hit[];
BEGIN
  IF v_shop IS NULL OR p_text IS NULL THEN RETURN; END IF;
  v_hits := search_hits(v_shop, left(p_text, 100), v_limit);
  RETURN QUERY ${found}
  SELECT b.kind, b.customer_id, b.vehicle_id, b.repair_order_id, b.invoice_id,
         CASE b.kind WHEN 'customer' THEN b.display_name WHEN 'vehicle' THEN b.car ELSE b.name END,
         CASE b.kind WHEN 'customer' THEN coalesce(b.car, '') ELSE b.display_name END,
         b.phone, b.license_plate, b.vin, b.car, o.open_orders, o.id, o.ro_number::text, o.status::text, coalesce(m.cents, 0), b.rank
  ${facts}
  ORDER BY b.rank, b.name, b.year DESC, b.vehicle_id;
END $$;
`

const best = String.raw`
    SELECT h.*, c.display_name::text, c.phone::text, v.license_plate::text, v.vin::text, v.year || ' ' || v.make || ' ' || v.model AS car
    FROM (
      SELECT * FROM (SELECT DISTINCT ON (h.customer_id, h.vehicle_id) h.* FROM unnest(v_hits) h ORDER BY h.customer_id, h.vehicle_id, h.rank) d
      ORDER BY d.rank, d.name, d.year DESC, d.vehicle_id) h
    JOIN customers c ON c.shop_id = v_shop AND c.id = h.customer_id AND c.deleted_at IS NULL
    LEFT JOIN vehicles v ON v.shop_id = v_shop AND v.id = h.vehicle_id
    ORDER BY h.rank, h.name, h.year DESC, h.vehicle_id
    LIMIT v_limit`

const OPEN = `r.deleted_at IS NULL AND r.status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')`

// The orders of all who were found are looked up once, for what is owed and for what is open; a fleet's, which may be found with all its cars, too.
const inOneLook = counter(
  String.raw`
  WITH b AS MATERIALIZED (${best}),
  r AS MATERIALIZED (
    SELECT r.id, r.customer_id, r.vehicle_id, r.ro_number, r.status, r.check_in_date, ${OPEN} AS is_open
    FROM repair_orders r WHERE r.customer_id = ANY (ARRAY(SELECT b.customer_id FROM b))),
  m AS MATERIALIZED (
    SELECT r.customer_id, cents(sum(i.amount_due)) AS cents
    FROM r JOIN invoices i ON i.shop_id = v_shop AND i.repair_order_id = r.id AND i.status IN ('sent', 'partial', 'overdue')
    GROUP BY r.customer_id),
  o AS MATERIALIZED (
    SELECT DISTINCT ON (r.customer_id, r.vehicle_id) r.customer_id, r.vehicle_id, r.id, r.ro_number, r.status,
           (count(*) OVER (PARTITION BY r.customer_id, r.vehicle_id))::int AS open_orders
    FROM r WHERE r.is_open ORDER BY r.customer_id, r.vehicle_id, r.check_in_date DESC)`,
  String.raw`FROM b
  LEFT JOIN m ON m.customer_id = b.customer_id
  LEFT JOIN o ON o.customer_id = b.customer_id AND o.vehicle_id = b.vehicle_id`,
)

const eachByItself = counter(
  '',
  String.raw`FROM (${best}) b
  LEFT JOIN LATERAL (
    SELECT cents(sum(i.amount_due)) AS cents
    FROM repair_orders r JOIN invoices i ON i.repair_order_id = r.id AND i.status IN ('sent', 'partial', 'overdue')
    WHERE r.customer_id = b.customer_id) m ON true
  LEFT JOIN LATERAL (
    SELECT (count(*) OVER ())::int AS open_orders, r.id, r.ro_number, r.status
    FROM repair_orders r WHERE r.vehicle_id = b.vehicle_id AND r.customer_id = b.customer_id AND ${OPEN}
    ORDER BY r.check_in_date DESC LIMIT 1) o ON true`,
)

const BEFORE = 'p_shop uuid, p_all text[], p_own boolean, p_rank int, p_limit int'
const NOW = 'p_shop uuid, p_all text[], p_own boolean, p_last int, p_rank int, p_limit int'

// A name is no word of a car, and where a dozen people bear it, it was looked for in 200 cars in vain: only those in the house are meant there.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`DROP FUNCTION search_cars_at_work(uuid, text[], boolean, int, int); ${carsAtWork(NOW, 'p_last')}`)
  await knex.raw(byWords('p_shop, v_all, true, 0, v_rank + 4, p_limit / 3', 'p_shop, v_all, v_one, 120, v_rank + 4, p_limit') + inOneLook)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`DROP FUNCTION search_cars_at_work(uuid, text[], boolean, int, int, int); ${carsAtWork(BEFORE, '120')}`)
  await knex.raw(byWords('p_shop, v_all, true, v_rank + 4, p_limit / 3', 'p_shop, v_all, v_one, v_rank + 4, p_limit') + eachByItself)
}
