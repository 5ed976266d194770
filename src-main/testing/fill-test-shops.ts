import { Client } from 'pg'
import type { ConnectionSettings } from '../database/connection-settings'

interface TestShop {
  readonly shopId: string
  readonly ownerUserId: string
  readonly slug: string
}

export const shopA: TestShop = {
  shopId: '01900000-0000-7000-8000-00000000000a',
  ownerUserId: '01900000-0000-7000-8000-0000000000a1',
  slug: 'test-a',
}
export const shopB: TestShop = {
  shopId: '01900000-0000-7000-8000-00000000000b',
  ownerUserId: '01900000-0000-7000-8000-0000000000b1',
  slug: 'test-b',
}

/** Two shops with one owner each, in plain SQL: a test of the application must not depend on the application to be set up. */
export async function fillTestShops(owner: ConnectionSettings): Promise<void> {
  const client = new Client(owner)
  await client.connect()
  try {
    for (const { shopId, ownerUserId, slug } of [shopA, shopB]) {
      await client.query(
        `INSERT INTO shops (id, name, slug, address, state, tax_rate, labor_rate, timezone, settings)
         VALUES ($1, $2, $3, '1 Test Street', 'CA', 0.0825, 120.00, 'America/Los_Angeles', '{"registrationNumber": "ARD00000"}')`,
        [shopId, `Shop ${slug}`, slug],
      )
      await client.query(
        `INSERT INTO users (id, shop_id, email, password_hash, first_name, last_name, role)
         VALUES ($1, $2, 'owner@test.invalid', 'none', 'Olga', 'Owner', 'owner')`,
        [ownerUserId, shopId],
      )
    }
  } finally {
    await client.end()
  }
}
