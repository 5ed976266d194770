/**
 * The rules that make prices, written last: orders that stand have none of them. Canned jobs are the jobs this shop sells, with a few lines
 * that are asked for; a part is priced by the shop's rules on the day it is sold.
 */
export const pricing = `
INSERT INTO labor_rates (shop_id, name, rate) SELECT d.shop_id, v.name, v.rate FROM demo d, (VALUES ('Fleet', 118.00), ('Diagnosis', 158.00)) v(name, rate);
INSERT INTO discount_presets (shop_id, name, percent, amount)
SELECT d.shop_id, v.name, v.percent, v.amount FROM demo d, (VALUES ('Returning customer', 0.05, NULL::numeric), ('Veteran', 0.10, NULL), ('Coupon', NULL, 20.00)) v(name, percent, amount);
INSERT INTO fee_rules (shop_id, name, kind, printed_name, base, percent, cap)
SELECT d.shop_id, 'Supplies', 'shop_supplies', 'Brake cleaner, rags and gloves', 'labor', 0.03, 18.00 FROM demo d;
WITH matrix AS (INSERT INTO price_matrices (shop_id, name, category) SELECT d.shop_id, 'Electrical parts', 'Electrical' FROM demo d RETURNING id, shop_id)
INSERT INTO price_matrix_bands (shop_id, price_matrix_id, cost_from, way, factor)
SELECT m.shop_id, m.id, v.cost, v.way, v.factor FROM matrix m, (VALUES
  (0, 'multiplier', 3), (10, 'multiplier', 2.5), (50, 'multiplier', 2), (150, 'margin', 0.45)) v(cost, way, factor);

CREATE TEMP TABLE d_canned ON COMMIT DROP AS
SELECT j.j, uuid7() AS id, j.name, c.code, c.kind FROM d_job j JOIN (VALUES
  (1,'OIL','Service'), (2,'FB','Brakes'), (3,'RB','Brakes'), (4,'CEL','Diagnosis'), (5,'BAT','Electrical'), (6,'ROT','Tires'),
  (7,'TIR','Tires'), (8,'SPK','Engine'), (9,'COOL','Service'), (10,'FIL','Service'), (11,'ALT','Electrical'), (12,'WIP','Service')) c(j, code, kind) USING (j);
INSERT INTO canned_jobs (id, shop_id, name, code, category) SELECT c.id, d.shop_id, c.name, c.code, c.kind FROM demo d, d_canned c;
INSERT INTO canned_job_lines (shop_id, canned_job_id, sort_order, type, description, part_number, inventory_item_id, quantity, unit_price, included)
SELECT d.shop_id, c.id, l.at, l.type::line_item_type, coalesce(p.description, l.description), p.number, p.id, l.quantity,
       CASE l.type WHEN 'fee' THEN 3.50 END, 'always'
FROM demo d, d_job_line l JOIN d_canned c USING (j) LEFT JOIN d_part p ON p.number = l.part;
INSERT INTO canned_job_lines (shop_id, canned_job_id, sort_order, type, description, part_number, inventory_item_id, quantity, included)
SELECT d.shop_id, c.id, 10 + o.at, 'part', p.description, p.number, p.id, 1, o.included
FROM demo d, (VALUES (1,1,'FIL-AIR','on_request'), (1,2,'WIP-PAIR','on_request'), (3,1,'BRK-FLU','usually'), (9,1,'BLT-SER','on_request')) o(j, at, part, included)
JOIN d_canned c USING (j) JOIN d_part p ON p.number = o.part
`
