import type { Knex } from 'knex'

export const breaking = false

// One box finds everything. Row-level security allows only leakproof operators as index conditions, which excludes LIKE and
// trigrams: the two public functions run as the owner and filter by the connection's own shop themselves. Their statements are
// plain SQL functions, so that each plan can be looked at alone.
// Words come out of search_words() without any sign that LIKE knows: nothing is left to escape.
const probes = String.raw`
-- name: what it is sorted by among equals; the number of an order or invoice.
CREATE TYPE search_hit AS (rank int, kind text, customer_id uuid, vehicle_id uuid, repair_order_id uuid, invoice_id uuid, name text, year int);

CREATE FUNCTION search_orders(p_shop uuid, p_numbers text[], p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT array_position(p_numbers, r.ro_number::text), 'order', r.customer_id, r.vehicle_id, r.id, NULL::uuid, r.ro_number::text, 0
  FROM repair_orders r WHERE r.shop_id = p_shop AND r.ro_number = ANY (p_numbers) AND r.deleted_at IS NULL LIMIT p_limit
$$;

CREATE FUNCTION search_invoices(p_shop uuid, p_numbers text[], p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT array_position(p_numbers, i.invoice_number::text), 'invoice', r.customer_id, r.vehicle_id, r.id, i.id, i.invoice_number::text, 0
  FROM invoices i JOIN repair_orders r ON r.shop_id = i.shop_id AND r.id = i.repair_order_id
  WHERE i.shop_id = p_shop AND i.invoice_number = ANY (p_numbers) AND r.deleted_at IS NULL LIMIT p_limit
$$;

-- Digits as people say them: the whole number, its beginning (area code first) or its end (the last four).
CREATE FUNCTION search_phones(p_shop uuid, p_digits text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT 10, 'customer', c.id, v.id, NULL::uuid, NULL::uuid, c.search_key, v.year
  FROM (
    (SELECT id, search_key FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL
       AND reverse(phone_digits) COLLATE "C" >= reverse(p_digits) COLLATE "C" AND reverse(phone_digits) COLLATE "C" < (reverse(p_digits) || ':') COLLATE "C" LIMIT p_limit)
    UNION
    (SELECT id, search_key FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND phone_digits >= p_digits AND phone_digits < p_digits || ':' LIMIT p_limit)
    UNION
    (SELECT id, search_key FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND alternate_phone_digits IS NOT NULL
       AND reverse(alternate_phone_digits) COLLATE "C" >= reverse(p_digits) COLLATE "C"
       AND reverse(alternate_phone_digits) COLLATE "C" < (reverse(p_digits) || ':') COLLATE "C" LIMIT p_limit)
    UNION
    (SELECT id, search_key FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND alternate_phone_digits IS NOT NULL
       AND alternate_phone_digits >= p_digits AND alternate_phone_digits < p_digits || ':' LIMIT p_limit)
  ) c
  LEFT JOIN vehicles v ON v.shop_id = p_shop AND v.customer_id = c.id AND v.deleted_at IS NULL
  LIMIT p_limit
$$;

CREATE FUNCTION search_vins(p_shop uuid, p_tail text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT 20, 'vehicle', v.customer_id, v.id, NULL::uuid, NULL::uuid, v.owner_key, v.year
  FROM vehicles v JOIN customers c ON c.shop_id = v.shop_id AND c.id = v.customer_id AND c.deleted_at IS NULL
  WHERE v.shop_id = p_shop AND v.deleted_at IS NULL AND v.vin IS NOT NULL
    AND reverse(v.vin) COLLATE "C" >= reverse(p_tail) COLLATE "C" AND reverse(v.vin) COLLATE "C" < (reverse(p_tail) || '~') COLLATE "C" LIMIT p_limit
$$;

-- The beginning of a plate, or its end: the digits that people remember. Three letters are sooner a name.
CREATE INDEX idx_vehicles_plate_tail ON vehicles(shop_id, reverse(license_plate_norm) COLLATE "C")
  WHERE deleted_at IS NULL AND license_plate_norm IS NOT NULL;

CREATE FUNCTION search_plates(p_shop uuid, p_part text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
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
  ) v
  JOIN customers c ON c.shop_id = p_shop AND c.id = v.customer_id AND c.deleted_at IS NULL
$$;

CREATE FUNCTION search_emails(p_shop uuid, p_start text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT 10, 'customer', c.id, v.id, NULL::uuid, NULL::uuid, c.search_key, v.year
  FROM (SELECT id, search_key FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND email IS NOT NULL
          AND lower(email) COLLATE "C" >= p_start COLLATE "C" AND lower(email) COLLATE "C" < (p_start || '~') COLLATE "C" LIMIT p_limit) c
  LEFT JOIN vehicles v ON v.shop_id = p_shop AND v.customer_id = c.id AND v.deleted_at IS NULL
  LIMIT p_limit
$$;

-- Every word must occur in the customer and vehicle taken together. Words just as they were typed (p_typed) come before others that only
-- begin so. With one word the condition stands alone: each LIKE is looked up and checked again by itself.
CREATE FUNCTION search_pairs(p_shop uuid, p_like text, p_typed text, p_rank int, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN position(p_typed IN v.owner_key || v.search_key) > 0 THEN p_rank - 10 ELSE p_rank END,
         'customer', v.customer_id, v.id, NULL::uuid, NULL::uuid, v.owner_key, v.year
  FROM vehicles v
  WHERE v.shop_id = p_shop AND v.deleted_at IS NULL AND v.owner_key || v.search_key LIKE p_like
  LIMIT p_limit
$$;

-- The best of p_many customers with all their cars, or without any: whoever is found by name needs no car to be found.
CREATE FUNCTION search_people(p_shop uuid, p_like text, p_typed text, p_rank int, p_many int, p_limit int)
RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT c.rank, 'customer', c.id, v.id, NULL::uuid, NULL::uuid, c.search_key, v.year
  FROM (
    SELECT * FROM (
      SELECT id, search_key, CASE WHEN position(p_typed IN search_key) > 0 THEN p_rank - 10 ELSE p_rank END AS rank
      FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND search_key LIKE p_like LIMIT p_many) found
    ORDER BY rank, search_key LIMIT p_limit) c
  LEFT JOIN vehicles v ON v.shop_id = p_shop AND v.customer_id = c.id AND v.deleted_at IS NULL
$$;

-- The two longest words serve the index, p_all the rest.
CREATE FUNCTION search_pairs_by_words(p_shop uuid, p_one text, p_two text, p_all text[], p_typed text, p_rank int, p_limit int)
RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN position(p_typed IN v.owner_key || v.search_key) > 0 THEN p_rank - 10 ELSE p_rank END,
         'customer', v.customer_id, v.id, NULL::uuid, NULL::uuid, v.owner_key, v.year
  FROM vehicles v
  WHERE v.shop_id = p_shop AND v.deleted_at IS NULL
    AND v.owner_key || v.search_key LIKE p_one AND v.owner_key || v.search_key LIKE p_two
    AND v.owner_key || v.search_key LIKE ALL (p_all)
  LIMIT p_limit
$$;

CREATE FUNCTION search_people_by_words(p_shop uuid, p_one text, p_two text, p_all text[], p_typed text, p_rank int, p_many int, p_limit int)
RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT c.rank, 'customer', c.id, v.id, NULL::uuid, NULL::uuid, c.search_key, v.year
  FROM (
    SELECT * FROM (
      SELECT id, search_key, CASE WHEN position(p_typed IN search_key) > 0 THEN p_rank - 10 ELSE p_rank END AS rank
      FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND search_key LIKE p_one AND search_key LIKE p_two
        AND search_key LIKE ALL (p_all) LIMIT p_many) found
    ORDER BY rank, search_key LIMIT p_limit) c
  LEFT JOIN vehicles v ON v.shop_id = p_shop AND v.customer_id = c.id AND v.deleted_at IS NULL
$$;
`

const plan = String.raw`
-- A number as it is said: with or without prefix and zeros, or only its last four or more digits. p_next is the shop's next one.
CREATE FUNCTION spoken_numbers(p_prefix text, p_digits text, p_next bigint) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  v_numbers text[] := ARRAY[p_digits];
  v_step bigint;
  v_number bigint;
BEGIN
  IF length(p_digits) > 12 THEN RETURN '{}'; END IF;
  v_step := 10 ^ length(p_digits);
  v_number := p_digits;
  LOOP
    v_numbers := v_numbers || (p_prefix || lpad(v_number::text, greatest(6, length(v_number::text)), '0'));
    v_number := v_number + v_step;
    EXIT WHEN length(p_digits) < 4 OR v_number > p_next OR cardinality(v_numbers) > 200;
  END LOOP;
  RETURN v_numbers;
END $$;

-- Chooses the plan by the shape of the text; the likeliest first, the next only while there is room.
CREATE FUNCTION search_hits(p_shop uuid, p_text text, p_limit int) RETURNS search_hit[] LANGUAGE plpgsql STABLE AS $$
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
  v_tokens text[]; v_all text[]; v_start text; v_rank int;
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
  END IF;
  -- Three digits begin half of all numbers, and a whole phone number or VIN needs no second guess.
  IF v_words = '' OR cardinality(v_hits) >= p_limit OR (v_only_digits AND length(v_digits) < 4)
     OR (cardinality(v_hits) > 0 AND (length(v_joined) = 17 OR (v_only_digits AND length(v_digits) >= 10))) THEN
    RETURN v_hits;
  END IF;
  v_tokens := CASE WHEN position(' ' IN v_words) = 0 THEN ARRAY[v_words]
                   ELSE ARRAY(SELECT t FROM (SELECT DISTINCT t FROM unnest(string_to_array(v_words, ' ')) t) d ORDER BY length(t) DESC) END;
  -- First as beginnings of words, then anywhere. Enough customers by that name leave no room for cars of that make.
  FOREACH v_start IN ARRAY ARRAY['% ', '%'] LOOP
    CONTINUE WHEN v_start = '%' AND length(v_tokens[1]) < 3;
    CONTINUE WHEN v_start = '% ' AND v_only_digits AND length(v_digits) > 4; -- phones, plates and VINs have been asked for by their beginning
    v_rank := 100 / length(v_start);
    IF cardinality(v_tokens) = 1 THEN
      v_hits := v_hits || ARRAY(SELECT h FROM search_people(p_shop, v_start || v_words || '%', v_typed, v_rank, v_people, p_limit) h);
      IF cardinality(v_hits) < p_limit THEN
        v_hits := v_hits || ARRAY(SELECT h FROM search_pairs(p_shop, v_start || v_words || '%', v_typed, v_rank, 3 * p_limit) h);
      END IF;
    ELSE
      v_all := ARRAY(SELECT v_start || t || '%' FROM unnest(v_tokens) t);
      v_hits := v_hits || ARRAY(SELECT h FROM search_people_by_words(p_shop, v_all[1], v_all[2], v_all[3:], v_typed, v_rank, v_people, p_limit) h);
      IF cardinality(v_hits) < p_limit THEN
        v_hits := v_hits || ARRAY(SELECT h FROM search_pairs_by_words(p_shop, v_all[1], v_all[2], v_all[3:], v_typed, v_rank, 3 * p_limit) h);
      END IF;
    END IF;
    EXIT WHEN cardinality(v_hits) >= p_limit;
  END LOOP;
  RETURN v_hits;
END $$;

CREATE FUNCTION search_counter(p_text text, p_limit int DEFAULT 12)
RETURNS TABLE (
  kind text, customer_id uuid, vehicle_id uuid, repair_order_id uuid, invoice_id uuid, title text, subtitle text, phone text,
  plate text, vin text, vehicle text, open_orders int, open_order_id uuid, open_order_number text, open_order_status text,
  balance_cents bigint, rank int)
-- A scan of a whole table is never the way to a dozen rows, whatever the server thinks of its disk; and each shape of text has one plan
-- that is made once: for so small an answer a plan for the very text costs more than it saves.
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
  RETURN QUERY
  SELECT b.kind, b.customer_id, b.vehicle_id, b.repair_order_id, b.invoice_id,
         CASE b.kind WHEN 'customer' THEN b.display_name WHEN 'vehicle' THEN b.car ELSE b.name END,
         CASE b.kind WHEN 'customer' THEN coalesce(b.car, '') ELSE b.display_name END,
         b.phone, b.license_plate, b.vin, b.car, o.open_orders, o.id, o.ro_number::text, o.status::text, coalesce(m.cents, 0), b.rank
  FROM (
    SELECT h.*, c.display_name::text, c.phone::text, v.license_plate::text, v.vin::text, v.year || ' ' || v.make || ' ' || v.model AS car
    FROM (
      SELECT * FROM (SELECT DISTINCT ON (h.customer_id, h.vehicle_id) h.* FROM unnest(v_hits) h ORDER BY h.customer_id, h.vehicle_id, h.rank) d
      ORDER BY d.rank, d.name, d.year DESC, d.vehicle_id) h
    JOIN customers c ON c.shop_id = v_shop AND c.id = h.customer_id AND c.deleted_at IS NULL
    LEFT JOIN vehicles v ON v.shop_id = v_shop AND v.id = h.vehicle_id
    ORDER BY h.rank, h.name, h.year DESC, h.vehicle_id
    LIMIT v_limit) b
  LEFT JOIN LATERAL (
    SELECT cents(sum(i.amount_due)) AS cents
    FROM repair_orders r JOIN invoices i ON i.repair_order_id = r.id AND i.status IN ('sent', 'partial', 'overdue')
    WHERE r.customer_id = b.customer_id) m ON true
  LEFT JOIN LATERAL (
    SELECT (count(*) OVER ())::int AS open_orders, r.id, r.ro_number, r.status
    FROM repair_orders r
    WHERE r.vehicle_id = b.vehicle_id AND r.customer_id = b.customer_id AND r.deleted_at IS NULL
      AND r.status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')
    ORDER BY r.check_in_date DESC LIMIT 1) o ON true
  ORDER BY b.rank, b.name, b.year DESC, b.vehicle_id;
END $$;
`

const duplicates = String.raw`
CREATE FUNCTION possible_duplicates(p_first text, p_last text, p_company text, p_phone_digits text, p_email text, p_exclude uuid DEFAULT NULL)
RETURNS TABLE (customer_id uuid, display_name text, phone text, email text, reason text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_shop uuid := current_shop();
  v_phone text := nullif(phone_key(p_phone_digits), '');
  v_name text := search_words(coalesce(nullif(btrim(p_company), ''), coalesce(p_first, '') || ' ' || coalesce(p_last, '')));
  v_one text; v_two text;
BEGIN
  IF v_shop IS NULL THEN RETURN; END IF;
  v_one := CASE WHEN length(v_name) >= 4 THEN '% ' || split_part(v_name, ' ', 1) || ' %' END;
  v_two := '% ' || regexp_replace(v_name, '^.* ', '') || ' %';
  RETURN QUERY
  SELECT c.id, c.display_name, c.phone::text, c.email::text, d.reason
  FROM (
    SELECT DISTINCT ON (f.id) f.id, f.reason, f.weight FROM (
      (SELECT id, 'phone' AS reason, 1 AS weight FROM customers WHERE shop_id = v_shop AND phone_digits = v_phone AND deleted_at IS NULL LIMIT 6)
      UNION ALL
      (SELECT id, 'phone', 1 FROM customers WHERE shop_id = v_shop AND alternate_phone_digits = v_phone AND deleted_at IS NULL LIMIT 6)
      UNION ALL
      (SELECT id, 'email', 2 FROM customers WHERE shop_id = v_shop AND lower(email) COLLATE "C" = lower(nullif(btrim(p_email), '')) COLLATE "C"
         AND email IS NOT NULL AND deleted_at IS NULL LIMIT 6)
      UNION ALL
      (SELECT id, 'name', 3 FROM customers WHERE shop_id = v_shop AND search_key LIKE v_one AND search_key LIKE v_two AND deleted_at IS NULL LIMIT 6)
    ) f WHERE f.id IS DISTINCT FROM p_exclude ORDER BY f.id, f.weight) d
  JOIN customers c ON c.shop_id = v_shop AND c.id = d.id
  ORDER BY d.weight, c.display_name, c.id
  LIMIT 5;
END $$;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [probes, plan, duplicates]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION possible_duplicates(text, text, text, text, text, uuid);
    DROP FUNCTION search_counter(text, int);
    DROP FUNCTION search_hits(uuid, text, int);
    DROP FUNCTION spoken_numbers(text, text, bigint);
    DROP FUNCTION search_people_by_words(uuid, text, text, text[], text, int, int, int);
    DROP FUNCTION search_pairs_by_words(uuid, text, text, text[], text, int, int);
    DROP FUNCTION search_people(uuid, text, text, int, int, int);
    DROP FUNCTION search_pairs(uuid, text, text, int, int);
    DROP FUNCTION search_emails(uuid, text, int);
    DROP FUNCTION search_plates(uuid, text, int);
    DROP FUNCTION search_vins(uuid, text, int);
    DROP FUNCTION search_phones(uuid, text, int);
    DROP FUNCTION search_invoices(uuid, text[], int);
    DROP FUNCTION search_orders(uuid, text[], int);
    DROP INDEX idx_vehicles_plate_tail;
    DROP TYPE search_hit;
  `)
}
