import type { Knex } from 'knex'
import * as search from './0014-search'

export const breaking = false

// What is said for what is written: "f150" for F-150, "delacruz" for De La Cruz, "chevy", "15" for the year 2015. Each stands in the key
// beside the words as they are written, so that a word that is typed is looked up once, in one index.
const words = String.raw`
CREATE FUNCTION joined_words(p text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN search_words(p) LIKE '% %' THEN ' ' || replace(search_words(p), ' ', '') ELSE '' END;

CREATE FUNCTION spoken_words(p text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN fold(p) LIKE '%chevrolet%' THEN ' chevy' WHEN fold(p) LIKE '%volkswagen%' THEN ' vw'
            WHEN fold(p) LIKE '%gray%' THEN ' grey' WHEN fold(p) LIKE '%grey%' THEN ' gray' ELSE '' END;
`

// The color of a car is what a clerk sees through the window. Its plate's state is no word of the key, else every car would bear it.
const customerKey = `' ' || search_words(coalesce(company_name, '') || ' ' || first_name || ' ' || last_name)
    || joined_words(company_name) || joined_words(first_name) || joined_words(last_name)
    || ' ' || phone_key(phone) || ' ' || coalesce(phone_key(alternate_phone), '') || ' '`
const vehicleKey = `' ' || search_words(year::text || ' ' || make || ' ' || model)
    || joined_words(make) || joined_words(model) || ' ' || right(year::text, 2) || ' ' || search_words(color)
    || spoken_words(make) || spoken_words(color)
    || ' ' || coalesce(lower(plate_key(license_plate)), '') || ' ' || coalesce(lower(vin), '') || ' '`

const customerKeyBefore = `' ' || search_words(coalesce(company_name, '') || ' ' || first_name || ' ' || last_name)
    || ' ' || phone_key(phone) || ' ' || coalesce(phone_key(alternate_phone), '') || ' '`
const vehicleKeyBefore = `' ' || search_words(year::text || ' ' || make || ' ' || model)
    || ' ' || coalesce(lower(plate_key(license_plate)), '') || ' ' || coalesce(lower(vin), '') || ' '`

/** PostgreSQL 15 and 16 cannot change the expression of a generated column: the column is made again, and what hangs on it. */
function makeKeys(customers: string, vehicles: string): string {
  return String.raw`
    DROP TRIGGER carry_owner_key ON customers;
    ALTER TABLE customers DROP COLUMN search_key;
    ALTER TABLE customers ADD COLUMN search_key TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (${customers}) STORED;
    CREATE INDEX idx_customers_search ON customers USING gin (search_key gin_trgm_ops) WITH (fastupdate = off);
    CREATE TRIGGER carry_owner_key AFTER UPDATE ON customers
      FOR EACH ROW WHEN (OLD.search_key IS DISTINCT FROM NEW.search_key) EXECUTE FUNCTION carry_owner_key();

    DROP INDEX idx_vehicles_search;
    ALTER TABLE vehicles DROP COLUMN search_key;
    ALTER TABLE vehicles ADD COLUMN search_key TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (${vehicles}) STORED;
    ALTER TABLE vehicles DISABLE TRIGGER USER;
    UPDATE vehicles v SET owner_key = c.search_key FROM customers c WHERE c.shop_id = v.shop_id AND c.id = v.customer_id AND v.owner_key <> c.search_key;
    ALTER TABLE vehicles ENABLE TRIGGER USER;
    CREATE INDEX idx_vehicles_search ON vehicles USING gin ((owner_key || search_key) gin_trgm_ops) WITH (fastupdate = off);
  `
}

const probes = String.raw`
-- A plate as it is read out, with its state behind it or before it.
CREATE FUNCTION search_plates_of_state(p_shop uuid, p_part text, p_state text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT h.rank - 5, h.kind, h.customer_id, h.vehicle_id, h.repair_order_id, h.invoice_id, h.name, h.year
  FROM search_plates(p_shop, p_part, 20 * p_limit) h JOIN vehicles v ON v.shop_id = p_shop AND v.id = h.vehicle_id AND v.plate_state = p_state
  ORDER BY h.rank LIMIT p_limit
$$;

-- Of the cars that bear a word many bear (a make, a color), those in the house, then those that were here last: with p_own by their own
-- words alone, else by their owner's too. The newest orders are looked through one by one; no index could do it for less.
CREATE FUNCTION search_cars_at_work(p_shop uuid, p_all text[], p_own boolean, p_rank int, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
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
       ORDER BY check_in_date DESC LIMIT 120)) r
    ORDER BY r.vehicle_id, r.is_open DESC, r.at DESC) f
  CROSS JOIN LATERAL (
    SELECT c.id, c.customer_id, c.year FROM vehicles c
    WHERE c.shop_id = p_shop AND c.id = f.vehicle_id AND c.deleted_at IS NULL
      AND CASE WHEN p_own THEN c.search_key ELSE c.owner_key || c.search_key END LIKE ALL (p_all)
    LIMIT 1) v
  ORDER BY f.is_open DESC, f.at DESC LIMIT p_limit
$$;

CREATE FUNCTION with_rank(p_hits search_hit[], p_rank int, p_from int DEFAULT 1) RETURNS search_hit[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(SELECT ROW(CASE WHEN h.place < p_from THEN h.rank ELSE p_rank END, h.kind, h.customer_id, h.vehicle_id, h.repair_order_id, h.invoice_id,
                          h.name, h.year)::search_hit
               FROM (SELECT u.*, row_number() OVER (ORDER BY u.rank, u.name, u.year DESC) AS place FROM unnest(p_hits) u) h)
$$;
`

const plan = String.raw`
-- All words at their beginnings (p_start '% ') or anywhere ('%'): people first, then cars. A word that more cars bear than are looked at says
-- little about any of them: then it is the cars at work that are meant, after the people. However many people there are, a third of the
-- places is left to the cars in the house whose own word it is.
CREATE FUNCTION search_by_words(p_shop uuid, p_tokens text[], p_start text, p_typed text, p_people int, p_limit int)
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
      v_at_work := ARRAY(SELECT h FROM search_cars_at_work(p_shop, v_all, true, v_rank + 4, p_limit / 3) h);
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
    v_at_work := ARRAY(SELECT h FROM search_cars_at_work(p_shop, v_all, v_one, v_rank + 4, p_limit) h);
    v_cars := with_rank(v_cars, v_rank + 6);
  END IF;
  RETURN v_people || v_at_work || v_cars;
END $$;

-- Chooses the plan by the shape of the text; the likeliest first, the next only while there is room.
CREATE OR REPLACE FUNCTION search_hits(p_shop uuid, p_text text, p_limit int) RETURNS search_hit[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_words text := search_words(p_text);
  v_typed text := ' ' || v_words || ' ';
  v_digits text := regexp_replace(p_text, '[^0-9]', '', 'g');
  v_joined text := upper(replace(v_words, ' ', ''));
  v_only_digits boolean := v_words ~ '^[0-9 ]+$';
  -- Candidates to choose the best of: names have an order that counts, digits in the middle of a number have none.
  v_people int := CASE WHEN v_only_digits THEN p_limit ELSE 25 * p_limit END;
  v_hits search_hit[] := '{}';
  v_next_order bigint; v_next_invoice bigint;
  v_tokens text[]; v_start text;
BEGIN
  IF octet_length(replace(v_words, ' ', '')) < 2 AND NOT v_only_digits THEN RETURN v_hits; END IF; -- one Chinese sign is a name, one letter is not
  IF v_only_digits OR v_words ~ '^(ro|inv) *[0-9]+$' THEN
    SELECT max(next_value) FILTER (WHERE counter = 'ro'), max(next_value) FILTER (WHERE counter = 'invoice') INTO v_next_order, v_next_invoice
    FROM shop_counters WHERE shop_id = p_shop AND counter IN ('ro', 'invoice');
    IF v_words !~ '^inv' THEN
      v_hits := v_hits || ARRAY(SELECT h FROM search_orders(p_shop, spoken_numbers('RO-', v_digits, coalesce(v_next_order, 0)), p_limit) h);
    END IF;
    IF v_words !~ '^ro' THEN
      v_hits := v_hits || ARRAY(SELECT h FROM search_invoices(p_shop, spoken_numbers('INV-', v_digits, coalesce(v_next_invoice, 0)), p_limit) h);
    END IF;
  END IF;
  IF v_only_digits AND length(v_digits) >= 4 THEN
    v_hits := v_hits || ARRAY(SELECT h FROM search_phones(p_shop, right(v_digits, 10), p_limit) h);
    v_words := v_digits;
  END IF;
  IF position('@' IN p_text) > 1 THEN
    v_hits := v_hits || ARRAY(SELECT h FROM search_emails(p_shop, lower(btrim(p_text)), p_limit) h);
  END IF;
  IF v_joined ~ '^[A-Z0-9]{3,17}$' THEN
    v_hits := v_hits || ARRAY(SELECT h FROM search_plates(p_shop, v_joined, p_limit) h);
    -- Every VIN ends in digits.
    IF length(v_joined) >= 4 AND v_joined ~ '[0-9]$' THEN v_hits := v_hits || ARRAY(SELECT h FROM search_vins(p_shop, v_joined, p_limit) h); END IF;
    IF length(v_joined) BETWEEN 5 AND 10 AND v_words ~ ' [a-z]{2}$' THEN
      v_hits := v_hits || ARRAY(SELECT h FROM search_plates_of_state(p_shop, left(v_joined, -2), right(v_joined, 2), p_limit) h);
    ELSIF length(v_joined) BETWEEN 5 AND 10 AND v_words ~ '^[a-z]{2} ' THEN
      v_hits := v_hits || ARRAY(SELECT h FROM search_plates_of_state(p_shop, substr(v_joined, 3), left(v_joined, 2), p_limit) h);
    END IF;
  END IF;
  -- Three digits begin half of all numbers, and a whole phone number or VIN needs no second guess.
  IF v_words = '' OR cardinality(v_hits) >= p_limit OR (v_only_digits AND length(v_digits) < 4)
     OR (cardinality(v_hits) > 0 AND (length(v_joined) = 17 OR (v_only_digits AND length(v_digits) >= 10))) THEN
    RETURN v_hits;
  END IF;
  v_tokens := CASE WHEN position(' ' IN v_words) = 0 THEN ARRAY[v_words]
                   ELSE ARRAY(SELECT t FROM (SELECT DISTINCT t FROM unnest(string_to_array(v_words, ' ')) t) d ORDER BY length(t) DESC) END;
  FOREACH v_start IN ARRAY ARRAY['% ', '%'] LOOP
    CONTINUE WHEN v_start = '%' AND length(v_tokens[1]) < 3;
    CONTINUE WHEN v_start = '% ' AND v_only_digits AND length(v_digits) > 4; -- phones, plates and VINs have been asked for by their beginning
    v_hits := v_hits || search_by_words(p_shop, v_tokens, v_start, v_typed, v_people, p_limit);
    EXIT WHEN cardinality(v_hits) >= p_limit;
  END LOOP;
  RETURN v_hits;
END $$;
`

// Functions that are made again are everybody's again; 0015 had given them to the application alone.
const grants = String.raw`
DO $do$
BEGIN
  REVOKE ALL ON FUNCTION search_counter(text, int), possible_duplicates(text, text, text, text, text, uuid) FROM PUBLIC;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT EXECUTE ON FUNCTION search_counter(text, int), possible_duplicates(text, text, text, text, text, uuid) TO counterbay_app;
  END IF;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [words, makeKeys(customerKey, vehicleKey), probes, plan]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION search_by_words(uuid, text[], text, text, int, int);
    DROP FUNCTION with_rank(search_hit[], int, int);
    DROP FUNCTION search_cars_at_work(uuid, text[], boolean, int, int);
    DROP FUNCTION search_plates_of_state(uuid, text, text, int);
  `)
  await search.down(knex)
  await knex.raw(makeKeys(customerKeyBefore, vehicleKeyBefore))
  await knex.raw('DROP FUNCTION spoken_words(text); DROP FUNCTION joined_words(text)')
  await search.up(knex)
  await knex.raw(grants)
}
