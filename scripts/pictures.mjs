import { spawn } from 'node:child_process'
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inProject, say } from './prepare/project.mjs'
import { prepare } from './prepare.mjs'

/**
 * `npm run pictures [-- FOLDER]`: the README's pictures, taken from the demo shop by a real browser. With a folder of its own it also takes
 * every screen in light and dark, for looking at.
 */
const [chosen] = process.argv.slice(2)
const folder = chosen ?? inProject('docs', 'pictures')
const size = { width: 1366, height: 768 }

async function startDemo(data) {
  const host = spawn(process.execPath, [inProject('out', 'main', 'web.js'), '--demo', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const link = await new Promise((resolve, reject) => {
    let text = ''
    host.stdout.setEncoding('utf8').on('data', (more) => {
      text += more
      const found = /ready at (http:\S+)/.exec(text)
      if (found) resolve(found[1])
    })
    host.once('exit', (code) => reject(new Error(`the host ended with ${code}`)))
  })
  const ended = new Promise((resolve) => host.once('exit', resolve))
  return {
    link,
    async stop() {
      host.kill('SIGTERM')
      await ended
    },
  }
}

async function signIn(page, link) {
  await page.goto(link)
  await page.getByLabel('E-mail').fill('olivia@demo.invalid')
  await page.getByLabel('Password', { exact: true }).fill('demo-counter-1')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
}

/** Hash routes, so that a picture needs no clicking; what is opened on top is opened by its keys. */
async function takeAll(page, name, ids) {
  const shoot = async (screen, path, act) => {
    await page.goto(`${new URL(page.url()).origin}/#${path}`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    if (act) await act()
    await page.screenshot({ path: join(folder, `${screen}${name}.png`) })
  }
  await shoot('today', '/')
  await shoot('search', '/', async () => {
    await page.keyboard.press('F3')
    await page.keyboard.type('kowal')
    await page
      .getByRole('option', { name: /Kowalski/ })
      .first()
      .waitFor()
  })
  await page.keyboard.press('Escape')
  await shoot('check-in', `/orders/new?customer=${ids.customerId}&vehicle=${ids.vehicleId}`)
  await shoot('order', `/orders/${ids.orderId}`)
  await shoot('invoice', `/invoices/${ids.invoiceId}`)
  await shoot('pay', `/invoices/${ids.invoiceId}`, async () => {
    await page.keyboard.press('F4')
    await page.getByRole('dialog').waitFor()
  })
  await page.keyboard.press('Escape')
  if (!chosen) return
  await shoot('estimate', `/orders/${ids.orderId}/estimate`, () => page.waitForTimeout(1500))
  await shoot('print', `/invoices/${ids.invoiceId}/print`, () => page.waitForTimeout(1500))
  await shoot('customers', '/customers')
  await shoot('customer', `/customers/${ids.customerId}`)
  await shoot('vehicle', `/vehicles/${ids.vehicleId}`)
  await shoot('settings', '/settings')
  await shoot('account', '/account')
  await shoot('help', '/', async () => {
    await page.keyboard.press('F1')
    await page.getByRole('dialog').waitFor()
  })
  await page.keyboard.press('Escape')
}

/** Records worth a picture: the car that needs more than was authorized, and the newest unpaid invoice. */
async function findRecords(page) {
  const post = (call, input) =>
    page.evaluate(
      async ([path, json]) =>
        (
          await (
            await fetch(`/rpc/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ json }) })
          ).json()
        ).json,
      [call, input],
    )
  const { orders } = await post('orders/board', {})
  const order =
    orders.find((each) => each.status === 'in_progress' && each.totalCents > each.authorizedCents) ??
    orders.find((each) => each.status === 'in_progress')
  const unpaid = orders.find((each) => each.status === 'completed' && each.hasInvoice && each.dueCents > 0)
  const { customer, vehicle } = await post('orders/get', { orderId: order.id })
  const { invoices } = await post('orders/get', { orderId: unpaid.id })
  return { orderId: order.id, customerId: customer.id, vehicleId: vehicle.id, invoiceId: invoices[0].id }
}

await prepare({ build: true, browser: true })
const { chromium } = await import('playwright-core')
const { findBrowser } = await import('./prepare/install-browser.mjs')
await mkdir(folder, { recursive: true })
const data = await mkdtemp(join(tmpdir(), 'counterbay-pictures-'))
const demo = await startDemo(data)
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})
try {
  for (const scheme of chosen ? ['light', 'dark'] : ['light']) {
    const context = await browser.newContext({ viewport: size, colorScheme: scheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await signIn(page, scheme === 'light' ? demo.link : await secondLink(demo.link, data))
    await takeAll(page, scheme === 'dark' ? '-dark' : '', await findRecords(page))
    await context.close()
  }
  say(`Pictures are in ${folder}`)
} finally {
  await browser.close()
  await demo.stop()
  await rm(data, { recursive: true, force: true })
}

async function secondLink(link, dataFolder) {
  const { readFile } = await import('node:fs/promises')
  const key = await readFile(join(dataFolder, 'launch-key'), 'utf8')
  return await (await fetch(`${new URL(link).origin}/launch`, { method: 'POST', headers: { 'x-counterbay-launch': key } })).text()
}
