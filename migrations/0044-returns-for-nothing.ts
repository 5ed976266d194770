import type { Knex } from 'knex'

export const breaking = false

const totals = (atLeast: string) => String.raw`
ALTER TABLE credit_notes
  DROP CONSTRAINT credit_note_totals_consistent,
  ADD CONSTRAINT credit_note_totals_consistent
    CHECK (total = subtotal - discount + tax AND ${atLeast} AND tax BETWEEN 0 AND total AND discount >= 0);
`

// A part that was billed with nothing comes back by a credit note over nothing. With one an invoice stays as well: its order, once it is open
// again, would give the part back to the shelf a second time.
const guard = String.raw`
CREATE FUNCTION guard_void_of_returned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM credit_notes WHERE shop_id = NEW.shop_id AND invoice_id = NEW.id) THEN
    RAISE EXCEPTION 'an invoice with credit notes is credited to its end, not voided' USING ERRCODE = '23514', CONSTRAINT = 'invoice_void_credited';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_void_of_returned BEFORE UPDATE OF status ON invoices
  FOR EACH ROW WHEN (NEW.status = 'void' AND OLD.status <> 'void') EXECUTE FUNCTION guard_void_of_returned();
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(totals(`(total > 0 OR (total = 0 AND kind = 'return'))`) + guard)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION guard_void_of_returned() CASCADE')
  await knex.raw(totals('total > 0'))
}
