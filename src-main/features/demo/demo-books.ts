/** What is printed of an order, in the form of contract/invoices.ts: the parts that its estimate and its invoice share. */
export const papers = `
CREATE TEMP TABLE d_paper_job ON COMMIT DROP AS
SELECT n, jsonb_agg(job ORDER BY at) AS jobs FROM (
  SELECT l.n, min(l.at) AS at, jsonb_build_object('name', coalesce(min(j.name), ''), 'complaint', coalesce(min(j.complaint), ''), 'cause', coalesce(min(j.cause), ''),
    'correction', coalesce(min(j.correction), ''),
    'lines', jsonb_agg(jsonb_build_object('type', l.type, 'description', l.description, 'partNumber', coalesce(l.part_number, ''),
      'partCondition', CASE WHEN l.type = 'part' THEN CASE WHEN l.part_number = 'ALT-REM' THEN 'rebuilt' ELSE 'new' END END, 'quantityHundredths', hundredths(l.quantity),
      'unitPriceCents', cents(l.price), 'totalCents', cents(round(l.quantity * l.price, 2)), 'taxable', l.taxable) ORDER BY l.at)) AS job
  FROM d_line l LEFT JOIN ro_jobs j ON j.id = l.job_id WHERE l.status <> 'declined' GROUP BY l.n, l.job_id) jobs
GROUP BY n;
CREATE TEMP TABLE d_paper_declined ON COMMIT DROP AS
SELECT n, jsonb_agg(jsonb_build_object('name', j.name, 'reason', coalesce(j.declined_reason, ''), 'totalCents', total)) AS declined
FROM (SELECT n, job_id, sum(cents(round(quantity * price, 2)))::bigint AS total FROM d_line WHERE status = 'declined' GROUP BY n, job_id) l
JOIN ro_jobs j ON j.id = l.job_id GROUP BY n;
CREATE TEMP TABLE d_paper ON COMMIT DROP AS
SELECT o.n, jsonb_build_object(
  'orderNumber', r.ro_number, 'promisedAt', to_char(o.promised AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  'serviceWriter', w.first_name || ' ' || w.last_name, 'technician', m.first_name || ' ' || m.last_name,
  'shop', jsonb_build_object('name', s.name, 'address', s.address, 'city', s.city, 'state', s.state, 'zip', s.zip, 'phone', s.phone, 'email', s.email,
    'registrationNumber', coalesce(s.settings ->> 'registrationNumber', ''), 'logoSha256', s.logo_sha256, 'timezone', s.timezone),
  'customer', jsonb_build_object('name', c.display_name, 'contactName', CASE WHEN c.kind = 'company' THEN btrim(c.first_name || ' ' || c.last_name) ELSE '' END,
    'phone', c.phone, 'email', coalesce(c.email, ''), 'address', coalesce(c.address, ''), 'city', coalesce(c.city, ''), 'state', coalesce(c.state, ''), 'zip', coalesce(c.zip, ''),
    'taxExempt', c.tax_exempt, 'taxExemptNumber', coalesce(c.tax_exempt_number, '')),
  'vehicle', jsonb_build_object('label', v.year || ' ' || v.make || ' ' || v.model, 'vin', coalesce(v.vin, ''), 'plate', coalesce(v.license_plate, ''),
    'plateState', coalesce(v.plate_state, ''), 'color', coalesce(v.color, ''), 'engine', coalesce(v.engine, ''), 'odometerIn', o.odometer, 'odometerOut', NULL),
  'complaint', r.customer_complaint, 'jobs', coalesce(pj.jobs, '[]'), 'declined', coalesce(pd.declined, '[]'),
  'laborCents', cents(t.labor), 'partsCents', cents(t.parts), 'feesCents', cents(t.fees), 'subtotalCents', cents(t.subtotal), 'discountCents', cents(t.discount),
  'taxRateMillionths', millionths(o.tax_rate), 'taxCents', cents(t.tax), 'totalCents', cents(t.total)) AS paper
FROM demo d JOIN shops s ON s.id = d.shop_id CROSS JOIN d_order o
JOIN d_total t ON t.n = o.n JOIN repair_orders r ON r.id = o.id JOIN customers c ON c.id = o.customer_id JOIN vehicles v ON v.id = o.vehicle_id
JOIN users w ON w.id = o.advisor JOIN users m ON m.id = o.technician LEFT JOIN d_paper_job pj ON pj.n = o.n LEFT JOIN d_paper_declined pd ON pd.n = o.n
WHERE o.status IN ('approved', 'in_progress', 'completed', 'closed');
CREATE UNIQUE INDEX ON d_paper (n);
ANALYZE d_paper
`

/** What the customer said yes to, frozen as the estimate stood. */
export const authority = `
INSERT INTO estimate_versions (shop_id, repair_order_id, version, total, content_hash, snapshot, created_by_user_id, created_at)
SELECT d.shop_id, o.id, 1, r.authorized_total, agreed.hash, p.paper, o.advisor, o.approved_at
FROM demo d CROSS JOIN d_clock c CROSS JOIN d_order o JOIN repair_orders r ON r.id = o.id JOIN d_paper body ON body.n = o.n JOIN d_agreed agreed ON agreed.n = o.n
CROSS JOIN LATERAL (SELECT body.paper || jsonb_build_object('kind', 'estimate', 'number', r.ro_number || '-1', 'estimateVersion', 1, 'date', (o.approved_at AT TIME ZONE c.zone)::date,
  'dueDate', NULL, 'terms', NULL, 'authorizations', '[]'::jsonb, 'footer', (SELECT coalesce(s.settings ->> 'estimateFooter', '') FROM shops s WHERE s.id = d.shop_id)) AS paper OFFSET 0) p;
INSERT INTO authorizations (shop_id, repair_order_id, estimate_version_id, authorized_total, approved_by_name, method, contact, authorized_at, recorded_by_user_id, created_at,
                            rule_state)
SELECT d.shop_id, o.id, e.id, e.total, o.customer_name, m.method, CASE m.method WHEN 'phone' THEN o.customer_phone WHEN 'text' THEN o.customer_phone WHEN 'email' THEN o.customer_email END,
       o.approved_at, o.advisor, o.approved_at, (SELECT s.state FROM shops s WHERE s.id = d.shop_id)
FROM demo d, d_order o JOIN estimate_versions e ON e.repair_order_id = o.id,
     LATERAL (SELECT CASE WHEN o.customer_phone = '' THEN 'in_person' WHEN pg_temp.dice('method', o.n) < 0.45 THEN 'in_person' WHEN pg_temp.dice('method', o.n) < 0.8 THEN 'phone' ELSE 'text' END AS method) m;
INSERT INTO ro_status_events (shop_id, repair_order_id, from_status, to_status, at, by_user_id)
SELECT d.shop_id, o.id, s.from_status::ro_status, s.to_status::ro_status, s.at, CASE WHEN s.to_status IN ('in_progress', 'completed') THEN o.technician ELSE o.advisor END
FROM demo d, d_order o, LATERAL (VALUES
  (1, NULL, CASE WHEN o.status = 'draft' THEN 'draft' ELSE 'estimate' END, o.check_in), (2, 'estimate', CASE WHEN o.status = 'declined' THEN 'declined' ELSE 'approved' END, o.approved_at),
  (3, 'approved', 'in_progress', o.started_at), (4, 'in_progress', 'completed', o.completed_at), (5, 'completed', 'closed', o.closed_at)) s(step, from_status, to_status, at)
WHERE s.step <= CASE o.status WHEN 'draft' THEN 1 WHEN 'estimate' THEN 1 WHEN 'declined' THEN 2 WHEN 'approved' THEN 2 WHEN 'in_progress' THEN 3 WHEN 'completed' THEN 4 ELSE 5 END
ORDER BY o.n, s.step
`

/** One invoice a finished visit, now and then a void one before it; the newest finished cars still wait for theirs. */
export const invoices = `
CREATE TEMP TABLE d_invoice ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY issued_at, n, void DESC) AS i, uuid7() AS id, n, void, issued_at,
       CASE WHEN void THEN 0 WHEN status = 'closed' THEN total WHEN pg_temp.dice('part paid', n) < 0.3 THEN round(total * 0.4, 2) ELSE 0 END AS paid
FROM (
  SELECT o.n, false AS void, o.status, t.total, CASE WHEN o.status = 'closed' THEN o.closed_at - interval '5 minutes' ELSE o.completed_at + interval '6 minutes' END AS issued_at
  FROM d_order o JOIN d_total t ON t.n = o.n WHERE o.status = 'closed' OR (o.status = 'completed' AND (o.open_as = 'past' OR o.n % 2 = 0))
  UNION ALL
  SELECT o.n, true, o.status, t.total, o.closed_at - interval '9 minutes' FROM d_order o JOIN d_total t ON t.n = o.n WHERE o.status = 'closed' AND pg_temp.dice('void', o.n) < 0.01) all_invoices;
CREATE UNIQUE INDEX ON d_invoice (i);
ANALYZE d_invoice;
INSERT INTO invoices (id, shop_id, repair_order_id, invoice_number, status, issue_date, due_date, paid_date, labor_total, parts_total, fees_total, subtotal, tax, discount, total, amount_paid,
                      payment_terms, tax_rate, issued_at, snapshot, snapshot_hash, void_reason, voided_at, voided_by_user_id, created_by_user_id, created_at, updated_at)
SELECT i.id, d.shop_id, o.id, x.number, CASE WHEN i.void THEN 'void' WHEN i.paid = t.total THEN 'paid' WHEN i.paid > 0 THEN 'partial' ELSE 'sent' END::invoice_status, x.day,
       x.day + CASE WHEN o.on_account THEN 30 ELSE 0 END, CASE WHEN i.paid = t.total AND NOT i.void THEN (o.closed_at AT TIME ZONE c.zone)::date END,
       t.labor, t.parts, t.fees, t.subtotal, t.tax, t.discount, t.total, i.paid, CASE WHEN o.on_account THEN 'net_30' ELSE 'due_on_receipt' END, o.tax_rate, i.issued_at,
       p.paper, encode(sha256(convert_to(p.paper::text, 'UTF8')), 'hex'), CASE WHEN i.void THEN 'Wrong customer name on the invoice' END,
       CASE WHEN i.void THEN i.issued_at + interval '2 minutes' END, CASE WHEN i.void THEN o.advisor END, o.advisor, i.issued_at, i.issued_at
FROM demo d CROSS JOIN d_clock c CROSS JOIN d_invoice i JOIN d_order o ON o.n = i.n JOIN d_total t ON t.n = o.n JOIN d_paper body ON body.n = o.n
JOIN authorizations a ON a.repair_order_id = o.id JOIN users w ON w.id = a.recorded_by_user_id
CROSS JOIN LATERAL (SELECT 'INV-' || lpad(i.i::text, greatest(6, length(i.i::text)), '0') AS number, (i.issued_at AT TIME ZONE c.zone)::date AS day) x
CROSS JOIN LATERAL (SELECT body.paper || jsonb_build_object('kind', 'invoice', 'number', x.number, 'estimateVersion', NULL, 'date', x.day,
  'dueDate', x.day + CASE WHEN o.on_account THEN 30 ELSE 0 END, 'terms', CASE WHEN o.on_account THEN 'net_30' ELSE 'due_on_receipt' END,
  'authorizations', jsonb_build_array(jsonb_build_object('estimateVersion', 1, 'authorizedCents', cents(a.authorized_total), 'approvedByName', a.approved_by_name, 'method', a.method,
    'contact', coalesce(a.contact, ''), 'note', '', 'authorizedAt', to_char(a.authorized_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'recordedByName', w.first_name || ' ' || w.last_name)),
  'footer', (SELECT coalesce(s.settings ->> 'invoiceFooter', '') FROM shops s WHERE s.id = d.shop_id)) AS paper OFFSET 0) p
ORDER BY i.i
`

/** Cash with the notes people hand over, checks with numbers, cards taken on the terminal beside the till; some bills are split. */
export const payments = `
CREATE TEMP TABLE d_payment ON COMMIT DROP AS
SELECT i.i, i.id AS invoice_id, o.advisor, part, CASE WHEN o.status = 'closed' THEN o.closed_at ELSE i.issued_at + interval '1 minute' END + make_interval(secs => part * 40) AS at,
       CASE WHEN part = 1 AND split THEN least(100, round(i.paid / 2, 2)) WHEN split THEN i.paid - least(100, round(i.paid / 2, 2)) ELSE i.paid END AS amount,
       CASE WHEN m < 0.22 OR (part = 1 AND split) THEN 'cash' WHEN m < 0.32 THEN 'check' WHEN m < 0.80 THEN 'credit_card' WHEN m < 0.96 THEN 'debit_card' ELSE 'ach' END::payment_method AS method
FROM d_invoice i JOIN d_order o ON o.n = i.n, LATERAL (SELECT i.paid > 60 AND pg_temp.dice('split', i.n) < 0.05 AS split) s, generate_series(1, 2) part,
     LATERAL (SELECT pg_temp.dice('tender' || part, i.n) AS m) t
WHERE i.paid > 0 AND NOT i.void AND (part = 1 OR s.split);
INSERT INTO business_days (shop_id, business_date, opened_at)
SELECT d.shop_id, day, min(at) FROM demo d, d_clock c, d_payment, LATERAL (SELECT (at AT TIME ZONE c.zone)::date AS day) x GROUP BY d.shop_id, day;
INSERT INTO payments (shop_id, invoice_id, amount, method, check_number, reference_number, processed_at, processed_by_user_id, created_at, business_date, tendered_amount, change_given)
SELECT d.shop_id, p.invoice_id, p.amount, p.method, CASE WHEN p.method = 'check' THEN (1000 + p.i % 9000)::text END,
       CASE WHEN p.method NOT IN ('cash', 'check') THEN 'T' || lpad((p.i * 37 % 1000000)::text, 6, '0') END, p.at, p.advisor, p.at, (p.at AT TIME ZONE c.zone)::date,
       CASE WHEN p.method = 'cash' THEN ceil(p.amount / 20) * 20 END, CASE WHEN p.method = 'cash' THEN ceil(p.amount / 20) * 20 - p.amount END
FROM demo d, d_clock c, d_payment p ORDER BY p.i, p.part
`

/** The shelf: as many came in as were used, and a few more; then the numbers the next order and invoice will take. */
export const ledger = `
INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, reference_number, transaction_date, created_at)
SELECT d.shop_id, i.id, 'receipt', coalesce(u.used, 0) + 6 + floor(pg_temp.dice('shelf', row_number() OVER (ORDER BY i.part_number)) * 20), i.cost, 'PO-OPENING', now() - make_interval(days => d.days + 1), now()
FROM demo d, inventory_items i LEFT JOIN (SELECT part_id, sum(quantity) AS used FROM d_line WHERE status = 'completed' GROUP BY part_id) u ON u.part_id = i.id WHERE i.shop_id = d.shop_id;
INSERT INTO stock_transactions (shop_id, inventory_item_id, type, quantity, cost, repair_order_id, line_item_id, performed_by_user_id, transaction_date, created_at)
SELECT l.shop_id, l.inventory_item_id, 'sale', -l.quantity, l.cost, l.repair_order_id, l.id, l.completed_by_user_id, r.completed_date, r.completed_date
FROM demo d, line_items l JOIN repair_orders r ON r.id = l.repair_order_id WHERE l.shop_id = d.shop_id AND l.status = 'completed' AND l.inventory_item_id IS NOT NULL;
UPDATE inventory_items i SET quantity_on_hand = s.sum FROM (SELECT inventory_item_id, sum(quantity) FROM stock_transactions GROUP BY inventory_item_id) s WHERE s.inventory_item_id = i.id;
INSERT INTO shop_counters (shop_id, counter, next_value) SELECT shop_id, 'ro', orders + 1 FROM demo;
INSERT INTO shop_counters (shop_id, counter, next_value) SELECT shop_id, 'invoice', (SELECT count(*) + 1 FROM d_invoice) FROM demo
`

/** Who is on which lift, and who comes today and tomorrow. */
export const floor = `
INSERT INTO bays (shop_id, name, type, status, sort_order) SELECT d.shop_id, v.* FROM demo d, (VALUES ('Bay 1','lift'::bay_type,'available'::bay_status,1), ('Bay 2','lift','available',2), ('Bay 3','lift','available',3),
  ('Bay 4','general','available',4), ('Alignment','alignment','available',5), ('Tires','tire','maintenance',6)) v(name, type, status, sort_order);
UPDATE bays b SET current_ro_id = o.id, status = 'occupied'
FROM (SELECT id, row_number() OVER (ORDER BY n) AS k FROM d_order WHERE status = 'in_progress') o, demo d WHERE b.shop_id = d.shop_id AND b.sort_order = o.k AND o.k <= 4;
UPDATE repair_orders r SET bay_id = b.id FROM bays b WHERE b.current_ro_id = r.id;
INSERT INTO appointments (shop_id, customer_id, vehicle_id, bay_id, scheduled_start, scheduled_end, status, services_requested, created_by_user_id)
SELECT d.shop_id, v.customer_id, v.id, b.id, at, at + interval '90 minutes', CASE WHEN at < now() THEN 'completed' ELSE 'scheduled' END::appointment_status,
       ARRAY[pg_temp.pick(ARRAY['Oil service','Brake inspection','Check engine diagnosis','Tire rotation'], pg_temp.dice('service', k))], s.ids[1]
FROM demo d CROSS JOIN d_clock c CROSS JOIN d_staff s CROSS JOIN generate_series(0, 11) k
CROSS JOIN LATERAL (SELECT ((c.today + k / 6) + time '08:00' + make_interval(hours => (k % 6 / 2) * 3 + 1)) AT TIME ZONE c.zone AS at) t
JOIN bays b ON b.sort_order = 1 + k % 2 JOIN d_vehicle v ON v.n = 1 + floor(pg_temp.dice('visitor', k) * (SELECT vehicles FROM demo))::int
WHERE s.role = 'front_desk' AND b.shop_id = d.shop_id
`

/** The audit trail of the money, as the database's own triggers would have written it. */
export const trail = `
INSERT INTO audit_events (shop_id, at, actor_user_id, action, entity_type, entity_id, details)
SELECT shop_id, at, actor, action, kind, id, details FROM (
  SELECT i.shop_id, i.issued_at AS at, i.created_by_user_id AS actor, 'invoice.issued' AS action, 'invoice' AS kind, i.id,
         jsonb_build_object('invoice_number', i.invoice_number, 'repair_order_id', i.repair_order_id, 'total', i.total) AS details FROM invoices i, demo d WHERE i.shop_id = d.shop_id
  UNION ALL
  SELECT i.shop_id, i.voided_at, i.voided_by_user_id, 'invoice.voided', 'invoice', i.id, jsonb_build_object('invoice_number', i.invoice_number, 'void_reason', i.void_reason)
  FROM invoices i, demo d WHERE i.shop_id = d.shop_id AND i.status = 'void'
  UNION ALL
  SELECT p.shop_id, p.processed_at, p.processed_by_user_id, 'payment.recorded', 'payment', p.id,
         jsonb_build_object('invoice_id', p.invoice_id, 'amount', p.amount, 'method', p.method, 'status', p.status, 'business_date', p.business_date) FROM payments p, demo d WHERE p.shop_id = d.shop_id
  UNION ALL
  SELECT l.shop_id, l.created_at, r.created_by_user_id, 'order.discounted', 'repair_order', r.id,
         jsonb_build_object('orderDiscountCents', cents(r.discount), 'discounts',
           jsonb_build_array(jsonb_build_object('lineId', l.id, 'amountCents', cents(l.total), 'reason', l.description)))
  FROM line_items l JOIN repair_orders r ON r.id = l.repair_order_id, demo d WHERE l.shop_id = d.shop_id AND l.type = 'discount') e
ORDER BY at
`
