import { chromium, type Browser, type Locator, type Page } from 'playwright-core'
import type { RunningHost } from './web-host'

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The smallest screen that every screen must work at. */
export const SCREEN = { width: 1366, height: 768 }

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium-headless-shell', args: SWITCHES })
}

/** What a page complained about: violations of the content security policy, errors in the console, errors nobody caught. */
export interface Complaints {
  readonly found: string[]
}

export interface CounterPage {
  readonly page: Page
  readonly complaints: Complaints
  close(): Promise<void>
}

/** A browser of its own (cookies, storage) at the host's launch link. */
export async function openPage(browser: Browser, host: RunningHost, viewport = SCREEN): Promise<CounterPage> {
  const context = await browser.newContext({ viewport, locale: 'en-US', timezoneId: 'America/Los_Angeles', reducedMotion: 'reduce' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const complaints = await watchPage(page)
  await page.goto(await host.newLink())
  await page.locator('h1').first().waitFor()
  return { page, complaints, close: () => context.close() }
}

/** From the page's next document on. */
export async function watchPage(page: Page): Promise<Complaints> {
  const found: string[] = []
  await page.exposeFunction('reportPolicyViolation', (text: string) => found.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
      const report = (window as unknown as { reportPolicyViolation: (text: string) => void }).reportPolicyViolation
      report(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`)
    })
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) found.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => found.push(`uncaught: ${error.message}`))
  return { found }
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
}

/** The dialog that is open; what is only said in passing (a toast) is no dialog to answer. */
export function modal(page: Page): Locator {
  return page.locator('[role=dialog]:not([aria-modal=false]), [role=alertdialog]')
}

/** Until the screen has what it asked the program for: its heading stands there before, and some of its keys come with the answer. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main .animate-spin, main [aria-busy=true]') === null)
}
