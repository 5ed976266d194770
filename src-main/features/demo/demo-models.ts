/**
 * Cars of the demo shop: `from`-`to` = model years whose VINs with these first eight characters NHTSA's data reads as exactly this make, model
 * and engine. Where it says nothing of the drive, the one written here is stored and a scan leaves it open.
 */
export const models = `
CREATE TEMP TABLE d_model ON COMMIT DROP AS
SELECT dense_rank() OVER (ORDER BY v.make, v.model) AS m, row_number() OVER (PARTITION BY v.make, v.model ORDER BY y.year) AS at,
       count(*) OVER (PARTITION BY v.make, v.model) AS years, v.make, v.model, y.year, v.stem, v.engine, v.drivetrain
FROM (VALUES
  ('Honda','Civic',2008,2009,'1HGFA152','1.8L I4','FWD'), ('Honda','Civic',2010,2011,'19XFA1E2','1.8L I4','FWD'),
  ('Honda','Civic',2012,2015,'19XFB2E2','1.8L I4','FWD'), ('Honda','Civic',2016,2021,'2HGFC2F5','2.0L I4','FWD'),
  ('Honda','CR-V',2010,2011,'2HKRE3H3','2.4L I4','AWD'), ('Honda','CR-V',2012,2016,'2HKRM3H3','2.4L I4','AWD'),
  ('Honda','CR-V',2017,2019,'2HKRW5H3','2.4L I4','AWD'), ('Honda','CR-V',2020,2022,'2HKRW1H2','1.5L I4 turbo','AWD'),
  ('Toyota','Camry',2008,2009,'4T11E11K','2.4L I4','FWD'), ('Toyota','Camry',2010,2017,'4T1BFFAK','2.5L I4','FWD'),
  ('Toyota','Camry',2018,2021,'4T1111AK','2.5L I4','FWD'), ('Toyota','Corolla',2010,2024,'1NXBE1AE','1.8L I4','FWD'),
  ('Toyota','RAV4',2015,2018,'2T3FFFAV','2.5L I4','AWD'), ('Toyota','RAV4',2021,2023,'2T3A1RFV','2.5L I4','AWD'),
  ('Ford','F-150',2011,2017,'1FT1F1CF','5.0L V8','4WD'), ('Ford','F-150',2018,2021,'1FT1F1C5','5.0L V8','4WD'),
  ('Ford','Escape',2010,2012,'1FMGU0CG','3.0L V6','FWD'), ('Ford','Escape',2013,2019,'1FM1U0F7','2.5L I4','FWD'),
  ('Ford','Transit',2015,2024,'1FBAE1CG','3.5L V6','RWD'), ('Chevrolet','Silverado 1500',2008,2008,'1GCAC11B','5.3L V8','4WD'),
  ('Chevrolet','Silverado 1500',2017,2018,'1GC1CN1C','5.3L 8-cyl','4WD'), ('Chevrolet','Silverado 1500',2019,2021,'1GCNWDAD','5.3L 8-cyl','4WD'),
  ('Chevrolet','Malibu',2008,2009,'1G1ZFB1B','2.4L I4','FWD'), ('Chevrolet','Malibu',2013,2015,'1G11AAAA','2.5L I4','FWD'),
  ('Chevrolet','Malibu',2017,2021,'1G1ZA1AT','1.5L I4 turbo','FWD'), ('Nissan','Altima',2008,2009,'1N4AL211','2.5L I4','FWD'),
  ('Nissan','Altima',2010,2013,'1N4AL2A1','2.5L 4-cyl','FWD'), ('Nissan','Altima',2016,2018,'1N4AL3A1','2.5L I4','FWD'),
  ('Nissan','Rogue',2012,2013,'5N1AS5M5','2.5L','AWD'), ('Nissan','Rogue',2015,2018,'5N1AT2M2','2.5L 4-cyl','AWD'),
  ('Subaru','Outback',2012,2014,'4S4BRBA1','2.5L H4','AWD'), ('Subaru','Outback',2015,2016,'4S4BSAAA','2.5L I4','AWD'),
  ('Subaru','Outback',2020,2024,'4S4BTAA1','2.5L 4-cyl','AWD'), ('Hyundai','Elantra',2011,2013,'KMHDF1AE','1.8L','FWD'),
  ('Hyundai','Elantra',2017,2020,'KMHD01AF','2.0L 4-cyl','FWD'), ('Kia','Sorento',2011,2013,'5XYK22A2','3.5L V6','AWD'),
  ('Kia','Sorento',2017,2020,'5XYPF1A3','2.4L 4-cyl','AWD'), ('Jeep','Wrangler',2008,2009,'1J41A111','3.8L V6','4WD'),
  ('Jeep','Wrangler',2018,2024,'1C41JXAN','2.0L I4 turbo','4WD'), ('Ram','1500',2013,2016,'1C63R622','5.7L 8-cyl','4WD'),
  ('Ram','1500',2017,2024,'3C63R6AG','3.6L V6','4WD'), ('Volkswagen','Jetta',2011,2015,'3VWBKBAJ','2.0L 4-cyl','FWD'),
  ('Volkswagen','Jetta',2020,2021,'3VWW57BU','1.4L 4-cyl turbo','FWD'), ('BMW','330i',2017,2018,'WBA8B9C3','2.0L 4-cyl','RWD'),
  ('BMW','330i',2020,2020,'3MW5R1J0','2.0L 4-cyl','RWD'), ('BMW','330i',2023,2024,'3MW69FF0','2.0L 4-cyl','RWD'),
  ('Mazda','CX-5',2017,2024,'JM3KFBAL','2.5L I4','AWD'), ('GMC','Sierra 1500',2008,2008,'1GTAC01B','5.3L V8','4WD'),
  ('GMC','Sierra 1500',2014,2014,'1GT11T1C','5.3L 8-cyl','4WD'), ('GMC','Sierra 1500',2019,2021,'1GTN8DAD','5.3L 8-cyl','4WD'),
  ('Lexus','RX',2008,2009,'2T21K11U','3.5L V6','AWD'), ('Lexus','RX',2010,2017,'2T21K1AA','3.5L V6','AWD'),
  ('Lexus','RX',2018,2019,'2T2BZBAA','3.5L V6','AWD'), ('Audi','Q5',2013,2015,'WA1CFCFP','2.0L 4-cyl','AWD'),
  ('Audi','Q5',2018,2020,'WA1AN1FY','2.0L I4','AWD'), ('Dodge','Charger',2009,2010,'2B3AAAAV','3.5L 6-cyl','RWD'),
  ('Dodge','Charger',2012,2023,'2C3GDXAG','3.6L V6','RWD')
) v(make, model, "from", "to", stem, engine, drivetrain), generate_series(v."from", v."to") y(year);
ANALYZE d_model
`
