import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuid7 } from '../../src-main/base/uuid7'
import { billScreens } from './screens/bill-screens'
import { counterScreens } from './screens/counter-screens'
import { fileScreens } from './screens/file-screens'
import { orderScreens } from './screens/order-screens'
import { frontDesk, makeRecords, owner, type Records } from './screens/records'
import { button, settled, visit } from './screens/screen'
import { settingsScreens } from './screens/settings-screens'
import { launchBrowser, modal, openPage, SCREEN, signIn } from './support/browser'
import { axeViolations, cutOff } from './support/check-screen'
import { openCounter } from './support/counter'
import { type CounterPool, openCounters } from './support/counter-pool'
import { demoDatabase, type DemoDatabase } from './support/demo-database'
import { newShop, owner as newOwner } from './support/shop-work'
import { removeHost, startWebHost, type RunningHost } from './support/web-host'

/** 1366x768 at 200 %. */
const ZOOMED = { width: 683, height: 384 }

const LIGHT = { viewport: SCREEN, colorScheme: 'light' } as const
const DARK_ZOOMED = { viewport: ZOOMED, colorScheme: 'dark' } as const
const OTHER_PAIRS = [
  { viewport: SCREEN, colorScheme: 'dark' },
  { viewport: ZOOMED, colorScheme: 'light' },
] as const

/** Light and large, dark and zoomed: both looks and both sizes, without paying for each pair. With LOOKS=all all four are paid for. */
const views = process.env['LOOKS'] === 'all' ? [LIGHT, ...OTHER_PAIRS, DARK_ZOOMED] : [LIGHT, DARK_ZOOMED]

const screens = [...counterScreens, ...fileScreens, ...orderScreens, ...billScreens, ...settingsScreens]

let demo: DemoDatabase
let host: RunningHost
let browser: Browser
let records: Records
let pool: CounterPool

beforeAll(async () => {
  demo = await demoDatabase()
  host = await startWebHost({ databaseUrl: demo.url })
  records = await makeRecords(host)
  browser = await launchBrowser()
  pool = await openCounters(browser, host, [owner, owner, owner, frontDesk])
})

afterAll(async () => {
  await browser?.close()
  if (host) await removeHost(host)
  await demo?.drop()
})

/** For looking at: with PICTURES set to a folder, each screen as it is checked, and what was found. */
const folder = process.env['PICTURES']
if (folder) mkdirSync(folder, { recursive: true })

async function shoot(page: Page, name: string): Promise<void> {
  if (!folder) return
  await page.screenshot({ path: join(folder, `${name.replaceAll(/[^\w]+/g, '-')}.png`) })
}

async function check(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const [at, { viewport, colorScheme }] of views.entries()) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    const where = `${name} (${colorScheme}, ${viewport.width})`
    await shoot(page, `${name}-${colorScheme}-${viewport.width}`)
    found.push(...(await axeViolations(page, { again: at > 0 })).map((line) => `${where}: ${line}`))
    found.push(...(await cutOff(page)).map((line) => `${where}: ${line}`))
  }
  await page.setViewportSize(SCREEN)
  await page.emulateMedia({ colorScheme: 'light' })
  if (folder) appendFileSync(join(folder, 'found.txt'), found.map((line) => `${line}\n`).join(''))
  return found
}

/** What a screen is called that has nothing to show, or broke: it must not pass for the one that is meant. */
const WITHOUT_RECORD = new Set([
  'There is no such screen',
  'This screen stopped working',
  'Repair order',
  'Estimate',
  'Change order',
  'Work order',
  'Invoice',
  'Credit note',
  'Customer',
  'Vehicle',
])

describe('every screen and dialog, light and dark, at 1366x768 and at 200 %', () => {
  it.concurrent.for(screens)('$name', async ({ name, address, steps, person = 'owner', shows = [], isEmpty = false }, { expect }) => {
    await pool.at(person === 'owner' ? owner : frontDesk, async (page) => {
      await visit(page, host.origin, address(records))
      await steps?.(page, records)
      await settled(page)
      const isOpen = (await page.locator('[role=dialog]:not([aria-modal=false]), [role=alertdialog], [role=menu]').count()) > 0
      expect(isOpen).toBe(shows.length > 0)
      expect(WITHOUT_RECORD.has((await page.locator('h1').first().textContent()) ?? '')).toBe(isEmpty)
      expect(await check(page, name)).toEqual([])
    })
  })

  it('raises no violation of the content security policy and no error in the console', () => {
    // The browser itself notes each answer above 399; a refused call of the contract is none over the WebSocket.
    expect(pool.counters.flatMap(({ complaints }) => complaints.found)).toEqual([])
  })
})

const renderer = resolve(import.meta.dirname, '../../src-renderer')

describe('the list of screens', () => {
  it('has every dialog and menu of the program', () => {
    const opening = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
      .filter((file) => /<(?:Dialog|ConfirmDialog|PriceRuleDialog|Menu\.Popup)\b/.test(readFileSync(join(renderer, file), 'utf8')))
    const shown = new Set(screens.flatMap(({ shows = [] }) => shows))
    expect([...shown].toSorted()).toEqual(opening.map((file) => file.replace(/\.tsx$/, '')).toSorted())
  })

  it('has every part of the settings', () => {
    const source = readFileSync(join(renderer, 'base', 'settings-parts.ts'), 'utf8')
    const parts = [...source.matchAll(/key: '(\w+)'/g)].map(([, key]) => `/settings?part=${key}`)
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.filter((address) => !screens.some((screen) => screen.address(records) === address))).toEqual([])
  })

  it('has every address of the program', () => {
    const source = readFileSync(join(renderer, 'routes.tsx'), 'utf8')
    const addresses = [...source.matchAll(/path: '([^']+)'/g)].map(([, path = '']) => path)
    expect(addresses.length).toBeGreaterThan(10)
    const visited = screens.map(({ address }) => address(records).split('?')[0] ?? '')
    const fits = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\$\w+/g, '[\\da-f-]{36}')}$`)
    expect(addresses.filter((path) => !visited.some((address) => fits(path).test(address)))).toEqual([])
  })
})

describe('before somebody is at the counter', () => {
  it('sign-in, and the locked screen by PIN and by password', async () => {
    const { page, complaints, close } = await openPage(browser, host)
    await settled(page)
    expect(await check(page, 'sign-in')).toEqual([])
    await page.getByLabel('E-mail').fill(owner.email)
    await page.getByLabel('Password').fill('not the password')
    await button(page, /^Sign in/).click()
    await page.getByRole('alert').waitFor()
    expect(await check(page, 'sign-in, refused')).toEqual([])
    await signIn(page, owner.email, owner.password)
    await page.keyboard.press('Control+l')
    await page.getByLabel('PIN').waitFor()
    expect(await check(page, 'locked')).toEqual([])
    await button(page, 'Use e-mail and password').click()
    await page.getByLabel('Password').waitFor()
    expect(await check(page, 'locked, by password')).toEqual([])
    expect(complaints.found).toEqual([])
    await close()
  })
})

const newcomer = {
  firstName: 'Ada',
  lastName: 'Advisor',
  email: 'ada@test.invalid',
  phone: '',
  role: 'service_advisor' as const,
  canApprove: false,
  password: 'first password of ada',
}

describe('a new shop', () => {
  it('is all right too: set-up, everything empty, practice, the first password', async () => {
    const empty = await startWebHost()
    const { page, complaints, close } = await openPage(browser, empty)
    const found: string[] = []
    try {
      await settled(page)
      found.push(...(await check(page, 'set-up')))
      await button(page, /Open the shop/).click()
      await page.locator('[aria-invalid=true]').first().waitFor()
      found.push(...(await check(page, 'set-up, refused')))
      const { api } = await openCounter(empty)
      await api.session.setUpShop(newShop)
      await page.reload()
      await signIn(page, newOwner.email, newOwner.password)
      for (const address of ['/', '/customers', '/settings?part=pricing', '/settings?part=bays', '/settings?part=printers']) {
        await visit(page, empty.origin, address)
        found.push(...(await check(page, `empty, ${address}`)))
      }
      await visit(page, empty.origin, '/')
      await page.keyboard.press('Control+k')
      await page.keyboard.type('Practice')
      await page.getByRole('option', { name: 'Practice' }).first().waitFor()
      await page.keyboard.press('Enter')
      await button(page, 'Begin practice').click()
      await page.getByRole('complementary', { name: 'Practice' }).waitFor()
      for (const address of ['/', '/orders/new']) {
        await visit(page, empty.origin, address)
        found.push(...(await check(page, `practice, ${address}`)))
      }
      await page.keyboard.press('F1')
      await modal(page).waitFor()
      found.push(...(await check(page, 'practice, keys of the screen')))
      await page.keyboard.press('Escape')
      await button(page, 'Leave practice').click()
      await page.getByRole('complementary', { name: 'Practice' }).waitFor({ state: 'detached' })
      await api.users.create({ userId: uuid7(), ...newcomer })
      await visit(page, empty.origin, '/')
      await page.keyboard.press('Control+k')
      await page.keyboard.type('Sign out')
      await page.getByRole('option', { name: 'Sign out' }).first().waitFor()
      await page.keyboard.press('Enter')
      await page.getByLabel('E-mail').fill(newcomer.email)
      await page.getByLabel('Password').fill(newcomer.password)
      await button(page, /^Sign in/).click()
      await page.getByRole('heading', { name: 'Choose your own password' }).waitFor()
      await button(page, 'Change password').click()
      await page.locator('[aria-invalid=true]').first().waitFor()
      found.push(...(await check(page, 'first password, refused')))
      expect(found).toEqual([])
      expect(complaints.found).toEqual([])
    } finally {
      await close()
      await removeHost(empty)
    }
  })
})
