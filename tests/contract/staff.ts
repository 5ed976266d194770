import { uuid7 } from '../../src-main/base/uuid7'
import { hashPassword } from '../../src-main/features/people/hash-password'
import type { TestDatabase } from '../../src-main/testing/test-database'
import { Role } from '../../src-preload/contract/permissions'
import { withOwner } from '../e2e/support/owner-sql'

export const PASSWORD = 'a long test password'

export const emailOf = (role: Role): string => `${role}@staff.invalid`

/** One person of each role in shop A, all with the same password. */
export async function addStaff(database: TestDatabase): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  await withOwner(database.ownerConnection, async (client) => {
    for (const role of Role.options) {
      await client.query(
        `INSERT INTO users (id, shop_id, email, password_hash, first_name, last_name, role) VALUES ($1, $2, $3, $4, 'Terry', 'Tester', $5)`,
        [uuid7(), database.shopId, emailOf(role), passwordHash, role],
      )
    }
  })
}
