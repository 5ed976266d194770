import type { Knex } from 'knex'

export const breaking = false

// What NHTSA's vPIC says about VINs: the same for every shop and of no shop, so without shop_id and without row security. The owner fills it,
// the application reads it and may nothing else. A schema's patterns are one text, because a decode wants all of them and nobody wants one.
const tables = String.raw`
CREATE TABLE vin_editions (
  only_one BOOLEAN PRIMARY KEY DEFAULT true CONSTRAINT vin_editions_only_one CHECK (only_one),
  edition TEXT COLLATE "C" NOT NULL,
  loaded_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE vin_makers (
  wmi TEXT COLLATE "C" PRIMARY KEY,
  maker TEXT NOT NULL,
  kind TEXT NOT NULL,
  makes TEXT[] NOT NULL
);

CREATE TABLE vin_schemas (
  id INTEGER PRIMARY KEY,
  patterns TEXT NOT NULL
);

CREATE TABLE vin_schema_years (
  wmi TEXT COLLATE "C" NOT NULL,
  schema_id INTEGER NOT NULL,
  first_year SMALLINT NOT NULL,
  last_year SMALLINT NOT NULL,
  PRIMARY KEY (wmi, first_year, last_year, schema_id)
);

CREATE TABLE vehicle_models (
  make TEXT NOT NULL,
  model TEXT NOT NULL,
  first_year SMALLINT NOT NULL,
  last_year SMALLINT NOT NULL,
  weight INTEGER NOT NULL,
  make_key TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(coalesce(plate_key(make), ''))) STORED,
  model_key TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(coalesce(plate_key(model), ''))) STORED,
  PRIMARY KEY (make, model)
);
CREATE INDEX idx_vehicle_models_keys ON vehicle_models(make_key, model_key);
`

const grants = String.raw`
DO $do$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT SELECT ON vin_editions, vin_makers, vin_schemas, vin_schema_years, vehicle_models TO counterbay_app;
  END IF;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(tables)
  await knex.raw(grants)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP TABLE vehicle_models, vin_schema_years, vin_schemas, vin_makers, vin_editions')
}
