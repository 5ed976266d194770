import type { Knex } from 'knex'

export const breaking = false

// What a paper says of a part or of labor beside its price: {oldPart, coreChargeCents, specialOrder, warrantyMonths, warrantyMiles}; NULL =
// nothing. Like price_source it is read with its line and never searched.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    ALTER TABLE line_items ADD COLUMN terms JSONB
      CONSTRAINT line_items_terms_shape CHECK (terms IS NULL OR (jsonb_typeof(terms) = 'object' AND type IN ('part', 'labor')))
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE line_items DROP COLUMN terms')
}
