import type { Knex } from 'knex'

export const breaking = false

// Work that was declined comes back at a later visit: the copy names what it was copied from. Somebody who does not want to hear of it again
// is not asked again; taking that back is the same field emptied.
const work = String.raw`
ALTER TABLE ro_jobs
  ADD COLUMN revived_from UUID,
  ADD COLUMN offer_stopped_at TIMESTAMPTZ,
  ADD CONSTRAINT ro_jobs_shop_id_id_key UNIQUE (shop_id, id),
  ADD CONSTRAINT ro_jobs_not_revived_from_itself CHECK (revived_from <> id);
ALTER TABLE ro_jobs ADD CONSTRAINT ro_jobs_revived_from_fkey
  FOREIGN KEY (shop_id, revived_from) REFERENCES ro_jobs (shop_id, id) ON DELETE SET NULL (revived_from);
ALTER TABLE line_items
  ADD COLUMN revived_from UUID,
  ADD COLUMN offer_stopped_at TIMESTAMPTZ,
  ADD CONSTRAINT line_items_not_revived_from_itself CHECK (revived_from <> id);
ALTER TABLE line_items ADD CONSTRAINT line_items_revived_from_fkey
  FOREIGN KEY (shop_id, revived_from) REFERENCES line_items (shop_id, id) ON DELETE SET NULL (revived_from);
CREATE INDEX idx_ro_jobs_revived_from ON ro_jobs (revived_from) WHERE revived_from IS NOT NULL;
CREATE INDEX idx_line_items_revived_from ON line_items (revived_from) WHERE revived_from IS NOT NULL;
`

// answers: {jobs: [{name, totalCents, answer}], added: [{description, totalCents}]}: what was said to each job, and what the yes added to the
// estimate before it. heard_hash: the estimate that was read aloud, where a no to some of its jobs made another one of it.
const answers = String.raw`
ALTER TABLE authorizations
  ADD COLUMN answers JSONB,
  ADD COLUMN heard_hash TEXT,
  ADD COLUMN old_parts_wanted BOOLEAN;
`

// Who has an order open right now. It is worth nothing after a crash and is written every few seconds: no write-ahead log.
const viewers = String.raw`
CREATE UNLOGGED TABLE order_viewers (
  shop_id UUID NOT NULL,
  repair_order_id UUID NOT NULL,
  view_id UUID NOT NULL,
  user_id UUID NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (shop_id, repair_order_id, view_id),
  FOREIGN KEY (shop_id, repair_order_id) REFERENCES repair_orders (shop_id, id) ON DELETE CASCADE,
  FOREIGN KEY (shop_id, user_id) REFERENCES users (shop_id, id) ON DELETE CASCADE
);
ALTER TABLE order_viewers ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_viewers FORCE ROW LEVEL SECURITY;
CREATE POLICY shop_isolation_policy ON order_viewers USING (shop_id = NULLIF(current_setting('app.current_shop_id', true), '')::uuid);
DO $do$
BEGIN
  IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('CREATE POLICY owner_policy ON order_viewers TO %I USING (true)', current_user);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
    GRANT SELECT, INSERT, UPDATE, DELETE ON order_viewers TO counterbay_app;
  END IF;
END $do$;
`

export async function up(knex: Knex): Promise<void> {
  for (const part of [work, answers, viewers]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TABLE order_viewers;
    ALTER TABLE authorizations DROP COLUMN old_parts_wanted, DROP COLUMN heard_hash, DROP COLUMN answers;
    ALTER TABLE line_items DROP COLUMN offer_stopped_at, DROP COLUMN revived_from;
    ALTER TABLE ro_jobs DROP COLUMN offer_stopped_at, DROP COLUMN revived_from;
    ALTER TABLE ro_jobs DROP CONSTRAINT ro_jobs_shop_id_id_key;
  `)
}
