import type { Knex } from 'knex'

export const breaking = false

const orders = String.raw`
CREATE TYPE ro_status AS ENUM ('draft', 'estimate', 'approved', 'in_progress', 'completed', 'closed', 'declined');
CREATE TYPE ro_priority AS ENUM ('low', 'normal', 'high', 'urgent');

CREATE TABLE repair_orders (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  ro_number VARCHAR(50) NOT NULL,

  customer_id UUID NOT NULL,
  vehicle_id UUID NOT NULL,
  assigned_technician_id UUID,
  bay_id UUID,

  status ro_status NOT NULL DEFAULT 'draft',
  priority ro_priority NOT NULL DEFAULT 'normal',

  odometer INTEGER CONSTRAINT ro_odometer_range CHECK (odometer >= 0),

  customer_complaint TEXT,
  technician_notes TEXT,
  internal_notes TEXT,

  check_in_date TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  promised_date TIMESTAMPTZ,
  completed_date TIMESTAMPTZ,
  closed_date TIMESTAMPTZ,

  labor_total DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  parts_total DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  subtotal DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  tax DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  discount DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  total DECIMAL(10,2) NOT NULL DEFAULT 0.00,

  created_by_user_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at TIMESTAMPTZ,

  fees_total DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  tax_rate DECIMAL(7,6) NOT NULL CONSTRAINT ro_tax_rate_range CHECK (tax_rate >= 0 AND tax_rate < 1),
  authorized_total DECIMAL(10,2) NOT NULL DEFAULT 0.00 CONSTRAINT ro_authorized_range CHECK (authorized_total >= 0),
  odometer_out INTEGER CONSTRAINT ro_odometer_out_range CHECK (odometer_out >= 0),
  odometer_reason TEXT,
  version INTEGER NOT NULL DEFAULT 1,

  UNIQUE (shop_id, ro_number),
  CONSTRAINT repair_orders_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT ro_number_present CHECK (present(ro_number)),
  CONSTRAINT ro_totals_consistent CHECK (subtotal = labor_total + parts_total + fees_total AND total = subtotal + tax - discount)
) WITH (fillfactor = 75);

CREATE INDEX idx_ro_customer_id ON repair_orders(customer_id);
CREATE INDEX idx_ro_vehicle_id ON repair_orders(vehicle_id);
CREATE INDEX idx_ro_status ON repair_orders(shop_id, status) WHERE deleted_at IS NULL;
CREATE INDEX idx_ro_assigned_tech ON repair_orders(assigned_technician_id) WHERE status IN ('approved', 'in_progress');
CREATE INDEX idx_ro_dates ON repair_orders(shop_id, check_in_date DESC);
-- Row-level security keeps every enum comparison out of index conditions; a predicate is matched without it.
CREATE INDEX idx_ro_open ON repair_orders(shop_id, check_in_date DESC)
  WHERE deleted_at IS NULL AND status IN ('draft', 'estimate', 'approved', 'in_progress', 'completed');
`

const lines = String.raw`
CREATE TABLE ro_jobs (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL,
  repair_order_id UUID NOT NULL,
  name VARCHAR(255) NOT NULL CONSTRAINT ro_jobs_name_present CHECK (present(name)),
  complaint TEXT,
  cause TEXT,
  correction TEXT,
  sort_order INTEGER NOT NULL DEFAULT 0,
  declined_at TIMESTAMPTZ,
  declined_reason TEXT,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  -- Leads with the order: it finds an order's jobs, and lets a line prove that its job belongs to its own order.
  CONSTRAINT ro_jobs_order_key UNIQUE (repair_order_id, shop_id, id)
);

CREATE TYPE line_item_type AS ENUM ('labor', 'part', 'fee', 'discount');
CREATE TYPE line_item_status AS ENUM ('quoted', 'approved', 'declined', 'completed');

CREATE TABLE line_items (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  repair_order_id UUID NOT NULL,

  type line_item_type NOT NULL,
  status line_item_status NOT NULL DEFAULT 'quoted',

  description TEXT NOT NULL,
  part_number VARCHAR(100),

  quantity DECIMAL(10,2) NOT NULL DEFAULT 1.00,
  unit_price DECIMAL(10,2) NOT NULL,
  total DECIMAL(10,2) NOT NULL GENERATED ALWAYS AS (round(quantity * unit_price, 2)) STORED,
  cost DECIMAL(10,2) CONSTRAINT line_items_cost_range CHECK (cost >= 0),

  labor_hours DECIMAL(5,2) CONSTRAINT line_items_labor_hours_range CHECK (labor_hours >= 0),

  inventory_item_id UUID,

  completed_by_user_id UUID,
  time_spent_minutes INTEGER CONSTRAINT line_items_time_range CHECK (time_spent_minutes >= 0),

  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  job_id UUID,
  taxable BOOLEAN NOT NULL DEFAULT true,
  sort_order INTEGER NOT NULL DEFAULT 0,
  part_condition VARCHAR(20),
  approved_by_user_id UUID,
  approved_at TIMESTAMPTZ,
  declined_at TIMESTAMPTZ,
  declined_reason TEXT,
  -- A recorded yes of the customer covers this line as it stands; changing what it is or costs takes that away.
  is_authorized BOOLEAN NOT NULL DEFAULT false,
  version INTEGER NOT NULL DEFAULT 1,

  CONSTRAINT line_items_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT total_equals_quantity_times_price CHECK (total = round(quantity * unit_price, 2)),
  -- Only a fee may be negative (a core deposit given back); a discount is entered as the positive amount it takes off.
  CONSTRAINT line_item_sign CHECK (quantity > 0 AND (type = 'fee' OR unit_price >= 0)),
  CONSTRAINT line_item_part_condition CHECK (
    part_condition IS NULL OR (type = 'part' AND part_condition IN ('new', 'used', 'rebuilt', 'reconditioned', 'oem')))
) WITH (fillfactor = 80);

CREATE INDEX idx_line_items_type ON line_items(repair_order_id, type);
CREATE INDEX idx_line_items_status ON line_items(repair_order_id, status);
CREATE INDEX idx_line_items_inventory ON line_items(inventory_item_id);
`

const authority = String.raw`
CREATE TABLE ro_status_events (
  seq BIGINT GENERATED ALWAYS AS IDENTITY,
  shop_id UUID NOT NULL,
  repair_order_id UUID NOT NULL,
  from_status ro_status,
  to_status ro_status NOT NULL,
  at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  by_user_id UUID,
  reason TEXT,
  PRIMARY KEY (repair_order_id, seq)
);

CREATE TABLE estimate_versions (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL,
  repair_order_id UUID NOT NULL,
  version INTEGER NOT NULL CONSTRAINT estimate_versions_counted CHECK (version > 0),
  total DECIMAL(10,2) NOT NULL,
  content_hash TEXT NOT NULL,
  snapshot JSONB NOT NULL,
  created_by_user_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (shop_id, repair_order_id, version),
  CONSTRAINT estimate_versions_order_key UNIQUE (repair_order_id, shop_id, id)
);

CREATE TABLE authorizations (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL,
  repair_order_id UUID NOT NULL,
  estimate_version_id UUID NOT NULL,
  authorized_total DECIMAL(10,2) NOT NULL CONSTRAINT authorizations_total_range CHECK (authorized_total >= 0),
  approved_by_name VARCHAR(200) NOT NULL CONSTRAINT authorizations_name_present CHECK (present(approved_by_name)),
  method VARCHAR(20) NOT NULL
    CONSTRAINT authorizations_method_known CHECK (method IN ('in_person', 'phone', 'text', 'email', 'signature')),
  contact VARCHAR(255),
  authorized_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  note TEXT,
  recorded_by_user_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX idx_authorizations_order ON authorizations(repair_order_id, created_at);
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [orders, lines, authority]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TABLE authorizations;
    DROP TABLE estimate_versions;
    DROP TABLE ro_status_events;
    DROP TABLE line_items;
    DROP TYPE line_item_status;
    DROP TYPE line_item_type;
    DROP TABLE ro_jobs;
    DROP TABLE repair_orders;
    DROP TYPE ro_priority;
    DROP TYPE ro_status;
  `)
}
