import type { Page } from 'playwright-core'
import { modal } from '../support/browser'
import { all, button, clicked, fill, opened, press, refused, type Screen, seen, settled } from './screen'

const at =
  (status: keyof Parameters<Screen['address']>[0]['orders']): Screen['address'] =>
  ({ orders }) =>
    `/orders/${orders[status]}`

/** Keys of the work count once the order is there. */
const loaded = async (page: Page): Promise<void> => {
  await page.getByRole('group', { name: 'Next steps' }).waitFor()
  await settled(page)
}

const tab =
  (name: string) =>
  async (page: Page): Promise<void> =>
    page.getByRole('tab', { name: new RegExp(name) }).click()

const adding = (kind: string): Screen => ({
  name: `order, adding: ${kind}`,
  address: at('estimate'),
  steps: async (page) => {
    await page.getByRole('group', { name: 'Add a line' }).first().getByRole('button', { name: kind }).click()
    await button(page, /^Add line/).waitFor()
  },
})

const changed: Screen['address'] = (records) => `/orders/${records.changed}`

/** The order, its parts, and everything it asks. */
export const orderScreens: readonly Screen[] = [
  ...(['draft', 'estimate', 'approved', 'in_progress', 'completed', 'closed', 'declined'] as const).map((status) => ({
    name: `order, ${status}`,
    address: at(status),
  })),
  { name: 'order, approved, at the front desk', address: at('approved'), steps: seen(/starts the work/), person: 'front_desk' },
  { name: 'order, long', address: ({ long }) => `/orders/${long.order}` },
  {
    name: 'warranty and returns of a part',
    shows: ['features/orders/line-terms'],
    address: at('estimate'),
    steps: clicked(/^Warranty, returns/),
  },
  { name: 'order, with a part that is only shown', address: changed, steps: seen(/this one is only shown/) },
  {
    name: 'warranty and returns, wanted back',
    shows: ['features/orders/line-terms'],
    address: changed,
    steps: all(clicked(/^Warranty, returns/), seen(/shown to them, not given/)),
  },
  { name: 'order, of a car that comes back', address: ({ returning }) => `/orders/${returning}` },
  ...['History', 'Documents', 'Log'].map((name) => ({ name: `order, ${name}`, address: changed, steps: tab(name) })),
  ...['Labor', 'Part', 'Fee', 'Discount'].map(adding),
  { name: 'order, adding a line, refused', address: at('estimate'), steps: all(loaded, press('l', 'Enter', 'Enter'), seen(/./)) },
  {
    name: 'order, choosing a canned job',
    address: at('estimate'),
    steps: all(loaded, press('j'), fill('New job', 'o'), (page) => page.locator('[role=option]').first().waitFor()),
  },
  {
    name: 'canned job, what goes along',
    shows: ['features/orders/canned-options'],
    address: at('estimate'),
    steps: all(loaded, press('j'), fill('New job', 'oil'), async (page) => {
      await page.getByRole('option', { name: /OIL/ }).waitFor()
      await opened('Enter')(page)
    }),
  },
  {
    name: 'record authorization',
    shows: ['features/orders/authorize-dialog'],
    address: at('estimate'),
    steps: clicked(/^Record (a new )?authorization/),
  },
  {
    name: 'record authorization, on the phone, with a no',
    shows: ['features/orders/authorize-dialog'],
    address: changed,
    steps: all(clicked(/^Record (a new )?authorization/), async (page) => {
      await modal(page).getByLabel('How').selectOption('phone')
      await modal(page).getByRole('region', { name: 'What to say' }).waitFor()
      await modal(page)
        .getByText(/^Only to be shown/)
        .waitFor()
    }),
  },
  {
    name: 'out the door, refused',
    shows: ['features/orders/out-the-door-dialog'],
    address: at('estimate'),
    steps: all(loaded, opened('o'), refused),
  },
  {
    name: 'labor rate of the order',
    shows: ['features/orders/labor-rate-dialog'],
    address: at('estimate'),
    steps: clicked(/^Labor rate/),
  },
  { name: 'decline, why', shows: ['features/orders/use-reason'], address: changed, steps: all(loaded, opened('n'), refused) },
  {
    name: 'complete the work',
    shows: ['features/orders/step-dialogs'],
    address: at('in_progress'),
    steps: all(loaded, clicked(/^Complete and invoice/)),
  },
  { name: 'remove a draft', shows: ['features/orders/step-dialogs'], address: at('draft'), steps: clicked(/^Remove draft/) },
  { name: 'estimate as a document', address: ({ orders }) => `/orders/${orders.estimate}/estimate` },
  { name: 'work order', address: ({ orders }) => `/orders/${orders.in_progress}/work-order` },
  { name: 'what changed', address: (records) => `/orders/${records.changed}/changes` },
  { name: 'an order that does not exist', address: () => '/orders/01900000-0000-7000-8000-00000000dead', isEmpty: true },
]
