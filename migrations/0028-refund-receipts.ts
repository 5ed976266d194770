import type { Knex } from 'knex'

export const breaking = false

// A refund has a receipt and, in cash, a pulse of its own: one of each, like a payment. A job names the payment that the money came from,
// and the refund where it is about that.
const refunds = String.raw`
ALTER TABLE print_jobs ADD COLUMN refund_id UUID;
DROP INDEX print_jobs_first_key;
CREATE UNIQUE INDEX print_jobs_first_key ON print_jobs (shop_id, payment_id, refund_id, kind) NULLS NOT DISTINCT WHERE NOT is_copy;

CREATE FUNCTION guard_refund_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM payment_refunds r WHERE r.shop_id = NEW.shop_id AND r.id = NEW.refund_id AND r.payment_id = NEW.payment_id) THEN
    RAISE EXCEPTION 'there is no such refund of this payment' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'print_jobs_refund';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_refund_job BEFORE INSERT OR UPDATE OF shop_id, payment_id, refund_id ON print_jobs
  FOR EACH ROW WHEN (NEW.refund_id IS NOT NULL) EXECUTE FUNCTION guard_refund_job();
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(refunds)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    DROP FUNCTION guard_refund_job() CASCADE;
    DELETE FROM print_jobs WHERE refund_id IS NOT NULL;
    DROP INDEX print_jobs_first_key;
    ALTER TABLE print_jobs DROP COLUMN refund_id;
    CREATE UNIQUE INDEX print_jobs_first_key ON print_jobs (shop_id, payment_id, kind) WHERE NOT is_copy;
  `)
}
