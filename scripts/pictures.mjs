import { spawn } from 'node:child_process'
import { mkdtemp, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inProject, say } from './prepare/project.mjs'
import { prepare } from './prepare.mjs'

/** `npm run pictures [-- FOLDER]`: the README's pictures, taken from the demo shop by a real browser. */
const [folder = inProject('docs', 'pictures')] = process.argv.slice(2)
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
async function takeAll(page, ids) {
  const { origin } = new URL(page.url())
  const shoot = async (screen, path, act) => {
    await page.goto('about:blank') // nothing of the screen before
    await page.goto(`${origin}/#${path}`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForFunction(() => document.querySelector('.animate-spin, [aria-busy=true]') === null)
    await page.waitForLoadState('networkidle')
    if (act) await act()
    await page.screenshot({ path: join(folder, `${screen}.png`) })
  }
  await shoot('today', '/')
  await shoot('check-in', `/orders/new?customer=${ids.customerId}&vehicle=${ids.vehicleId}`)
  await shoot('order', `/orders/${ids.orderId}`)
  await shoot('palette', `/orders/${ids.orderId}`, async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
  })
  await shoot('invoice', `/invoices/${ids.invoiceId}`)
  await shoot('pay', `/invoices/${ids.invoiceId}`, async () => {
    await page.keyboard.press('F4')
    await page.getByRole('dialog').waitFor()
  })
  await shoot('refund', `/invoices/${ids.paidInvoiceId}`, async () => {
    await page.keyboard.press('F8')
    await page.getByRole('checkbox').nth(-2).check()
    await page.getByLabel(/^Reason/).fill('Part did not fit')
    await page.getByText('Goes back to').waitFor()
  })
}

/** Records worth a picture: the car that needs more than was authorized, the newest unpaid invoice, and one that is paid. */
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
  const visits = await post('customers/history', { customerId: customer.id })
  const paid = visits.find((visit) => visit.invoiceId !== null && visit.dueCents === 0)
  return { orderId: order.id, customerId: customer.id, vehicleId: vehicle.id, invoiceId: invoices[0].id, paidInvoiceId: paid.invoiceId }
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
  const context = await browser.newContext({ viewport: size, colorScheme: 'light', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, demo.link)
  await takeAll(page, await findRecords(page))
  say(`Pictures are in ${folder}`)
} finally {
  await browser.close()
  await demo.stop()
  await rm(data, { recursive: true, force: true })
}
