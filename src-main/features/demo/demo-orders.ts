/**
 * Two years of visits in the order they came, the newest ones still open. Times are the shop's: nobody checks in at night, and a demo that
 * is filled in the evening shows the afternoon's board.
 */
export const orders = `
CREATE TEMP TABLE d_clock ON COMMIT DROP AS
SELECT zone, today, CASE WHEN l.at::time > '17:00' THEN (today + time '17:00') AT TIME ZONE zone
                         WHEN l.at::time < '09:00' THEN (today - 1 + time '17:00') AT TIME ZONE zone ELSE date_trunc('minute', now()) END AS counter_now
FROM (SELECT s.timezone AS zone, (now() AT TIME ZONE s.timezone) AS at, (now() AT TIME ZONE s.timezone)::date AS today FROM shops s, demo d WHERE s.id = d.shop_id) l;

CREATE TEMP TABLE d_visit ON COMMIT DROP AS
SELECT n, 'past' AS open_as, CASE WHEN extract(isodow FROM day) = 7 THEN day + 1 ELSE day END + time '07:30' + make_interval(mins => (pg_temp.dice('time', n) * 510)::int) AS local_at
FROM (SELECT n, c.today - d.days + floor((n - 1)::float8 / greatest(d.orders - 26, 1) * (d.days - 3))::int AS day
      FROM demo d, d_clock c, generate_series(1, d.orders - 26) n) past
UNION ALL
SELECT d.orders - 25 + k, (ARRAY['completed','completed','completed','completed','completed','completed','completed','in_progress','in_progress','in_progress','in_progress','in_progress','in_progress','approved','approved','approved','approved','estimate','estimate','estimate','estimate','estimate','estimate','draft','draft','draft'])[k + 1],
       CASE WHEN t::time < '07:30' THEN t - interval '14 hours' ELSE t END
FROM demo d, d_clock c, generate_series(0, 25) k, LATERAL (SELECT (c.counter_now AT TIME ZONE c.zone) - make_interval(mins => (25 - k) * 18) AS t) at;

CREATE TEMP TABLE d_order ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY v.local_at, v.n) AS n, uuid7() AS id, v.open_as, v.local_at AT TIME ZONE c.zone AS check_in,
       w.n AS vehicle_n, w.id AS vehicle_id, w.customer_id, cu.kind AS customer_kind, cu.display_name AS customer_name, cu.phone AS customer_phone, cu.email AS customer_email,
       CASE WHEN cu.tax_exempt THEN 0 ELSE 0.0825 END::numeric(7,6) AS tax_rate,
       w.first_odometer + (w.miles_a_day * greatest(0, (v.local_at::date - (c.today - d.days))))::int AS odometer
FROM demo d, d_clock c, d_visit v
JOIN d_vehicle w ON w.n = 1 + floor(pg_temp.dice('vehicle', v.n) * (SELECT vehicles FROM demo))::int
JOIN customers cu ON cu.id = w.customer_id;

ALTER TABLE d_order ADD status ro_status, ADD approved_at timestamptz, ADD started_at timestamptz, ADD completed_at timestamptz, ADD closed_at timestamptz,
  ADD technician uuid, ADD advisor uuid, ADD on_account boolean, ADD promised timestamptz;
UPDATE d_order o SET
  status = CASE WHEN open_as <> 'past' THEN open_as WHEN pg_temp.dice('outcome', n) < 0.03 THEN 'declined'
                WHEN customer_kind = 'company' AND check_in > now() - interval '40 days' AND pg_temp.dice('account', n) < 0.5 THEN 'completed' ELSE 'closed' END::ro_status,
  on_account = customer_kind = 'company' AND pg_temp.dice('account', n) < 0.5,
  approved_at = check_in + make_interval(mins => 3 + (pg_temp.dice('approve', n) * 12)::int),
  started_at = check_in + make_interval(mins => 16 + (pg_temp.dice('start', n) * 10)::int),
  completed_at = CASE WHEN open_as = 'past' THEN check_in + make_interval(mins => 60 + (pg_temp.dice('work', n) * 200)::int) ELSE check_in + interval '28 minutes' END,
  closed_at = check_in + make_interval(mins => 270 + (pg_temp.dice('pickup', n) * 150)::int),
  technician = s.ids[1 + floor(pg_temp.dice('technician', n) * cardinality(s.ids))::int],
  advisor = CASE WHEN pg_temp.dice('writer', n) < 0.6 THEN a.ids[1] ELSE f.ids[1] END,
  promised = CASE WHEN open_as = 'past' THEN check_in + interval '8 hours' ELSE date_trunc('hour', now()) + make_interval(mins => (15 * round((pg_temp.dice('promise', n) - 0.2) * 32))::int) END
FROM d_staff s, d_staff a, d_staff f WHERE s.role = 'technician' AND a.role = 'service_advisor' AND f.role = 'front_desk';
CREATE UNIQUE INDEX ON d_order (n);
ANALYZE d_order;

CREATE TEMP TABLE d_order_job ON COMMIT DROP AS
SELECT DISTINCT ON (o.n, r.j) o.n, r.j, slot, uuid7() AS id,
       o.status = 'declined' OR (slot > 1 AND o.status NOT IN ('draft', 'estimate') AND pg_temp.dice('decline' || slot, o.n) < 0.25) AS declined
FROM d_order o
CROSS JOIN generate_series(1, 3) slot
JOIN d_job_range r ON pg_temp.dice('job' || slot, o.n) >= r.low AND pg_temp.dice('job' || slot, o.n) < r.high
WHERE o.status <> 'draft' AND (slot = 1 OR pg_temp.dice('more' || slot, o.n) < CASE slot WHEN 2 THEN 0.45 ELSE 0.14 END)
ORDER BY o.n, r.j, slot;
CREATE INDEX ON d_order_job (n);
ANALYZE d_order_job
`

export const lines = `
CREATE TEMP TABLE d_line ON COMMIT DROP AS
SELECT oj.n, oj.id AS job_id, oj.slot * 10 + jl.at AS at, jl.type::line_item_type AS type,
       CASE WHEN p.number IS NULL THEN jl.description ELSE p.description END AS description, p.number AS part_number, p.id AS part_id,
       jl.quantity::numeric(10,2) AS quantity,
       CASE WHEN p.id IS NOT NULL THEN p.price WHEN jl.type = 'fee' THEN CASE jl.description WHEN 'Oil disposal' THEN 3.50 ELSE 1.75 END
            ELSE 135 END::numeric(10,2) AS price,
       p.cost::numeric(10,2) AS cost, jl.taxable, oj.declined,
       CASE WHEN oj.declined THEN 'declined' WHEN o.status IN ('completed', 'closed') THEN 'completed' WHEN o.status = 'estimate' THEN 'quoted' ELSE 'approved' END::line_item_status AS status
FROM d_order_job oj JOIN d_order o ON o.n = oj.n JOIN d_job_line jl ON jl.j = oj.j LEFT JOIN d_part p ON p.number = jl.part;
INSERT INTO d_line
SELECT o.n, NULL, 90, 'discount', 'Returning customer', NULL, NULL, 1, (ARRAY[10, 15, 25])[1 + floor(pg_temp.dice('off', o.n) * 3)::int], NULL, false, false,
       CASE WHEN o.status IN ('completed', 'closed') THEN 'completed' WHEN o.status = 'estimate' THEN 'quoted' ELSE 'approved' END::line_item_status
FROM d_order o WHERE o.status NOT IN ('draft', 'declined') AND pg_temp.dice('discount', o.n) < 0.06;
-- One car on the lift needs more than its owner said yes to: the board shows what that looks like.
INSERT INTO d_line
SELECT n, NULL, 95, 'part', 'Rear wheel bearing', NULL, NULL, 1, 148.00, 61.00, true, false, 'quoted'
FROM d_order WHERE status = 'in_progress' ORDER BY n LIMIT 1;
CREATE INDEX ON d_line (n);
ANALYZE d_line
`

export const totals = `
CREATE TEMP TABLE d_total ON COMMIT DROP AS
SELECT s.*, labor + parts + fees AS subtotal, greatest(round(base * tax_rate, 2), 0) AS tax,
       labor + parts + fees + greatest(round(base * tax_rate, 2), 0) - discount AS total
FROM (
  SELECT o.n, o.tax_rate, coalesce(sum(t) FILTER (WHERE type = 'labor'), 0) AS labor, coalesce(sum(t) FILTER (WHERE type = 'part'), 0) AS parts,
         coalesce(sum(t) FILTER (WHERE type = 'fee'), 0) AS fees, coalesce(sum(t) FILTER (WHERE type = 'discount'), 0) AS discount,
         coalesce(sum(CASE WHEN type = 'discount' THEN -t ELSE t END) FILTER (WHERE taxable), 0) AS base,
         coalesce(sum(CASE WHEN type = 'discount' THEN -t ELSE t END) FILTER (WHERE l.status = 'quoted'), 0) AS undecided
  FROM d_order o LEFT JOIN (SELECT *, round(quantity * price, 2) AS t FROM d_line WHERE status <> 'declined') l ON l.n = o.n
  GROUP BY o.n, o.tax_rate) s;
CREATE UNIQUE INDEX ON d_total (n);
ANALYZE d_total;

INSERT INTO repair_orders (id, shop_id, ro_number, customer_id, vehicle_id, assigned_technician_id, status, priority, odometer, customer_complaint,
                           check_in_date, promised_date, completed_date, closed_date, labor_total, parts_total, fees_total, subtotal, tax, discount, total,
                           authorized_total, tax_rate, created_by_user_id, created_at, updated_at)
SELECT o.id, d.shop_id, 'RO-' || lpad(o.n::text, greatest(6, length(o.n::text)), '0'), o.customer_id, o.vehicle_id,
       CASE WHEN o.status IN ('draft', 'estimate') THEN NULL ELSE o.technician END, o.status,
       CASE WHEN pg_temp.dice('urgent', o.n) < 0.04 THEN 'high' ELSE 'normal' END::ro_priority, o.odometer,
       coalesce((SELECT string_agg(nullif(j.complaint, ''), '; ' ORDER BY oj.slot) FROM d_order_job oj JOIN d_job j ON j.j = oj.j WHERE oj.n = o.n), 'Please check over before a long trip'),
       o.check_in, o.promised, CASE WHEN o.status IN ('completed', 'closed') THEN o.completed_at END, CASE WHEN o.status = 'closed' THEN o.closed_at END,
       t.labor, t.parts, t.fees, t.subtotal, t.tax, t.discount, t.total,
       CASE WHEN o.status IN ('approved', 'in_progress', 'completed', 'closed') THEN t.total - CASE WHEN t.undecided > 0 THEN t.undecided + (t.tax - greatest(round((t.base - t.undecided) * t.tax_rate, 2), 0)) ELSE 0 END ELSE 0 END,
       o.tax_rate, o.advisor, o.check_in, coalesce(CASE WHEN o.status = 'closed' THEN o.closed_at END, o.check_in)
FROM demo d, d_order o JOIN d_total t ON t.n = o.n ORDER BY o.n;

INSERT INTO ro_jobs (id, shop_id, repair_order_id, name, complaint, cause, correction, sort_order, declined_at, declined_reason, created_at)
SELECT oj.id, d.shop_id, o.id, j.name, j.complaint, CASE WHEN o.status IN ('draft', 'estimate') THEN '' ELSE j.cause END,
       CASE WHEN o.status IN ('completed', 'closed') AND NOT oj.declined THEN j.correction ELSE '' END, oj.slot,
       CASE WHEN oj.declined THEN o.approved_at END, CASE WHEN oj.declined THEN pg_temp.pick(ARRAY['Next visit','Too expensive now','Will think about it','Does it himself'], pg_temp.dice('why', o.n)) END, o.check_in
FROM demo d, d_order_job oj JOIN d_order o ON o.n = oj.n JOIN d_job j ON j.j = oj.j ORDER BY o.n, oj.slot;

INSERT INTO line_items (shop_id, repair_order_id, job_id, type, status, description, part_number, quantity, unit_price, cost, labor_hours, inventory_item_id,
                        completed_by_user_id, taxable, sort_order, part_condition, approved_by_user_id, approved_at, is_authorized, declined_at, declined_reason, created_at)
SELECT d.shop_id, o.id, l.job_id, l.type, l.status, l.description, l.part_number, l.quantity, l.price, l.cost, CASE WHEN l.type = 'labor' THEN l.quantity END, l.part_id,
       CASE WHEN l.status = 'completed' THEN o.technician END, l.taxable, l.at,
       CASE WHEN l.type = 'part' THEN CASE WHEN l.part_number = 'ALT-REM' THEN 'rebuilt' ELSE 'new' END END,
       CASE WHEN l.status IN ('approved', 'completed') THEN o.advisor END, CASE WHEN l.status IN ('approved', 'completed') THEN o.approved_at END,
       l.status IN ('approved', 'completed'), CASE WHEN l.status = 'declined' THEN o.approved_at END, CASE WHEN l.status = 'declined' THEN j.declined_reason END, o.check_in
FROM demo d, d_line l JOIN d_order o ON o.n = l.n LEFT JOIN ro_jobs j ON j.id = l.job_id ORDER BY o.n, l.at
`
