import fc from 'fast-check'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reading, sql } from '../../src-main/database/transaction'
import { type TestDatabase, testDatabase } from '../../src-main/testing/test-database'
import { launchBrowser, openPage, signIn } from '../e2e/support/browser'
import { owner, setUpShop } from '../e2e/support/shop-work'
import { removeHost, type RunningHost, startWebHost } from '../e2e/support/web-host'
import { type FilledShop, fillShop } from './fill-shop'
import { Met } from './met'
import { anyOrder } from './order-plan'
import { playOut, type Screens } from './play-out'
import { type Mark, readMarkup } from './read-markup'
import { anyShop } from './shop-plan'

// The same orders as beside this, few of them, on the running program: its screens are read in the browser they stand in.

const FIXED_SEED = 20_262
const ORDERS = 6

let database: TestDatabase
let host: RunningHost
let browser: Browser
let page: Page
let shop: FilledShop
const met = new Met()

beforeAll(async () => {
  database = await testDatabase({ empty: true })
  host = await startWebHost({ databaseUrl: database.url })
  const { api } = await setUpShop(host)
  const [plan] = fc.sample(anyShop, { seed: FIXED_SEED, numRuns: 1 })
  const known = (await api.session.status({})).shop
  if (!plan || !known) throw new Error('there is no shop')
  shop = await fillShop(api, plan, { shopId: known.id, rows: (text, values) => reading(database.owner).query(sql('', text), values) })
  browser = await launchBrowser()
  page = (await openPage(browser, host)).page
  await signIn(page, owner.email, owner.password)
})
afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await database?.close()
})

/** What stands on a screen that was opened anew, with what is in its fields. */
async function look(address: string, title: string, amounts: string): Promise<Mark> {
  await page.goto(`${host.origin}/#${address}`)
  await page.reload()
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
  await page.getByRole('region', { name: amounts }).waitFor()
  const markup = await page.evaluate(() => {
    for (const field of document.querySelectorAll('input')) {
      field.setAttribute('value', field.value)
      field.toggleAttribute('checked', field.checked)
    }
    return document.querySelector('main')?.outerHTML ?? ''
  })
  return readMarkup(markup)
}

const screens: Screens = {
  order: ({ id, number }) => look(`/orders/${id}`, `Order ${number}`, 'Totals'),
  invoice: ({ id, number }) => look(`/invoices/${id}`, `Invoice ${number}`, 'Amounts'),
}

test.each([FIXED_SEED, Math.floor(Math.random() * 2 ** 31)])(
  'what the browser shows agrees with database, answers, paper and oracle to the cent, orders of seed %i',
  async (seed) => {
    await fc.assert(
      fc.asyncProperty(anyOrder(1), (plan) => playOut(shop, plan, screens, met)),
      { seed, numRuns: ORDERS, endOnFailure: true },
    )
    expect(met.counts['compared: screen']).toBeGreaterThan(100)
  },
)
