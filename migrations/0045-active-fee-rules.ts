import type { Knex } from 'knex'

export const breaking = false

const activeRules = (shop: string) => `(
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'kind', f.kind, 'printedName', f.printed_name, 'base', f.base,
             'percentMillionths', millionths(f.percent), 'amountCents', cents(f.amount), 'capCents', cents(f.cap), 'taxable', f.taxable)
             ORDER BY f.name), '[]')
    FROM fee_rules f WHERE f.shop_id = ${shop} AND f.is_active)`

const fillWith = (rules: string) => String.raw`
CREATE OR REPLACE FUNCTION fill_fee_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.fee_rules := ${rules};
  RETURN NEW;
END $$;
`

// One place says what an order keeps of the fee rules, so that whoever makes an order can reckon its fees beforehand and put them in with its lines.
const known = String.raw`
CREATE FUNCTION active_fee_rules(p_shop uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ${activeRules('p_shop')};
END $$;
`

export async function up(knex: Knex): Promise<void> {
  await knex.raw(known + fillWith('active_fee_rules(NEW.shop_id)'))
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(fillWith(activeRules('NEW.shop_id')))
  await knex.raw('DROP FUNCTION active_fee_rules(uuid)')
}
