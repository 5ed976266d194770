import type { Knex } from 'knex'

export const breaking = false

// Nobody finds the account of somebody who was removed: nothing is put there. Takes the customer's lock before the sum is asked for, as a
// removal does.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    CREATE FUNCTION guard_credit_of_removed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM customers WHERE shop_id = NEW.shop_id AND id = NEW.customer_id AND deleted_at IS NULL FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the customer is removed' USING ERRCODE = '23514', CONSTRAINT = 'customer_credit_removed';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER guard_credit_of_removed BEFORE INSERT ON customer_credits
      FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION guard_credit_of_removed();
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION guard_credit_of_removed() CASCADE')
}
