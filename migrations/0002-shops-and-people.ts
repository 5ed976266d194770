import type { Knex } from 'knex'

export const breaking = false

const shops = String.raw`
CREATE TABLE shops (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  name VARCHAR(255) NOT NULL CONSTRAINT shops_name_present CHECK (present(name)),
  slug VARCHAR(100) UNIQUE NOT NULL CONSTRAINT shops_slug_format CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),

  email VARCHAR(255),
  phone VARCHAR(20),
  address TEXT,
  city VARCHAR(100),
  state VARCHAR(2),
  zip VARCHAR(10),

  tax_rate DECIMAL(7,6) NOT NULL DEFAULT 0.0000 CONSTRAINT shops_tax_rate_range CHECK (tax_rate >= 0 AND tax_rate < 1),
  labor_rate DECIMAL(10,2) DEFAULT 120.00 CONSTRAINT shops_labor_rate_range CHECK (labor_rate >= 0),
  -- An unknown zone raises 22023 here, so a wrong name never reaches a business day.
  timezone VARCHAR(50) NOT NULL DEFAULT 'America/New_York'
    CONSTRAINT shops_timezone_valid CHECK ((TIMESTAMPTZ 'epoch' AT TIME ZONE timezone) IS NOT NULL),

  logo_url TEXT,

  plan VARCHAR(50) NOT NULL DEFAULT 'trial'
    CONSTRAINT shops_plan_known CHECK (plan IN ('trial', 'starter', 'professional', 'enterprise')),
  subscription_status VARCHAR(50) NOT NULL DEFAULT 'active'
    CONSTRAINT shops_subscription_known CHECK (subscription_status IN ('active', 'past_due', 'canceled')),
  trial_ends_at TIMESTAMPTZ,

  settings JSONB NOT NULL DEFAULT '{}',
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at TIMESTAMPTZ
);
CREATE INDEX idx_shops_deleted_at ON shops(deleted_at) WHERE deleted_at IS NULL;
`

const users = String.raw`
CREATE TYPE user_role AS ENUM ('owner', 'service_advisor', 'technician', 'front_desk', 'parts_manager');

CREATE TABLE users (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  email VARCHAR(255) NOT NULL CONSTRAINT users_email_present CHECK (present(email)),
  password_hash VARCHAR(255) NOT NULL,

  first_name VARCHAR(100) NOT NULL,
  last_name VARCHAR(100) NOT NULL,
  phone VARCHAR(20),
  role user_role NOT NULL,

  employee_id VARCHAR(50),
  hourly_rate DECIMAL(10,2) CONSTRAINT users_hourly_rate_range CHECK (hourly_rate >= 0),
  hire_date DATE,

  is_active BOOLEAN NOT NULL DEFAULT true,
  last_login_at TIMESTAMPTZ,

  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at TIMESTAMPTZ,

  pin_hash VARCHAR(255),
  pin_off BOOLEAN NOT NULL DEFAULT false,
  can_approve BOOLEAN NOT NULL DEFAULT false,
  must_change_password BOOLEAN NOT NULL DEFAULT false,
  password_changed_at TIMESTAMPTZ,
  failed_sign_ins INTEGER NOT NULL DEFAULT 0,
  sign_in_locked_until TIMESTAMPTZ,
  failed_pins INTEGER NOT NULL DEFAULT 0,
  pin_locked_until TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1,

  CONSTRAINT users_name_present CHECK (present(first_name || last_name)),
  CONSTRAINT users_shop_id_id_key UNIQUE (shop_id, id)
) WITH (fillfactor = 85);

CREATE INDEX idx_users_email ON users(email);
CREATE INDEX idx_users_role ON users(shop_id, role) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_shop_id_email_key ON users(shop_id, lower(email)) WHERE deleted_at IS NULL;
`

// Text keys carry COLLATE "C" so that prefixes are index ranges in a database of any locale. The search indexes take new rows in at once:
// a list of pending ones would be read by every search until the next vacuum.
const customers = String.raw`
CREATE TABLE customers (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  first_name VARCHAR(100) NOT NULL,
  last_name VARCHAR(100) NOT NULL,
  email VARCHAR(255),
  phone VARCHAR(20) NOT NULL,
  alternate_phone VARCHAR(20),

  address TEXT,
  city VARCHAR(100),
  state VARCHAR(2),
  zip VARCHAR(10),

  preferred_contact VARCHAR(20) NOT NULL DEFAULT 'sms'
    CONSTRAINT customers_preferred_contact_known CHECK (preferred_contact IN ('sms', 'email', 'phone')),

  notes TEXT,
  tags TEXT[],
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at TIMESTAMPTZ,

  kind VARCHAR(10) NOT NULL DEFAULT 'person' CONSTRAINT customers_kind_known CHECK (kind IN ('person', 'company', 'walk_in')),
  company_name VARCHAR(255),
  phone_ext VARCHAR(10),
  tax_exempt BOOLEAN NOT NULL DEFAULT false,
  tax_exempt_number VARCHAR(50),
  version INTEGER NOT NULL DEFAULT 1,
  display_name TEXT NOT NULL GENERATED ALWAYS AS (
    coalesce(nullif(btrim(company_name), ''), nullif(btrim(btrim(first_name) || ' ' || btrim(last_name)), ''), 'Walk-in')) STORED,
  phone_digits TEXT COLLATE "C" GENERATED ALWAYS AS (nullif(phone_key(phone), '')) STORED,
  alternate_phone_digits TEXT COLLATE "C" GENERATED ALWAYS AS (nullif(phone_key(alternate_phone), '')) STORED,
  search_key TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (
    ' ' || search_words(coalesce(company_name, '') || ' ' || first_name || ' ' || last_name)
    || ' ' || phone_key(phone) || ' ' || coalesce(phone_key(alternate_phone), '') || ' ') STORED,

  CONSTRAINT customers_person_complete CHECK (kind <> 'person' OR (present(first_name || last_name) AND present(phone))),
  CONSTRAINT customers_company_named CHECK (kind <> 'company' OR present(company_name)),
  CONSTRAINT customers_shop_id_id_key UNIQUE (shop_id, id)
);

CREATE INDEX idx_customers_phone ON customers(shop_id, phone);
CREATE INDEX idx_customers_email ON customers(shop_id, email);
CREATE INDEX idx_customers_name ON customers(shop_id, last_name, first_name);
CREATE INDEX idx_customers_phone_digits ON customers(shop_id, phone_digits);
CREATE INDEX idx_customers_alt_phone_digits ON customers(shop_id, alternate_phone_digits) WHERE alternate_phone_digits IS NOT NULL;
CREATE INDEX idx_customers_phone_tail ON customers(shop_id, reverse(phone_digits) COLLATE "C");
CREATE INDEX idx_customers_alt_phone_tail ON customers(shop_id, reverse(alternate_phone_digits) COLLATE "C")
  WHERE alternate_phone_digits IS NOT NULL;
CREATE INDEX idx_customers_email_lower ON customers(shop_id, lower(email) COLLATE "C") WHERE email IS NOT NULL;
CREATE INDEX idx_customers_search ON customers USING gin (search_key gin_trgm_ops) WITH (fastupdate = off);
`

// owner_key repeats the customer's search key, so that "smith civic" is one index condition and not a join of two large sets.
const vehicles = String.raw`
CREATE TABLE vehicles (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  customer_id UUID NOT NULL,

  -- Cars before 1981 have shorter numbers than 17: length and check digit are shown to the person, not enforced.
  vin VARCHAR(17) CONSTRAINT vehicles_vin_format CHECK (vin ~ '^[A-Z0-9-]{1,17}$'),
  license_plate VARCHAR(20),

  year INTEGER NOT NULL CONSTRAINT vehicles_year_range CHECK (year BETWEEN 1886 AND 2100),
  make VARCHAR(100) NOT NULL,
  model VARCHAR(100) NOT NULL,
  engine VARCHAR(100),
  transmission VARCHAR(100),
  drivetrain VARCHAR(50),
  color VARCHAR(50),

  current_odometer INTEGER CONSTRAINT vehicles_odometer_range CHECK (current_odometer >= 0),

  notes TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at TIMESTAMPTZ,

  plate_state VARCHAR(2),
  version INTEGER NOT NULL DEFAULT 1,
  license_plate_norm TEXT COLLATE "C" GENERATED ALWAYS AS (plate_key(license_plate)) STORED,
  search_key TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (
    ' ' || search_words(year::text || ' ' || make || ' ' || model)
    || ' ' || coalesce(lower(plate_key(license_plate)), '') || ' ' || coalesce(lower(vin), '') || ' ') STORED,
  owner_key TEXT COLLATE "C" NOT NULL DEFAULT '',

  CONSTRAINT vehicles_shop_id_id_key UNIQUE (shop_id, id)
);

CREATE INDEX idx_vehicles_customer_id ON vehicles(customer_id);
CREATE INDEX idx_vehicles_vin ON vehicles(vin);
CREATE INDEX idx_vehicles_license_plate ON vehicles(shop_id, license_plate);
CREATE UNIQUE INDEX vehicles_vin_key ON vehicles(shop_id, vin) WHERE deleted_at IS NULL AND vin IS NOT NULL;
CREATE UNIQUE INDEX vehicles_shop_id_license_plate_key ON vehicles(shop_id, license_plate_norm, plate_state) NULLS NOT DISTINCT
  WHERE deleted_at IS NULL AND license_plate_norm IS NOT NULL;
CREATE INDEX idx_vehicles_vin_tail ON vehicles(shop_id, reverse(vin) COLLATE "C") WHERE vin IS NOT NULL;
CREATE INDEX idx_vehicles_search ON vehicles USING gin ((owner_key || search_key) gin_trgm_ops) WITH (fastupdate = off);
`

// One row per shop and kind of number, one row per shop and day: both are locked by the transaction that uses them.
const counters = String.raw`
CREATE TABLE shop_counters (
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  counter VARCHAR(30) NOT NULL,
  next_value BIGINT NOT NULL DEFAULT 1 CONSTRAINT shop_counters_positive CHECK (next_value > 0),
  PRIMARY KEY (shop_id, counter)
) WITH (fillfactor = 20);

CREATE TABLE business_days (
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  business_date DATE NOT NULL,
  opened_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  closed_at TIMESTAMPTZ,
  PRIMARY KEY (shop_id, business_date)
);
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [shops, users, customers, vehicles, counters]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TABLE business_days;
    DROP TABLE shop_counters;
    DROP TABLE vehicles;
    DROP TABLE customers;
    DROP TABLE users;
    DROP TYPE user_role;
    DROP TABLE shops;
  `)
}
