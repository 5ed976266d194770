import type { Knex } from 'knex'

export const breaking = false

// A printer belongs to the shop, for two counters may share one; which paper comes out where is chosen at each station. A station is an
// installation of the program: the id is kept in its data folder. A printer that is taken away stays for what it has printed.
const printers = String.raw`
CREATE TABLE printers (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT printers_kind_known CHECK (kind IN ('escpos', 'system')),
  host TEXT NOT NULL DEFAULT '',
  port INTEGER NOT NULL DEFAULT 9100 CONSTRAINT printers_port_raw CHECK (port BETWEEN 9100 AND 9103),
  system_name TEXT NOT NULL DEFAULT '',
  paper_mm INTEGER NOT NULL DEFAULT 80 CONSTRAINT printers_paper_known CHECK (paper_mm IN (58, 80)),
  drawer_pin INTEGER CONSTRAINT printers_drawer_pin_known CHECK (drawer_pin IN (2, 5)),
  removed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT printers_shop_id_id_key UNIQUE (shop_id, id),
  CONSTRAINT printers_reachable CHECK (CASE kind WHEN 'escpos' THEN host <> '' ELSE system_name <> '' AND drawer_pin IS NULL END)
);
CREATE UNIQUE INDEX printers_name_key ON printers (shop_id, lower(name)) WHERE removed_at IS NULL;

CREATE TABLE station_papers (
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  station_id UUID NOT NULL,
  document TEXT NOT NULL CONSTRAINT station_papers_document_known CHECK (document IN ('receipt', 'invoice', 'estimate', 'work_order')),
  printer_id UUID,
  by_itself BOOLEAN NOT NULL DEFAULT true,
  PRIMARY KEY (shop_id, station_id, document),
  CONSTRAINT station_papers_printer_fkey FOREIGN KEY (shop_id, printer_id) REFERENCES printers (shop_id, id)
);
CREATE INDEX idx_station_papers_printer ON station_papers (shop_id, printer_id);
`

// One pulse and one original for a payment, whichever counters ask for it: what is printed again is a copy and says so.
const jobs = String.raw`
CREATE TABLE print_jobs (
  id UUID PRIMARY KEY DEFAULT uuid7(),
  shop_id UUID NOT NULL REFERENCES shops(id) ON DELETE CASCADE,
  station_id UUID NOT NULL,
  printer_id UUID NOT NULL,
  kind TEXT NOT NULL CONSTRAINT print_jobs_kind_known CHECK (kind IN ('receipt', 'drawer')),
  payment_id UUID NOT NULL,
  is_copy BOOLEAN NOT NULL DEFAULT false,
  state TEXT NOT NULL DEFAULT 'queued' CONSTRAINT print_jobs_state_known CHECK (state IN ('queued', 'printing', 'printed', 'failed', 'unsure')),
  problem TEXT NOT NULL DEFAULT '',
  created_by_user_id UUID NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT print_jobs_printer_fkey FOREIGN KEY (shop_id, printer_id) REFERENCES printers (shop_id, id),
  CONSTRAINT print_jobs_user_fkey FOREIGN KEY (shop_id, created_by_user_id) REFERENCES users (shop_id, id),
  CONSTRAINT print_jobs_pulse_once CHECK (kind = 'receipt' OR NOT is_copy)
);
CREATE UNIQUE INDEX print_jobs_first_key ON print_jobs (shop_id, payment_id, kind) WHERE NOT is_copy;
CREATE INDEX idx_print_jobs_station ON print_jobs (shop_id, station_id, created_at DESC);
CREATE INDEX idx_print_jobs_payment ON print_jobs (shop_id, payment_id, created_at);
CREATE INDEX idx_print_jobs_printer ON print_jobs (shop_id, printer_id);

-- The payment is one of the shop: payments are never deleted, and a key for a reference would be one more index to write with each of them.
-- A drawer is for money that was handed over, so the database itself lets no other payment open one.
CREATE FUNCTION guard_print_job() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_method payment_method := (SELECT p.method FROM payments p WHERE p.shop_id = NEW.shop_id AND p.id = NEW.payment_id);
BEGIN
  IF v_method IS NULL THEN
    RAISE EXCEPTION 'there is no such payment' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'print_jobs_payment';
  END IF;
  IF NEW.kind = 'drawer' AND v_method <> 'cash' THEN
    RAISE EXCEPTION 'the drawer opens for cash only' USING ERRCODE = 'check_violation', CONSTRAINT = 'print_jobs_drawer_for_cash';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_print_job BEFORE INSERT OR UPDATE OF shop_id, kind, payment_id ON print_jobs FOR EACH ROW EXECUTE FUNCTION guard_print_job();
`

// Whether the customer wants the replaced parts back, asked when the work is agreed (California, 16 CCR 3355).
const oldParts = String.raw`
ALTER TABLE repair_orders ADD COLUMN old_parts_wanted BOOLEAN NOT NULL DEFAULT false;
`

function securityOf(table: string): string {
  return String.raw`
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY shop_isolation_policy ON ${table} USING (shop_id = NULLIF(current_setting('app.current_shop_id', true), '')::uuid);
    DO $do$
    BEGIN
      IF NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('CREATE POLICY owner_policy ON ${table} TO %I USING (true)', current_user);
      END IF;
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'counterbay_app') THEN
        GRANT SELECT, INSERT, UPDATE ON ${table} TO counterbay_app;
      END IF;
    END $do$;
  `
}

export async function up(knex: Knex): Promise<void> {
  const security = ['printers', 'station_papers', 'print_jobs'].map(securityOf)
  for (const part of [printers, jobs, oldParts, ...security]) await knex.raw(part)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP TABLE print_jobs;
    DROP FUNCTION guard_print_job();
    DROP TABLE station_papers;
    DROP TABLE printers;
    ALTER TABLE repair_orders DROP COLUMN old_parts_wanted;
  `)
}
