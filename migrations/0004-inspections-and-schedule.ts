import type { Knex } from 'knex'

export const breaking = false

const inspections = String.raw`
CREATE TABLE inspections (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  repair_order_id UUID NOT NULL,

  template_name VARCHAR(100) DEFAULT '25-point',

  is_complete BOOLEAN NOT NULL DEFAULT false,
  completed_by_user_id UUID,
  completed_at TIMESTAMPTZ,

  total_points INTEGER NOT NULL DEFAULT 0,
  good_count INTEGER NOT NULL DEFAULT 0,
  attention_count INTEGER NOT NULL DEFAULT 0,
  urgent_count INTEGER NOT NULL DEFAULT 0,

  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT inspections_shop_id_id_key UNIQUE (shop_id, id)
);
CREATE INDEX idx_inspections_ro_id ON inspections(repair_order_id);
CREATE INDEX idx_inspections_completed_by ON inspections(completed_by_user_id);

CREATE TYPE inspection_status AS ENUM ('good', 'attention', 'urgent');

CREATE TABLE inspection_points (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  inspection_id UUID NOT NULL,

  category VARCHAR(50) NOT NULL,
  item VARCHAR(100) NOT NULL,
  sort_order INTEGER DEFAULT 0,

  status inspection_status NOT NULL DEFAULT 'good',
  notes TEXT,
  measurement VARCHAR(50),

  recommend_service BOOLEAN DEFAULT false,
  recommended_action TEXT,

  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  -- NULL: nobody has looked yet, whatever the default status says.
  assessed_at TIMESTAMPTZ,

  CONSTRAINT inspection_points_shop_id_id_key UNIQUE (shop_id, id)
);
CREATE INDEX idx_inspection_points_status ON inspection_points(inspection_id, status);
CREATE INDEX idx_inspection_points_category ON inspection_points(inspection_id, category);

CREATE TYPE photo_context AS ENUM ('inspection_point', 'repair_order', 'vehicle');

CREATE TABLE photos (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  context photo_context NOT NULL,

  inspection_point_id UUID,
  repair_order_id UUID,
  vehicle_id UUID,

  url TEXT NOT NULL,
  thumbnail_url TEXT,
  filename VARCHAR(255),
  file_size INTEGER,
  mime_type VARCHAR(50),

  width INTEGER,
  height INTEGER,

  annotations JSONB DEFAULT '{}',

  ai_analysis JSONB,

  uploaded_by_user_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT photo_has_one_parent CHECK (
    (inspection_point_id IS NOT NULL)::integer +
    (repair_order_id IS NOT NULL)::integer +
    (vehicle_id IS NOT NULL)::integer = 1
  ),
  CONSTRAINT photo_context_matches_parent CHECK (
    (context = 'inspection_point') = (inspection_point_id IS NOT NULL)
    AND (context = 'repair_order') = (repair_order_id IS NOT NULL)
    AND (context = 'vehicle') = (vehicle_id IS NOT NULL)
  )
);
CREATE INDEX idx_photos_inspection_point ON photos(inspection_point_id);
CREATE INDEX idx_photos_ro ON photos(repair_order_id);
CREATE INDEX idx_photos_vehicle ON photos(vehicle_id);
CREATE INDEX idx_photos_context ON photos(shop_id, context);
`

// Uniqueness and overlap are judged before foreign keys: with the shop in them they tell nothing about another shop's rows.
const schedule = String.raw`
CREATE TYPE bay_type AS ENUM ('lift', 'alignment', 'tire', 'general');
CREATE TYPE bay_status AS ENUM ('available', 'occupied', 'maintenance', 'offline');

CREATE TABLE bays (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  name VARCHAR(50) NOT NULL,
  type bay_type NOT NULL DEFAULT 'general',
  status bay_status NOT NULL DEFAULT 'available',

  current_ro_id UUID,

  equipment_tags TEXT[],

  sort_order INTEGER DEFAULT 0,
  is_active BOOLEAN DEFAULT true,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

  UNIQUE (shop_id, name),
  CONSTRAINT bays_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT bay_occupancy_matches_status CHECK ((status = 'occupied') = (current_ro_id IS NOT NULL))
);
CREATE INDEX idx_bays_status ON bays(shop_id, status) WHERE is_active = true;
CREATE UNIQUE INDEX bays_one_bay_per_ro ON bays(current_ro_id, shop_id) WHERE current_ro_id IS NOT NULL;

CREATE TYPE appointment_status AS ENUM ('scheduled', 'checked_in', 'in_progress', 'completed', 'no_show', 'cancelled');

CREATE TABLE appointments (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  customer_id UUID NOT NULL,
  vehicle_id UUID NOT NULL,
  repair_order_id UUID,

  bay_id UUID,
  assigned_technician_id UUID,

  scheduled_start TIMESTAMPTZ NOT NULL,
  scheduled_end TIMESTAMPTZ NOT NULL,
  actual_start TIMESTAMPTZ,
  actual_end TIMESTAMPTZ,

  status appointment_status NOT NULL DEFAULT 'scheduled',

  services_requested TEXT[],
  customer_notes TEXT,

  reminder_sent_at TIMESTAMPTZ,

  created_by_user_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at TIMESTAMPTZ,

  CONSTRAINT appointments_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT end_after_start CHECK (scheduled_end > scheduled_start),
  CONSTRAINT appointments_no_bay_overlap
    EXCLUDE USING gist (shop_id WITH =, bay_id WITH =, tstzrange(scheduled_start, scheduled_end, '[)') WITH &&)
    WHERE (bay_id IS NOT NULL AND deleted_at IS NULL AND status IN ('scheduled', 'checked_in', 'in_progress')),
  CONSTRAINT appointments_no_technician_overlap
    EXCLUDE USING gist (shop_id WITH =, assigned_technician_id WITH =, tstzrange(scheduled_start, scheduled_end, '[)') WITH &&)
    WHERE (assigned_technician_id IS NOT NULL AND deleted_at IS NULL AND status IN ('scheduled', 'checked_in', 'in_progress'))
);
CREATE INDEX idx_appointments_customer_id ON appointments(customer_id);
CREATE INDEX idx_appointments_vehicle_id ON appointments(vehicle_id);
CREATE INDEX idx_appointments_schedule ON appointments(shop_id, scheduled_start) WHERE deleted_at IS NULL;
CREATE INDEX idx_appointments_bay ON appointments(bay_id, scheduled_start);
CREATE INDEX idx_appointments_tech ON appointments(assigned_technician_id, scheduled_start);
CREATE INDEX idx_appointments_status ON appointments(shop_id, status) WHERE deleted_at IS NULL;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [inspections, schedule]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TABLE appointments;
    DROP TYPE appointment_status;
    DROP TABLE bays;
    DROP TYPE bay_status;
    DROP TYPE bay_type;
    DROP TABLE photos;
    DROP TYPE photo_context;
    DROP TABLE inspection_points;
    DROP TYPE inspection_status;
    DROP TABLE inspections;
  `)
}
