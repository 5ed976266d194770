import type { Knex } from 'knex'

export const breaking = false

// What the customer agreed to pay for a line, at most: kept when the line is changed afterwards, so that "cheaper than agreed" is held
// against it and not against the last change. Older lines have none; while they are authorized, their total is it.
export async function up(knex: Knex): Promise<void> {
  await knex.raw(String.raw`
    ALTER TABLE line_items ADD COLUMN agreed_total DECIMAL(10,2) CONSTRAINT line_items_agreed_total_range CHECK (agreed_total >= 0);
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE line_items DROP COLUMN agreed_total')
}
