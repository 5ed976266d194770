import { modal } from '../support/browser'
import { all, button, click, clicked, fill, opened, press, refused, type Screen, seen, type } from './screen'

/** Their car has the plate of another one. */
const newcomer = { Phone: '(555) 010-9300', Year: '2015', Make: 'Honda', Model: 'Fit', Plate: 'LONG123' }

/** What belongs to no record: Today, the one search box, the keys, who is at the counter. */
export const counterScreens: readonly Screen[] = [
  { name: 'Today', address: () => '/' },
  {
    name: 'search, found',
    address: () => '/',
    steps: all(press('F3'), type('hond'), (page) => page.getByRole('option').first().waitFor()),
  },
  { name: 'search, nobody found', address: () => '/', steps: all(press('F3'), type('qqqqqq'), seen(/^Nothing|nobody/i)) },
  { name: 'palette', address: () => '/', steps: all(press('Control+k'), (page) => page.getByRole('option').first().waitFor()) },
  {
    name: 'palette of an order',
    address: ({ orders }) => `/orders/${orders.draft}`,
    steps: all(press('Control+k'), (page) => page.getByRole('option').first().waitFor()),
  },
  { name: 'keys of the screen', shows: ['components/help-dialog'], address: () => '/', steps: opened('F1') },
  {
    name: 'keys of an order',
    shows: ['components/help-dialog'],
    address: ({ orders }) => `/orders/${orders.in_progress}`,
    steps: opened('F1'),
  },
  {
    name: 'user menu',
    shows: ['features/session/user-menu'],
    address: () => '/',
    steps: async (page) => {
      await button(page, /Olivia Owner/).click()
      await page.getByRole('menu').waitFor()
    },
  },
  { name: 'switch user', shows: ['features/session/switch-user-dialog'], address: () => '/', steps: opened('Control+u') },
  {
    name: 'practice, before it begins',
    shows: ['features/session/practice-dialog'],
    address: () => '/',
    steps: async (page) => {
      await button(page, /Olivia Owner/).click()
      await page.getByRole('menuitem', { name: /Practice/ }).click()
      await modal(page).waitFor()
    },
  },
  { name: 'account', address: () => '/account' },
  { name: 'set my PIN', shows: ['features/session/set-pin-dialog'], address: () => '/account', steps: all(clicked(/PIN$/), refused) },
  {
    name: 'change my password',
    shows: ['features/session/change-password-dialog'],
    address: () => '/account',
    steps: all(clicked(/Change password/), refused),
  },
  { name: 'check-in', address: () => '/orders/new' },
  { name: 'check-in of a known customer', address: ({ customer }) => `/orders/new?customer=${customer}` },
  {
    name: 'check-in of a new customer, refused',
    address: () => '/orders/new?name=Nora',
    steps: all(press('Control+Enter'), (page) => page.locator('[aria-invalid=true]').first().waitFor()),
  },
  {
    name: 'check-in, discarded with somebody on file',
    address: () => '/orders/new?name=Pat%20Passing',
    steps: all(
      ...Object.entries(newcomer).map(([label, text]) => fill(label, text)),
      press('Control+Enter'),
      seen(/has this plate/),
      press('F6'),
      (page) => page.getByRole('heading', { level: 1, name: 'Today' }).waitFor(),
      press('F2'),
      click(/^Discard the check-in of/),
      seen('Check-in discarded. Pat Passing stays on file.'),
    ),
  },
  { name: 'customers', address: () => '/customers' },
  { name: 'customers, filtered', address: () => '/customers', steps: all(fill('Filter', 'Featherstonehaugh'), seen(/Sacramento Valley/)) },
  { name: 'nothing there', address: () => '/nothing', isEmpty: true },
]
