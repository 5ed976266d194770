import type { Knex } from 'knex'

export const breaking = false

// What a check brought to the account goes with it, as far as it is still there: what was kept of it, and what of it was given back to the
// account instead of in money.
const effects = (brought: string) => String.raw`
CREATE OR REPLACE FUNCTION after_check_return() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_customer uuid; v_brought numeric; v_amount numeric;
BEGIN
  PERFORM recalc_invoice(ARRAY[NEW.invoice_id]);
  INSERT INTO audit_events (shop_id, actor_user_id, approver_user_id, action, entity_type, entity_id, details)
  VALUES (NEW.shop_id, coalesce(current_actor(), NEW.recorded_by_user_id), NEW.approved_by_user_id,
          CASE WHEN NEW.undoes_id IS NULL THEN 'check.returned' ELSE 'check.return_undone' END, 'check_return', NEW.id,
          jsonb_build_object('payment_id', NEW.payment_id, 'invoice_id', NEW.invoice_id, 'undoes_id', NEW.undoes_id, 'amount', NEW.amount,
                             'face', NEW.face, 'returned_on', NEW.returned_on, 'reason', NEW.reason));
  SELECT ${brought} INTO v_brought FROM payments p WHERE p.id = NEW.payment_id;
  IF v_brought = 0 THEN RETURN NULL; END IF;
  v_customer := hold_customer_of(NEW.shop_id, NEW.invoice_id);
  SELECT CASE WHEN NEW.undoes_id IS NULL
              THEN -least(v_brought, (SELECT sum(amount) FROM customer_credits WHERE shop_id = NEW.shop_id AND customer_id = v_customer))
              ELSE -(SELECT amount FROM customer_credits WHERE shop_id = NEW.shop_id AND check_return_id = NEW.undoes_id) END
  INTO v_amount;
  IF coalesce(v_amount, 0) = 0 THEN RETURN NULL; END IF;
  INSERT INTO customer_credits (shop_id, customer_id, amount, kind, payment_id, check_return_id, reason, business_date, recorded_by_user_id, approved_by_user_id)
  VALUES (NEW.shop_id, v_customer, v_amount, CASE WHEN NEW.undoes_id IS NULL THEN 'check_returned' ELSE 'check_restored' END, NEW.payment_id, NEW.id,
          NEW.reason, NEW.business_date, NEW.recorded_by_user_id, NEW.approved_by_user_id);
  RETURN NULL;
END $$;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    effects('p.kept_as_credit + (SELECT coalesce(sum(r.amount), 0) FROM payment_refunds r WHERE r.payment_id = p.id AND r.to_credit)'),
  )
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(effects('p.kept_as_credit'))
}
