import type { Page } from 'playwright-core'
import { modal } from '../support/browser'
import type { Records } from './records'

/** One screen, dialog or pop-up in one state: how it is come to. */
export interface Screen {
  readonly name: string
  /** behind the '#' */
  readonly address: (records: Records) => string
  /** from there */
  readonly steps?: (page: Page, records: Records) => Promise<void>
  /** the files whose dialog or menu is open, under src-renderer, without `.tsx` */
  readonly shows?: readonly string[]
  /** whose counter it is; 'owner' unless told */
  readonly person?: 'owner' | 'front_desk'
  /** has nothing to show, by intention */
  readonly isEmpty?: boolean
}

/** Everything that was asked for is there: no part of the screen, or of the dialog over it, is still at work (components/spinner.tsx). */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => {
    const over = [...document.querySelectorAll('[role=dialog]:not([aria-modal=false]), [role=alertdialog]')].at(-1)
    return (over ?? document).querySelector('.animate-spin, [aria-busy=true]') === null
  })
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
}

/**
 * With nothing left of the screen before: over a screen that is none, and loaded anew where something lies over the screens. `said`: what was
 * said in passing may stay.
 */
export async function visit(page: Page, origin: string, address: string, { said = false } = {}): Promise<void> {
  const dialog = said ? '[role=dialog]:not([aria-modal=false])' : '[role=dialog]'
  const isCovered = (await page.locator(`${dialog}, [role=alertdialog], [role=menu], [role=listbox]`).count()) > 0
  await page.goto(isCovered ? 'about:blank' : `${origin}/#/nothing`)
  await page.goto(`${origin}/#${address}`)
  await settled(page)
}

export const press =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }

/** The first button of this name: in the dialog, where one is open. */
export const button = (page: Page, name: RegExp | string) => page.getByRole('button', { name }).first()

export const click =
  (...names: (RegExp | string)[]) =>
  async (page: Page): Promise<void> => {
    for (const name of names) await button(page, name).click()
  }

/** Opened by keys. */
export const opened =
  (...keys: string[]) =>
  async (page: Page): Promise<void> => {
    await press(...keys)(page)
    await modal(page).waitFor()
  }

/** Opened by a button. */
export const clicked =
  (...names: (RegExp | string)[]) =>
  async (page: Page): Promise<void> => {
    await click(...names)(page)
    await modal(page).waitFor()
  }

/** One step behind the other. */
export const all =
  (...steps: NonNullable<Screen['steps']>[]): NonNullable<Screen['steps']> =>
  async (page, records) => {
    for (const step of steps) await step(page, records)
  }

export const type =
  (text: string) =>
  async (page: Page): Promise<void> =>
    page.keyboard.type(text)

/** Sent with nothing, or too little, in it: each field says what is wrong. */
export const refused = async (page: Page): Promise<void> => {
  await modal(page).locator('button[type=submit]').first().click()
  await page.locator('[aria-invalid=true]').first().waitFor()
}

export const fill =
  (label: string | RegExp, text: string) =>
  async (page: Page): Promise<void> =>
    page.getByLabel(label).and(page.locator('input, textarea')).first().fill(text)

/** The field of this label has the focus, as it was looked for by the address. */
export const focused =
  (label: string) =>
  async (page: Page): Promise<void> => {
    const field = await page.getByLabel(label).and(page.locator('input, textarea, select')).elementHandle()
    await page.waitForFunction((element) => element === document.activeElement, field)
  }

export const seen =
  (text: string | RegExp) =>
  async (page: Page): Promise<void> =>
    page.getByText(text).first().waitFor()
