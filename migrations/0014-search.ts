import type { Knex } from 'knex'

export const breaking = false

// One box finds everything. Row-level security allows only leakproof operators as index conditions, which excludes LIKE and
// trigrams: the two public functions run as the owner and filter by the connection's own shop themselves. Their statements are
// plain SQL functions, so that each plan can be looked at alone.
// Words come out of search_words() without any sign that LIKE knows: nothing is left to escape.
const probes = String.raw`
CREATE TYPE search_hit AS (rank int, kind text, customer_id uuid, vehicle_id uuid, repair_order_id uuid, invoice_id uuid);

CREATE FUNCTION search_orders(p_shop uuid, p_numbers text[], p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT array_position(p_numbers, r.ro_number::text), 'order', r.customer_id, r.vehicle_id, r.id, NULL::uuid
  FROM repair_orders r WHERE r.shop_id = p_shop AND r.ro_number = ANY (p_numbers) AND r.deleted_at IS NULL LIMIT p_limit
$$;

CREATE FUNCTION search_invoices(p_shop uuid, p_numbers text[], p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT array_position(p_numbers, i.invoice_number::text), 'invoice', r.customer_id, r.vehicle_id, r.id, i.id
  FROM invoices i JOIN repair_orders r ON r.shop_id = i.shop_id AND r.id = i.repair_order_id
  WHERE i.shop_id = p_shop AND i.invoice_number = ANY (p_numbers) AND r.deleted_at IS NULL LIMIT p_limit
$$;

-- Digits as people say them: the whole number, its beginning (area code first) or its end (the last four).
CREATE FUNCTION search_phones(p_shop uuid, p_digits text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT 10, 'customer', c.id, v.id, NULL::uuid, NULL::uuid
  FROM (
    (SELECT id FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL
       AND reverse(phone_digits) COLLATE "C" >= reverse(p_digits) COLLATE "C" AND reverse(phone_digits) COLLATE "C" < (reverse(p_digits) || ':') COLLATE "C" LIMIT p_limit)
    UNION
    (SELECT id FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND phone_digits >= p_digits AND phone_digits < p_digits || ':' LIMIT p_limit)
    UNION
    (SELECT id FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND alternate_phone_digits IS NOT NULL
       AND reverse(alternate_phone_digits) COLLATE "C" >= reverse(p_digits) COLLATE "C"
       AND reverse(alternate_phone_digits) COLLATE "C" < (reverse(p_digits) || ':') COLLATE "C" LIMIT p_limit)
    UNION
    (SELECT id FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND alternate_phone_digits IS NOT NULL
       AND alternate_phone_digits >= p_digits AND alternate_phone_digits < p_digits || ':' LIMIT p_limit)
  ) c
  LEFT JOIN vehicles v ON v.shop_id = p_shop AND v.customer_id = c.id AND v.deleted_at IS NULL
  LIMIT p_limit
$$;

CREATE FUNCTION search_vins(p_shop uuid, p_tail text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT 20, 'vehicle', v.customer_id, v.id, NULL::uuid, NULL::uuid
  FROM vehicles v JOIN customers c ON c.shop_id = v.shop_id AND c.id = v.customer_id AND c.deleted_at IS NULL
  WHERE v.shop_id = p_shop AND v.deleted_at IS NULL AND v.vin IS NOT NULL
    AND reverse(v.vin) COLLATE "C" >= reverse(p_tail) COLLATE "C" AND reverse(v.vin) COLLATE "C" < (reverse(p_tail) || '~') COLLATE "C" LIMIT p_limit
$$;

CREATE FUNCTION search_plates(p_shop uuid, p_start text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT 30, 'vehicle', v.customer_id, v.id, NULL::uuid, NULL::uuid
  FROM vehicles v JOIN customers c ON c.shop_id = v.shop_id AND c.id = v.customer_id AND c.deleted_at IS NULL
  WHERE v.shop_id = p_shop AND v.deleted_at IS NULL AND v.license_plate_norm IS NOT NULL
    AND v.license_plate_norm >= p_start AND v.license_plate_norm < p_start || '~' LIMIT p_limit
$$;

CREATE FUNCTION search_emails(p_shop uuid, p_start text, p_limit int) RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT 10, 'customer', c.id, v.id, NULL::uuid, NULL::uuid
  FROM (SELECT id FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL AND email IS NOT NULL
          AND lower(email) COLLATE "C" >= p_start COLLATE "C" AND lower(email) COLLATE "C" < (p_start || '~') COLLATE "C" LIMIT p_limit) c
  LEFT JOIN vehicles v ON v.shop_id = p_shop AND v.customer_id = c.id AND v.deleted_at IS NULL
  LIMIT p_limit
$$;

-- Every word must occur in the customer and vehicle taken together. The two longest serve the index, p_all the rest.
-- Whether the customer is still one is asked once, of what is shown: a look at each of many candidates would cost more than finding them.
CREATE FUNCTION search_pairs(p_shop uuid, p_one text, p_two text, p_all text[], p_rank int, p_limit int)
RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT p_rank, 'customer', v.customer_id, v.id, NULL::uuid, NULL::uuid
  FROM vehicles v
  WHERE v.shop_id = p_shop AND v.deleted_at IS NULL
    AND v.owner_key || v.search_key LIKE p_one AND v.owner_key || v.search_key LIKE p_two
    AND v.owner_key || v.search_key LIKE ALL (p_all)
  LIMIT p_limit
$$;

CREATE FUNCTION search_people(p_shop uuid, p_one text, p_two text, p_all text[], p_rank int, p_limit int)
RETURNS SETOF search_hit LANGUAGE sql STABLE AS $$
  SELECT p_rank, 'customer', c.id, NULL::uuid, NULL::uuid, NULL::uuid
  FROM (SELECT id FROM customers WHERE shop_id = p_shop AND deleted_at IS NULL
          AND search_key LIKE p_one AND search_key LIKE p_two AND search_key LIKE ALL (p_all) LIMIT p_limit) c
  WHERE NOT EXISTS (SELECT FROM vehicles v WHERE v.shop_id = p_shop AND v.customer_id = c.id AND v.deleted_at IS NULL)
$$;
`

const plan = String.raw`
-- A number as it is said: with or without prefix and zeros, or only its last four or more digits.
CREATE FUNCTION spoken_numbers(p_shop uuid, p_kind text, p_digits text) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_prefix text := CASE p_kind WHEN 'ro' THEN 'RO-' ELSE 'INV-' END;
  v_step bigint; v_next bigint;
BEGIN
  IF length(p_digits) > 12 THEN RETURN ARRAY[]::text[]; END IF;
  v_step := 10 ^ length(p_digits);
  SELECT next_value INTO v_next FROM shop_counters WHERE shop_id = p_shop AND counter = p_kind;
  RETURN ARRAY[p_digits] || ARRAY(
    SELECT v_prefix || lpad(n::text, greatest(6, length(n::text)), '0')
    FROM generate_series(p_digits::bigint, CASE WHEN length(p_digits) < 4 THEN p_digits::bigint ELSE greatest(p_digits::bigint, coalesce(v_next, 0)) END, v_step) n
    LIMIT 200);
END $$;

-- Chooses the plan by the shape of the text; the likeliest first, the next only while there is room.
CREATE FUNCTION search_hits(p_shop uuid, p_text text, p_limit int) RETURNS search_hit[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  v_words text := search_words(p_text);
  v_digits text := regexp_replace(p_text, '[^0-9]', '', 'g');
  v_joined text := upper(replace(v_words, ' ', ''));
  v_only_digits boolean := v_words ~ '^[0-9 ]+$';
  v_many int := 3 * p_limit; -- candidates to choose the best of; each costs a look at its customer and its car
  v_hits search_hit[] := '{}'; v_pairs search_hit[];
  v_tokens text[]; v_all text[]; v_one text; v_two text; v_start text;
BEGIN
  IF octet_length(replace(v_words, ' ', '')) < 2 AND NOT v_only_digits THEN RETURN v_hits; END IF; -- one Chinese sign is a name, one letter is not
  IF v_only_digits OR v_words ~ '^(ro|inv) *[0-9]+$' THEN
    IF v_words !~ '^inv' THEN v_hits := v_hits || ARRAY(SELECT h FROM search_orders(p_shop, spoken_numbers(p_shop, 'ro', v_digits), p_limit) h); END IF;
    IF v_words !~ '^ro' THEN v_hits := v_hits || ARRAY(SELECT h FROM search_invoices(p_shop, spoken_numbers(p_shop, 'invoice', v_digits), p_limit) h); END IF;
  END IF;
  IF v_only_digits AND length(v_digits) >= 4 THEN
    v_hits := v_hits || ARRAY(SELECT h FROM search_phones(p_shop, right(v_digits, 10), p_limit) h);
    v_words := v_digits;
  END IF;
  IF position('@' IN p_text) > 1 THEN
    v_hits := v_hits || ARRAY(SELECT h FROM search_emails(p_shop, lower(btrim(p_text)), p_limit) h);
  END IF;
  IF v_joined ~ '^[A-Z0-9]+$' AND length(v_joined) BETWEEN 3 AND 17 THEN
    v_hits := v_hits || ARRAY(SELECT h FROM search_plates(p_shop, v_joined, p_limit) h);
    IF length(v_joined) >= 4 THEN v_hits := v_hits || ARRAY(SELECT h FROM search_vins(p_shop, v_joined, p_limit) h); END IF;
  END IF;
  SELECT array_agg(t ORDER BY length(t) DESC) INTO v_tokens FROM (SELECT DISTINCT t FROM unnest(string_to_array(v_words, ' ')) t WHERE t <> '') d;
  -- Three digits begin half of all numbers, and a whole phone number or VIN needs no second guess.
  IF v_tokens IS NULL OR cardinality(v_hits) >= p_limit OR (v_only_digits AND length(v_digits) < 4)
     OR (cardinality(v_hits) > 0 AND (length(v_joined) = 17 OR (v_only_digits AND length(v_digits) >= 10))) THEN
    RETURN v_hits;
  END IF;
  -- First as beginnings of words, then anywhere. A missing second word repeats the first: a bare '%' makes the planner shun the index.
  FOREACH v_start IN ARRAY ARRAY['% ', '%'] LOOP
    CONTINUE WHEN v_start = '%' AND length(v_tokens[1]) < 3;
    CONTINUE WHEN v_start = '% ' AND v_only_digits AND length(v_digits) > 4; -- phones, plates and VINs have been asked for by their beginning
    v_one := v_start || v_tokens[1] || '%';
    v_two := v_start || coalesce(v_tokens[2], v_tokens[1]) || '%';
    v_all := ARRAY(SELECT v_start || t || '%' FROM unnest(v_tokens) t);
    v_pairs := ARRAY(SELECT h FROM search_pairs(p_shop, v_one, v_two, v_all, 100 / length(v_start), v_many) h);
    v_hits := v_hits || v_pairs;
    -- So vague a text finds more cars than are looked at: people without one would not make the list better.
    EXIT WHEN cardinality(v_pairs) >= v_many;
    v_hits := v_hits || ARRAY(SELECT h FROM search_people(p_shop, v_one, v_two, v_all, 100 / length(v_start), v_many) h);
    EXIT WHEN cardinality(v_hits) >= p_limit;
  END LOOP;
  RETURN v_hits;
END $$;

CREATE FUNCTION search_counter(p_text text, p_limit int DEFAULT 12)
RETURNS TABLE (
  kind text, customer_id uuid, vehicle_id uuid, repair_order_id uuid, invoice_id uuid, title text, subtitle text, phone text,
  plate text, vin text, vehicle text, open_orders int, open_order_id uuid, open_order_number text, open_order_status text,
  balance_cents bigint, rank int)
-- A scan of a whole table is never the way to a dozen rows, whatever the server thinks of its disk.
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_shop uuid := current_shop();
  v_limit int := least(greatest(coalesce(p_limit, 12), 1), 50);
  v_words text := ' ' || search_words(p_text) || ' ';
  v_hits search_hit[];
BEGIN
  IF v_shop IS NULL OR p_text IS NULL THEN RETURN; END IF;
  v_hits := search_hits(v_shop, left(p_text, 100), v_limit);
  RETURN QUERY
  WITH pairs AS (
    SELECT DISTINCT ON (h.customer_id, h.vehicle_id) h.* FROM unnest(v_hits) h ORDER BY h.customer_id, h.vehicle_id, h.rank
  ), best AS (
    SELECT p.kind, p.customer_id, p.vehicle_id, p.repair_order_id, p.invoice_id,
           c.display_name, c.phone, v.license_plate, v.vin, v.year || ' ' || v.make || ' ' || v.model AS car,
           -- a whole word, as typed, comes before a word that only begins with it
           p.rank - CASE WHEN p.rank >= 50 AND position(v_words IN c.search_key || coalesce(v.search_key, '')) > 0 THEN 10 ELSE 0 END AS rank
    FROM pairs p
    JOIN customers c ON c.shop_id = v_shop AND c.id = p.customer_id AND c.deleted_at IS NULL
    LEFT JOIN vehicles v ON v.shop_id = v_shop AND v.id = p.vehicle_id
    ORDER BY rank, c.display_name, v.year DESC, p.vehicle_id
    LIMIT v_limit
  )
  SELECT b.kind, b.customer_id, b.vehicle_id, b.repair_order_id, b.invoice_id,
         CASE b.kind WHEN 'order' THEN ro.ro_number WHEN 'invoice' THEN i.invoice_number WHEN 'vehicle' THEN b.car ELSE b.display_name END::text,
         CASE b.kind WHEN 'customer' THEN coalesce(b.car, '') ELSE b.display_name END::text,
         b.phone::text, b.license_plate::text, b.vin::text, b.car::text,
         o.open_orders, o.id, o.ro_number, o.status, coalesce(m.cents, 0), b.rank
  FROM best b
  LEFT JOIN LATERAL (
    SELECT sum(cents(i.amount_due))::bigint AS cents
    FROM repair_orders r JOIN invoices i ON i.repair_order_id = r.id AND i.status IN ('sent', 'partial', 'overdue')
    WHERE r.customer_id = b.customer_id) m ON true
  LEFT JOIN repair_orders ro ON ro.id = b.repair_order_id
  LEFT JOIN invoices i ON i.id = b.invoice_id
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS open_orders, (array_agg(r.id ORDER BY r.check_in_date DESC))[1] AS id,
           (array_agg(r.ro_number::text ORDER BY r.check_in_date DESC))[1] AS ro_number,
           (array_agg(r.status::text ORDER BY r.check_in_date DESC))[1] AS status
    FROM repair_orders r
    WHERE r.vehicle_id = b.vehicle_id AND r.customer_id = b.customer_id AND r.deleted_at IS NULL
      AND r.status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed')) o ON true
  ORDER BY b.rank, b.display_name, b.car DESC, b.vehicle_id;
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
    DROP FUNCTION spoken_numbers(uuid, text, text);
    DROP FUNCTION search_people(uuid, text, text, text[], int, int);
    DROP FUNCTION search_pairs(uuid, text, text, text[], int, int);
    DROP FUNCTION search_emails(uuid, text, int);
    DROP FUNCTION search_plates(uuid, text, int);
    DROP FUNCTION search_vins(uuid, text, int);
    DROP FUNCTION search_phones(uuid, text, int);
    DROP FUNCTION search_invoices(uuid, text[], int);
    DROP FUNCTION search_orders(uuid, text[], int);
    DROP TYPE search_hit;
  `)
}
