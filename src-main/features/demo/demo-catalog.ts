/** Parts on the shelf: made-up numbers, believable prices. `demo-books` puts as many on the shelf as were ever sold, and some more. */
export const inventory = `
CREATE TEMP TABLE d_part ON COMMIT DROP AS
SELECT row_number() OVER () AS p, uuid7() AS id, * FROM (VALUES
  ('OIL-5W30','Synthetic oil 5W-30, quart','Oil','qt',5.20,9.95), ('OIL-0W20','Synthetic oil 0W-20, quart','Oil','qt',5.60,10.50),
  ('FIL-OIL','Oil filter','Filters','ea',4.10,12.95), ('FIL-AIR','Engine air filter','Filters','ea',9.80,27.95),
  ('FIL-CAB','Cabin air filter','Filters','ea',10.40,29.95), ('BRK-PADF','Front brake pads, ceramic','Brakes','set',38.00,89.95),
  ('BRK-PADR','Rear brake pads, ceramic','Brakes','set',34.00,79.95), ('BRK-ROTF','Front brake rotor','Brakes','ea',41.00,94.50),
  ('BRK-FLU','Brake fluid DOT 4','Fluids','ea',6.25,14.95), ('BAT-35','Battery, group 35','Electrical','ea',98.00,189.95),
  ('BAT-48','Battery, group 48 AGM','Electrical','ea',132.00,249.95), ('SPK-IRI','Iridium spark plug','Ignition','ea',8.90,18.95),
  ('COOL-GAL','Coolant, gallon','Fluids','gal',11.50,24.95), ('BLT-SER','Serpentine belt','Belts','ea',21.00,54.95),
  ('TIR-205','Tire 205/55R16','Tires','ea',78.00,124.00), ('TIR-225','Tire 225/65R17','Tires','ea',96.00,158.00),
  ('WIP-PAIR','Wiper blades, pair','Wipers','set',14.00,38.95), ('BLB-H11','Bulb H11','Electrical','ea',7.00,19.95),
  ('ALT-REM','Alternator, remanufactured','Electrical','ea',165.00,319.00), ('REF-134','Refrigerant R-134a, pound','Fluids','ea',9.00,28.00)
) v(number, description, category, unit, cost, price);
INSERT INTO inventory_items (id, shop_id, part_number, description, category, manufacturer, unit_of_measure, reorder_point, reorder_quantity, cost, price, location)
SELECT p.id, d.shop_id, p.number, p.description, p.category, 'Anchor Parts', p.unit, 4, 12, p.cost, p.price, 'Shelf ' || chr(65 + (p.p % 6)::int) || p.p % 9 FROM demo d, d_part p;
INSERT INTO inventory_items (shop_id, part_number, description, category, manufacturer, reorder_point, cost, price, location)
SELECT d.shop_id, pg_temp.pick(ARRAY['HOS','GSK','SEN','BRG','SEA','FUS'], pg_temp.dice('part kind', n)) || '-' || lpad(n::text, 4, '0'),
       pg_temp.pick(ARRAY['Radiator hose','Valve cover gasket','Oxygen sensor','Wheel bearing','Axle seal','Fuse assortment'], pg_temp.dice('part kind', n))
       || ', ' || pg_temp.pick(ARRAY['front','rear','upper','lower','left','right'], pg_temp.dice('part side', n)),
       'Other', 'Harbor Supply', 1, c.cost, round(c.cost * 2.2, 2), 'Bin ' || n
FROM demo d, generate_series(1, 380) n, LATERAL (SELECT round((3 + pg_temp.dice('part cost', n) * 90)::numeric, 2) AS cost) c
`

/** What a shop sells: jobs with their lines. Quantities in pieces or hours; a labor line's price is the shop's rate. */
export const catalog = `
CREATE TEMP TABLE d_job ON COMMIT DROP AS SELECT * FROM (VALUES
  (1,'Oil service','Oil change light is on','Oil at its interval','Changed oil and filter, set the reminder',0.26),
  (2,'Front brakes','Squeals when braking','Front pads at 2 mm','Replaced front pads and rotors, road tested',0.12),
  (3,'Rear brakes','Grinding from the rear','Rear pads worn','Replaced rear pads, cleaned slides',0.08),
  (4,'Check engine diagnosis','Check engine light is on','Misfire on one cylinder','Read codes, tested ignition and fuel',0.10),
  (5,'Battery replacement','Slow to start in the morning','Battery fails the load test','Replaced battery, tested charging',0.08),
  (6,'Tire rotation','','','Rotated tires, set pressures',0.09),
  (7,'Two new tires','Vibration at speed','Tread below 3/32"','Mounted and balanced two tires',0.06),
  (8,'Spark plugs','Rough idle','Plugs beyond their interval','Replaced spark plugs',0.05),
  (9,'Coolant service','','Coolant at its interval','Drained, flushed and filled the cooling system',0.04),
  (10,'Air and cabin filters','','Filters dirty','Replaced both filters',0.06),
  (11,'Alternator','Battery light is on','Alternator output low','Replaced alternator and belt',0.03),
  (12,'Wipers and bulb','One low beam is out','Bulb burned out','Replaced bulb and wiper blades',0.03)
) v(j, name, complaint, cause, correction, share);
CREATE TEMP TABLE d_job_line ON COMMIT DROP AS SELECT * FROM (VALUES
  (1,1,'labor','Change oil and filter',0.50,NULL,false), (1,2,'part','',5.70,'OIL-5W30',true), (1,3,'part','',1.00,'FIL-OIL',true), (1,4,'fee','Oil disposal',1.00,NULL,false),
  (2,1,'labor','Replace front pads and rotors',1.80,NULL,false), (2,2,'part','',1.00,'BRK-PADF',true), (2,3,'part','',2.00,'BRK-ROTF',true), (2,4,'part','',1.00,'BRK-FLU',true),
  (3,1,'labor','Replace rear pads',1.30,NULL,false), (3,2,'part','',1.00,'BRK-PADR',true),
  (4,1,'labor','Diagnosis, first hour',1.00,NULL,false),
  (5,1,'labor','Replace and register battery',0.40,NULL,false), (5,2,'part','',1.00,'BAT-35',true),
  (6,1,'labor','Rotate tires',0.40,NULL,false),
  (7,1,'labor','Mount and balance',0.80,NULL,false), (7,2,'part','',2.00,'TIR-205',true), (7,3,'fee','Tire recycling',2.00,NULL,false),
  (8,1,'labor','Replace spark plugs',1.20,NULL,false), (8,2,'part','',4.00,'SPK-IRI',true),
  (9,1,'labor','Coolant service',1.10,NULL,false), (9,2,'part','',2.00,'COOL-GAL',true),
  (10,1,'labor','Replace filters',0.30,NULL,false), (10,2,'part','',1.00,'FIL-AIR',true), (10,3,'part','',1.00,'FIL-CAB',true),
  (11,1,'labor','Replace alternator',2.20,NULL,false), (11,2,'part','',1.00,'ALT-REM',true), (11,3,'part','',1.00,'BLT-SER',true),
  (12,1,'labor','Replace wipers and bulb',0.30,NULL,false), (12,2,'part','',1.00,'WIP-PAIR',true), (12,3,'part','',1.00,'BLB-H11',true)
) v(j, at, type, description, quantity, part, taxable);
CREATE TEMP TABLE d_job_range ON COMMIT DROP AS
SELECT j, sum(share) OVER (ORDER BY j) - share AS low, CASE WHEN j = 12 THEN 1.01 ELSE sum(share) OVER (ORDER BY j) END AS high FROM d_job;
CREATE TEMP TABLE d_staff ON COMMIT DROP AS SELECT role, array_agg(u.id ORDER BY u.email) AS ids FROM users u, demo d WHERE u.shop_id = d.shop_id GROUP BY role
`
