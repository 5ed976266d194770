import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareSchema, readCatalogue, readSeedSchema, type Difference } from '../testing/compare-schema'
import { openProbe, type ShopProbe } from '../testing/shop-probe'
import { testDatabase, type TestDatabase } from '../testing/test-database'
import { ANOTHER_BODY, deviations, leftOut } from './schema-deviations'

let t: TestDatabase
let owner: ShopProbe

beforeAll(async () => {
  t = await testDatabase()
  owner = await openProbe(t.ownerConnection)
})
afterAll(async () => {
  await owner.close()
  await t.close()
})

const compared = async (): Promise<readonly Difference[]> => {
  const differences = await compareSchema(owner, readSeedSchema())
  return differences.map((difference) =>
    difference.id.endsWith('.body') ? { ...difference, document: ANOTHER_BODY, live: ANOTHER_BODY } : difference,
  )
}
const byId = (a: { id: string }, b: { id: string }): number => a.id.localeCompare(b.id)

describe('the live schema', () => {
  it('differs from the document in what the list of deviations says, and in nothing else', async () => {
    const listed = deviations.map(({ id, document, stands }) => ({ id, document, live: stands }))
    expect((await compared()).toSorted(byId)).toEqual(listed.toSorted(byId))
    expect(new Set(deviations.map(({ id }) => id)).size).toBe(deviations.length)
  })

  it('covers every index that was left out with one that begins with the same columns', async () => {
    const catalogue = await readCatalogue(owner)
    for (const [index, document, coveredBy] of leftOut) {
      const columns = /\(([^)]*)\)/.exec(document)?.[1] ?? ''
      expect([index, catalogue.get(`index.${coveredBy}`)]).toEqual([
        index,
        expect.stringMatching(new RegExp(`\\(${columns}[,)]`)) as string,
      ])
    }
  })

  it.each([
    ['ALTER TABLE customers DROP COLUMN notes', 'column.customers.notes.type'],
    ['ALTER TABLE customers ALTER COLUMN notes SET NOT NULL', 'column.customers.notes.nullable'],
    ['ALTER TABLE bays ALTER COLUMN name TYPE varchar(60)', 'column.bays.name.type'],
    [`ALTER TABLE users ALTER COLUMN is_active SET DEFAULT false`, 'column.users.is_active.default'],
    [`ALTER TYPE bay_type ADD VALUE 'paint'`, 'enum.bay_type'],
    ['DROP INDEX idx_ro_dates', 'index.idx_ro_dates'],
    ['DROP INDEX idx_ro_dates; CREATE INDEX idx_ro_dates ON repair_orders(shop_id, check_in_date)', 'index.idx_ro_dates'],
    ['DROP INDEX idx_ro_status; CREATE INDEX idx_ro_status ON repair_orders(shop_id, status)', 'index.idx_ro_status'],
    ['CREATE INDEX idx_shops_slug ON shops(slug)', 'index.idx_shops_slug'],
    ['ALTER TABLE bays DROP CONSTRAINT bays_shop_id_name_key', 'unique.bays(shop_id,name)'],
    ['ALTER TABLE payments DROP CONSTRAINT positive_payment_amount', 'check.payments.positive_payment_amount'],
    [
      `ALTER TABLE invoices DROP CONSTRAINT invoices_repair_order_id_fkey, ADD CONSTRAINT invoices_repair_order_id_fkey
       FOREIGN KEY (shop_id, repair_order_id) REFERENCES repair_orders(shop_id, id) ON DELETE CASCADE`,
      'fk.invoices(repair_order_id).on_delete',
    ],
    ['ALTER TABLE customers DISABLE TRIGGER update_customers_updated_at', 'trigger.customers.update_customers_updated_at'],
    [
      `CREATE OR REPLACE FUNCTION update_updated_at_column() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
      'function.update_updated_at_column.body',
    ],
    ['DROP POLICY shop_isolation_policy ON repair_orders', 'policy.repair_orders.shop_isolation_policy'],
  ])('is told from one where somebody ran: %s', async (statement, id) => {
    const before = await compared()
    await owner.undone(async () => {
      await owner.all(statement)
      const after = await compared()
      const changed = [...after.filter((x) => !before.some((y) => same(x, y))), ...before.filter((x) => !after.some((y) => same(x, y)))]
      expect(changed.map((difference) => difference.id)).toContain(id)
    })
  })
})

const same = (a: Difference, b: Difference): boolean => a.id === b.id && a.live === b.live
