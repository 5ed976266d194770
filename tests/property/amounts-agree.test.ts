import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { reading } from '../../src-main/database/transaction'
import { verifyDatabase } from '../../src-main/database/verify'
import { type TestDatabase, testDatabase } from '../../src-main/testing/test-database'
import { Met } from './met'
import { type OpenShop, openShop } from './open-shop'
import { anyOrder } from './order-plan'
import { playOut, type Screens } from './play-out'
import { readMarkup } from './read-markup'
import { anyShop } from './shop-plan'

// A screen drawn without a browser shows of a store what it shows at its first drawing in one.
vi.mock('react', async (original) => {
  const react = await original<typeof import('react')>()
  return { ...react, useSyncExternalStore: (subscribe: never, read: () => unknown) => react.useSyncExternalStore(subscribe, read, read) }
})

// Shops and orders of a run come out of its seed and of nothing else: `npm run property -- ORDERS --seed SEED` plays them again.
const { COUNTERBAY_PROPERTY_ORDERS: orders, COUNTERBAY_PROPERTY_SEED: seed, COUNTERBAY_PROPERTY_COUNTS: countsFile } = process.env
const isPartOfLargeRun = orders !== undefined
const FIXED_SEED = 20_261
const runs = isPartOfLargeRun
  ? [{ seed: Number.parseInt(seed ?? '1', 10), numRuns: Number.parseInt(orders, 10) }]
  : [
      { seed: FIXED_SEED, numRuns: 30 },
      { seed: Math.floor(Math.random() * 2 ** 31), numRuns: 20 },
    ]
const SHOPS = isPartOfLargeRun ? 8 : 3
const MS_AN_ORDER = 10_000

/** What even a small run must have met. */
const WANTED = [
  'labor',
  'part',
  'fee',
  'part of the inventory',
  'canned job',
  'priced by matrix',
  'priced by labor_rate',
  'priced by fee',
  'exempt customer',
  'taxed customer',
  'quantity 0.01',
  'discount (percent, job)',
  'discount (amount, order)',
  'out the door',
  'declined job',
  'declined line',
  'second yes',
  'paid by cash',
  'paid in full',
  'credit of lines',
  'credit of an amount',
  'refund',
  'credit taken off what was due',
  'credited to the last cent',
  'void',
  'refund and void',
]

let t: TestDatabase
let screens: Screens
const met = new Met()
beforeAll(async () => {
  t = await testDatabase()
  Object.defineProperty(globalThis, 'window', { value: globalThis, configurable: true })
  const { drawInvoice, drawOrder } = await import('../../src-renderer/testing/draw-screens')
  screens = { order: (order) => readMarkup(drawOrder(order)), invoice: (invoice) => readMarkup(drawInvoice(invoice)) }
})
afterAll(async () => {
  if (countsFile !== undefined) writeFileSync(countsFile, JSON.stringify(met.counts))
  await t.close()
})

async function openShops(of: number, serial: number): Promise<OpenShop[]> {
  const opened: OpenShop[] = []
  for (const [at, plan] of fc.sample(anyShop, { seed: of, numRuns: SHOPS }).entries()) opened.push(await openShop(t, plan, serial + at))
  const { openScreens } = await import('../../src-renderer/testing/draw-screens')
  const first = opened[0]?.api
  if (first) openScreens(await first.session.status({}), await first.orders.choices({}))
  return opened
}

test.each(runs)(
  'database, answers, paper, screen and oracle agree to the cent on $numRuns random orders of seed $seed',
  async ({ seed: of, numRuns }) => {
    const shops = await openShops(of, of === FIXED_SEED ? 1 : 100)
    const play = fc.asyncProperty(anyOrder(shops.length), async (plan) => {
      const shop = shops[plan.shop]
      if (shop) await playOut(shop, plan, screens, met)
    })
    await fc.assert(play, { seed: of, numRuns })
    for (const shop of shops) await shop.close()
  },
  MS_AN_ORDER * Math.max(...runs.map(({ numRuns }) => numRuns)),
)

test('the runs met every kind of thing, and left sound books', async () => {
  console.log(`met: ${met.words()}`)
  expect(met.missing(WANTED)).toEqual([])
  for (const side of ['database', 'answer', 'paper', 'screen']) expect(met.counts[`compared: ${side}`]).toBeGreaterThan(1_000)
  expect(await verifyDatabase(reading(t.owner))).toEqual([])
}, 600_000)
