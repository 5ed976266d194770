import type { Knex } from 'knex'

export const breaking = false

const messages = String.raw`
CREATE TYPE notification_type AS ENUM ('sms', 'email', 'push');
CREATE TYPE notification_event AS ENUM (
  'appointment_reminder',
  'estimate_ready',
  'vehicle_ready',
  'invoice_sent',
  'payment_received',
  'general_message'
);
CREATE TYPE notification_status AS ENUM ('pending', 'sent', 'delivered', 'failed', 'bounced');

CREATE TABLE notifications (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  customer_id UUID,
  recipient_phone VARCHAR(20),
  recipient_email VARCHAR(255),

  type notification_type NOT NULL,
  event notification_event NOT NULL,
  status notification_status NOT NULL DEFAULT 'pending',

  subject VARCHAR(255),
  message TEXT NOT NULL,

  repair_order_id UUID,
  appointment_id UUID,
  invoice_id UUID,

  sent_at TIMESTAMPTZ,
  delivered_at TIMESTAMPTZ,
  error_message TEXT,

  external_id VARCHAR(255),

  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_notifications_customer_id ON notifications(customer_id);
CREATE INDEX idx_notifications_status ON notifications(shop_id, status, created_at DESC);
CREATE INDEX idx_notifications_type ON notifications(shop_id, type);
CREATE INDEX idx_notifications_event ON notifications(shop_id, event);
CREATE INDEX idx_notifications_ro ON notifications(repair_order_id);
`

const predictions = String.raw`
CREATE TYPE prediction_type AS ENUM (
  'estimate_generation',
  'complaint_analysis',
  'service_recommendation',
  'predictive_maintenance',
  'part_lookup',
  'photo_diagnosis'
);

CREATE TABLE ai_predictions (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,

  prediction_type prediction_type NOT NULL,

  entity_type VARCHAR(50),
  entity_id UUID,

  input_data JSONB NOT NULL,

  prediction JSONB NOT NULL,
  confidence DECIMAL(5,4) CONSTRAINT ai_confidence_range CHECK (confidence BETWEEN 0 AND 1),

  model_name VARCHAR(100),
  model_version VARCHAR(50),

  was_accepted BOOLEAN,
  user_feedback TEXT,
  actual_outcome JSONB,

  inference_time_ms INTEGER,

  created_by_user_id UUID,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_ai_predictions_type ON ai_predictions(shop_id, prediction_type);
CREATE INDEX idx_ai_predictions_entity ON ai_predictions(entity_type, entity_id);
CREATE INDEX idx_ai_predictions_created_at ON ai_predictions(shop_id, created_at DESC);
CREATE INDEX idx_ai_predictions_feedback ON ai_predictions(shop_id, was_accepted) WHERE was_accepted IS NOT NULL;
`

// The actor has no foreign key on purpose: the trail outlives the person's row.
const audit = String.raw`
CREATE TABLE audit_events (
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  seq BIGINT GENERATED ALWAYS AS IDENTITY,
  at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  actor_user_id UUID DEFAULT current_actor(),
  approver_user_id UUID,
  action VARCHAR(60) NOT NULL CONSTRAINT audit_events_action_present CHECK (present(action)),
  entity_type VARCHAR(40),
  entity_id UUID,
  details JSONB NOT NULL DEFAULT '{}',
  PRIMARY KEY (shop_id, seq)
);
CREATE INDEX idx_audit_events_entity ON audit_events(entity_id, seq) WHERE entity_id IS NOT NULL;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [messages, predictions, audit]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TABLE audit_events;
    DROP TABLE ai_predictions;
    DROP TYPE prediction_type;
    DROP TABLE notifications;
    DROP TYPE notification_status;
    DROP TYPE notification_event;
    DROP TYPE notification_type;
  `)
}
