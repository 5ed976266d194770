import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DocumentSnapshot } from '../../../src-preload/contract/invoices'
import { invariant } from '../../base/invariant'
import { uuid7 } from '../../base/uuid7'
import { migrationSource } from '../../database/migration-source'
import { one, reading, sql } from '../../database/transaction'
import { verifyDatabase } from '../../database/verify'
import type { Ctx } from '../../ipc/context'
import { renderDocument } from '../../pdf/render-document'
import { sampleSnapshot } from '../../pdf/sample-snapshot'
import { buildNoise } from '../../testing/build-png'
import { approved, completed, count, line, yes } from '../../testing/order-test-kit'
import { testContext } from '../../testing/test-context'
import { type TestDatabase, testDatabase } from '../../testing/test-database'
import { authorize } from '../orders/authorize'
import { readProfile } from '../shop/read-profile'
import { setLogo } from '../shop/set-logo'
import { estimatePdf } from './estimate-pdf'
import { invoicePdf } from './invoice-pdf'
import { issueInvoice } from './issue-invoice'

let t: TestDatabase
let owner: Ctx
beforeEach(async () => {
  t = await testDatabase()
  owner = await testContext(t, 'owner')
})
afterEach(() => t.close())

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const dataUrl = (png: Buffer) => `data:image/png;base64,${png.toString('base64')}`
const all = <Row extends object>(text: string, values: unknown[] = []) => reading(t.owner).query<Row>(sql('', text), values)

/** What a counter does after the shop's row has changed. */
async function useLogo(png: Buffer | null): Promise<void> {
  await setLogo(owner, { image: png && { mimeType: 'image/png', base64: png.toString('base64') } })
  owner = { ...owner, shop: await readProfile(t.db, t.shopId) }
}

const issue = async () =>
  issueInvoice(owner, { invoiceId: uuid7(), orderId: (await completed(t, owner, [line()])).id, completeWork: false })

describe('a document with a logo', () => {
  test('refers to the picture, which is stored once, and prints the same whatever the shop shows later', async () => {
    const [first, second] = [buildNoise(40, 20), buildNoise(20, 20)]
    await useLogo(first)
    const bill = await issue()
    const order = await approved(t, owner, [line()])
    const papers = async () => [
      await invoicePdf(owner, { invoiceId: bill.id }),
      await estimatePdf(owner, { orderId: order.id }),
      await estimatePdf(owner, { orderId: order.id, version: 1 }),
    ]
    const before = await papers()
    const [kept] = await all<{ sha: string; url: string | null }>(
      `SELECT snapshot #>> '{shop,logoSha256}' AS sha, snapshot #>> '{shop,logoUrl}' AS url FROM invoices WHERE id = $1`,
      [bill.id],
    )
    expect(kept).toEqual({ sha: sha256(first), url: null })
    await useLogo(second)
    expect(await papers()).toEqual(before)
    await useLogo(null)
    await useLogo(first)
    expect(await papers()).toEqual(before)
    expect(await count(t, 'pictures WHERE shop_id = $1', [t.shopId])).toBe(2)
    // 40 by 20 pixels in the image the page draws
    expect(Buffer.from(before[0]?.base64 ?? '', 'base64').toString('latin1')).toMatch(/\/Width 40\s*\/Height 20/)
  })

  test('is the same to the byte as one that has the picture inside', async () => {
    const png = buildNoise(30, 30)
    await useLogo(png)
    const bill = await issue()
    const { snapshot } = one(await all<{ snapshot: { shop: object } }>('SELECT snapshot FROM invoices WHERE id = $1', [bill.id]), 'invoice')
    const inside = DocumentSnapshot.parse({ ...snapshot, shop: { ...snapshot.shop, logoUrl: dataUrl(png) } })
    expect((await invoicePdf(owner, { invoiceId: bill.id })).sha256).toBe(
      sha256(await renderDocument(inside, { void: false, practice: false })),
    )
  })
})

test('what was issued and frozen before pictures were stored by themselves prints the same to the byte afterwards', async () => {
  await useLogo(null)
  const png = buildNoise(50, 25)
  const bill = await issue()
  const order = await approved(t, owner, [line()])
  await authorize(owner, yes(order))
  const { shop } = sampleSnapshot()
  const billed = sampleSnapshot({ shop: { ...shop, logoUrl: dataUrl(png) } })
  const agreed = sampleSnapshot({ kind: 'estimate', number: `${order.number}-1`, shop: { ...shop, logoUrl: null } })

  const migration = await migrationSource()
    .find(({ name }) => name === '0016-pictures')
    ?.load()
  invariant(migration, 'it is there')
  await t.owner.knex.transaction(async (trx) => {
    await migration.down(trx)
    await trx.raw('ALTER TABLE invoices DISABLE TRIGGER USER; ALTER TABLE estimate_versions DISABLE TRIGGER USER')
    await trx.raw('UPDATE shops SET logo_url = ? WHERE id = ?', [dataUrl(png), t.shopId])
    await trx.raw(
      `UPDATE invoices SET snapshot = i.s, snapshot_hash = encode(sha256(convert_to(i.s::text, 'UTF8')), 'hex')
      FROM (SELECT ?::jsonb AS s) i WHERE id = ?`,
      [JSON.stringify(billed), bill.id],
    )
    await trx.raw('UPDATE estimate_versions SET snapshot = ? WHERE repair_order_id = ?', [JSON.stringify(agreed), order.id])
    await trx.raw('ALTER TABLE invoices ENABLE TRIGGER USER; ALTER TABLE estimate_versions ENABLE TRIGGER USER')
    await migration.up(trx)
  })
  owner = { ...owner, shop: await readProfile(t.db, t.shopId) }

  expect(owner.shop.logoSha256).toBe(sha256(png))
  expect((await invoicePdf(owner, { invoiceId: bill.id })).sha256).toBe(
    sha256(await renderDocument(billed, { void: false, practice: false })),
  )
  // Until then a frozen estimate held no logo and was printed with the shop's own.
  const printed = sha256(await renderDocument({ ...agreed, shop: { ...shop, logoUrl: dataUrl(png) } }, { void: false, practice: false }))
  expect((await estimatePdf(owner, { orderId: order.id, version: 1 })).sha256).toBe(printed)
  await useLogo(null)
  expect((await estimatePdf(owner, { orderId: order.id, version: 1 })).sha256).toBe(printed)
  const broken = await verifyDatabase(reading(t.owner))
  // The planted papers are a sample's, which says other amounts than the order.
  expect(broken.filter(({ id }) => id !== 'INV-16')).toEqual([])
})
