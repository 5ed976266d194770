import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { migrate } from '../src-main/database/migrate'
import { migrationSource } from '../src-main/database/migration-source'
import { readCatalogue } from '../src-main/testing/compare-schema'
import { openProbe, type ShopProbe } from '../src-main/testing/shop-probe'
import { testDatabase, type TestDatabase } from '../src-main/testing/test-database'

let t: TestDatabase
let owner: ShopProbe

beforeAll(async () => {
  t = await testDatabase({ empty: true })
  owner = await openProbe(t.ownerConnection)
})
afterAll(async () => {
  await owner.close()
  await t.close()
})

describe('migrations', () => {
  it('can be taken back to nothing and made again, with the same result', async () => {
    const migrations = await Promise.all(migrationSource().map(async ({ name, load }) => ({ name, ...(await load()) })))
    const before = new Map(await readCatalogue(owner))
    expect(before.size).toBeGreaterThan(1000)
    for (const { down } of migrations.toReversed()) await t.owner.knex.transaction((transaction) => down(transaction))
    const left = [...(await readCatalogue(owner)).keys()].filter((id) => !id.includes('schema_migrations'))
    expect(left).toEqual([])
    for (const { up } of migrations) await t.owner.knex.transaction((transaction) => up(transaction))
    expect(await readCatalogue(owner)).toEqual(before)
  })

  it('work for an owner who is neither superuser nor free of row-level security', async () => {
    const root = await openProbe(t.superuserConnection)
    const name = `plain_${randomBytes(4).toString('hex')}`
    const server = inject('testServer')
    await root.all(`CREATE ROLE ${name} LOGIN PASSWORD 'plain'`)
    await root.all(`GRANT counterbay_app TO ${name}`)
    await root.all(`CREATE DATABASE ${name} OWNER ${name}`)
    const connection = { ...server.owner, database: name, user: name, password: 'plain' }
    await migrate(connection)
    const plain = await openProbe(connection)
    const { user_id: userId, shop_id: shopId } = await plain.one<{ user_id: string; shop_id: string }>(
      `SELECT * FROM create_shop('plain', 'Plain', '', '', 'CA', '', '', NULL, 'America/Denver', 0.05, 100, '{}', 'o@test.invalid', 'h', 'O', 'O')`,
    )
    expect(await plain.all('SELECT id FROM known_shops()')).toEqual([{ id: shopId }])
    expect(await plain.all('SELECT id FROM users')).toEqual([{ id: userId }])
    const stranger = await openProbe(connection, { settings: { role: 'counterbay_app' } })
    expect(await stranger.all('SELECT id FROM users')).toEqual([])
    const member = await openProbe(connection, { shopId, settings: { role: 'counterbay_app' } })
    expect(await member.all('SELECT id FROM users')).toEqual([{ id: userId }])
    await Promise.all([plain.close(), stranger.close(), member.close()])
    await root.all(`DROP DATABASE ${name}`)
    await root.all(`DROP ROLE ${name}`)
    await root.close()
  })
})
