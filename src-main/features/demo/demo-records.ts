/** Invented people: the area code 555 is not given out. A few names in other scripts, because real shops have them. */
export const customers = `
CREATE TEMP TABLE d_customer ON COMMIT DROP AS
SELECT n, uuid7() AS id,
       CASE WHEN pg_temp.dice('kind', n) < 0.09 THEN 'company' WHEN pg_temp.dice('kind', n) > 0.985 THEN 'walk_in' ELSE 'person' END AS kind,
       pg_temp.pick(ARRAY['Alma','Bruno','Carla','Dmitri','Elena','Felix','Grace','Hugo','Ines','Jonas','Karin','Luis','Mara','Nils','Opal','Pavel','Quinn','Rosa','Stefan','Tessa','Uma','Victor','Wanda','Xavier','Yara','Zoltan','Aiko','Benedikt','Chiara','Desmond','Esther','Farid','Gudrun','Hana','Igor','Jasmin','Kofi','Lena','Mateo','Noor','Olaf','Priya','Ravi','Sina','Thabo','Ulrike','Vera','Walid','Łucja','Søren','Zoë','Ángel','美玲','נועה'], pg_temp.dice('first', n)) AS first_name,
       pg_temp.pick(ARRAY['Abel','Brandt','Castillo','Dorn','Eriksen','Farrow','Gallo','Hartwell','Ivers','Jansen','Kowalski','Lindqvist','Marsh','Novak','Okafor','Petrov','Quist','Reyes','Sandoval','Thorne','Ueda','Vance','Whitlock','Xu','Yilmaz','Zeller','Ashby','Bellweather','Crane','Dunmore','Easton','Fairbank','Grimaldi','Holloway','Ingram','Jepsen','Kessler','Larkin','Mendez','Nyberg','Osgood','Pruitt','Ramsey','Sutter','Tanaka','Underhill','Varga','Wexler','Yardley','Żak','Łódzki','Nuñez','Müller','王','כהן'], pg_temp.dice('last', n)) AS last_name,
       pg_temp.pick(ARRAY['Bayline Couriers','Cedar Plumbing','Delta Florists','Eastgate Catering','Foxglove Landscaping','Granite Movers','Highwater Electric','Juniper Cleaning','Kestrel Roofing','Larkspur Bakery','Meridian HVAC','Northbank Surveyors','Orchard School District','Pinecrest Pools','Quarry Stone Works','Redwood Taxi'], pg_temp.dice('company', n)) AS company
FROM demo, generate_series(1, demo.customers) n;
ANALYZE d_customer;

INSERT INTO customers (id, shop_id, kind, first_name, last_name, company_name, email, phone, alternate_phone, address, city, state, zip,
                       preferred_contact, tax_exempt, tax_exempt_number, notes, tags, created_at)
SELECT c.id, d.shop_id, c.kind,
       CASE WHEN c.kind = 'walk_in' THEN '' ELSE c.first_name END, CASE WHEN c.kind = 'walk_in' THEN '' ELSE c.last_name END,
       CASE WHEN c.kind = 'company' THEN c.company || CASE WHEN n > 1500 THEN ' ' || n ELSE '' END END,
       CASE WHEN pg_temp.dice('mail', n) < 0.7 AND c.kind <> 'walk_in' THEN 'customer' || n || '@mail.invalid' END,
       CASE WHEN c.kind = 'walk_in' THEN '' ELSE '(555) ' || lpad((200 + n / 10000)::text, 3, '0') || '-' || lpad((n * 7919 % 10000)::text, 4, '0') END,
       CASE WHEN pg_temp.dice('alt', n) < 0.15 AND c.kind <> 'walk_in' THEN '(555) ' || lpad((600 + n / 10000)::text, 3, '0') || '-' || lpad((n * 7919 % 10000)::text, 4, '0') END,
       CASE WHEN c.kind = 'walk_in' THEN NULL ELSE (1 + n % 980) || ' ' || pg_temp.pick(ARRAY['Anchor Way','Beacon Road','Chart Lane','Driftwood Drive','Ebb Street','Fathom Court'], pg_temp.dice('street', n)) END,
       'Example Bay', 'CA', '90000', CASE WHEN c.kind = 'company' THEN 'email' ELSE 'sms' END,
       c.kind = 'company' AND c.company LIKE '%School%', CASE WHEN c.kind = 'company' AND c.company LIKE '%School%' THEN 'EX-' || lpad(n::text, 6, '0') END,
       CASE WHEN pg_temp.dice('note', n) < 0.05 THEN pg_temp.pick(ARRAY['Prefers a call before noon.','Drops the key in the night box.','Wants the old parts back.','Two drivers, ask who comes.'], pg_temp.dice('which note', n)) END,
       CASE WHEN c.kind = 'company' THEN ARRAY['fleet'] WHEN pg_temp.dice('vip', n) < 0.03 THEN ARRAY['vip'] END,
       now() - make_interval(days => d.days) * (1 + pg_temp.dice('since', n)) -- before their first visit
FROM demo d, d_customer c
`

/** VINs that decode to their very car: NHTSA's eight characters of it, the right check digit (49 CFR 565.15), serial numbers counted from 1. */
export const garage = `
CREATE TEMP TABLE d_vehicle ON COMMIT DROP AS
SELECT v.n, uuid7() AS id, c.n AS customer_n, c.id AS customer_id, m.year, m.make, m.model, m.engine, m.drivetrain,
       m.stem || '0' || substr('ABCDEFGHJKLMNPRSTVWXY123456789', 1 + (m.year - 1980) % 30, 1) || 'Z' || lpad(v.n::text, 6, '0') AS vin,
       5000 + (pg_temp.dice('miles', v.n) * 110000)::int AS first_odometer, 18 + pg_temp.dice('daily', v.n) * 30 AS miles_a_day
FROM demo d
CROSS JOIN LATERAL (SELECT n, 1 + floor(pg_temp.dice('model', n) * (SELECT max(m) FROM d_model))::int AS m,
                           CASE WHEN n <= d.customers THEN n ELSE 1 + floor(pg_temp.dice('owner', n) * d.customers)::int END AS owner_n
                    FROM generate_series(1, d.vehicles) n) v
JOIN d_customer c ON c.n = v.owner_n
JOIN d_model m ON m.m = v.m AND m.at = 1 + floor(pg_temp.dice('year', v.n) * m.years)::int;

UPDATE d_vehicle v SET vin = overlay(v.vin PLACING CASE s.rest WHEN 10 THEN 'X' ELSE s.rest::text END FROM 9 FOR 1)
FROM (
  SELECT n, sum(w.weight[p] * CASE
           WHEN substr(vin, p, 1) ~ '[0-9]' THEN substr(vin, p, 1)::int
           ELSE translate(substr(vin, p, 1), 'ABCDEFGHJKLMNPRSTUVWXYZ', '12345678123457923456789')::int END) % 11 AS rest
  FROM d_vehicle, generate_series(1, 17) p, (SELECT ARRAY[8,7,6,5,4,3,2,10,0,9,8,7,6,5,4,3,2] AS weight) w
  GROUP BY n) s
WHERE s.n = v.n;
CREATE INDEX ON d_vehicle (n);
ANALYZE d_vehicle
`

/** After the visits: a vehicle is stored once, with the odometer of its last one. */
export const vehicles = `
INSERT INTO vehicles (id, shop_id, customer_id, vin, license_plate, plate_state, year, make, model, engine, transmission, drivetrain, color,
                      current_odometer, owner_key, created_at)
SELECT v.id, d.shop_id, v.customer_id, v.vin,
       (5 + v.n % 4) || chr(65 + v.n / 26000 % 26) || chr(65 + v.n / 1000 % 26) || chr(65 + v.n / 7 % 26) || lpad((v.n % 1000)::text, 3, '0'), 'CA',
       v.year, v.make, v.model, v.engine, 'Automatic', v.drivetrain,
       pg_temp.pick(ARRAY['White','Black','Silver','Gray','Blue','Red','Green'], pg_temp.dice('color', v.n)), coalesce(o.odometer, v.first_odometer), c.search_key, c.created_at
FROM demo d, d_vehicle v JOIN customers c ON c.id = v.customer_id
LEFT JOIN (SELECT vehicle_id, max(odometer) AS odometer FROM d_order GROUP BY vehicle_id) o ON o.vehicle_id = v.id
`
