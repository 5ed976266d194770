import { modal } from '../support/browser'
import { all, button, clicked, fill, opened, press, refused, type Screen, seen } from './screen'

const customer: Screen['address'] = (records) => `/customers/${records.customer}`
const free: Screen['address'] = (records) => `/customers/${records.free.customerId}`
const exempt: Screen['address'] = (records) => `/customers/${records.exempt}`
const vehicle: Screen['address'] = (records) => `/vehicles/${records.vehicle}`

/** What is known of people and cars. */
export const fileScreens: readonly Screen[] = [
  {
    name: 'new customer, refused',
    shows: ['features/customers/new-customer-dialog'],
    address: () => '/customers',
    steps: all(clicked(/^New customer/), refused),
  },
  { name: 'customer', address: customer },
  { name: 'customer, long', address: ({ long }) => `/customers/${long.customer}` },
  { name: 'customer, exemption run out, with contact and consent', address: exempt },
  { name: 'customer, removed', address: ({ removedCustomer }) => `/customers/${removedCustomer}` },
  { name: 'customer, merged into another', address: ({ merged }) => `/customers/${merged.from}` },
  { name: 'customer, with a merge to undo', address: ({ merged }) => `/customers/${merged.into}` },
  {
    name: 'customer that has to stay',
    shows: ['features/customers/customer-removal'],
    address: customer,
    steps: clicked(/^Remove$/),
  },
  { name: 'remove customer', shows: ['features/customers/customer-removal'], address: free, steps: clicked(/^Remove$/) },
  { name: 'customer, with account credit', address: ({ onAccount }) => `/customers/${onAccount}` },
  {
    name: 'pay out, refused',
    shows: ['features/customers/pay-out-dialog'],
    address: ({ onAccount }) => `/customers/${onAccount}`,
    steps: all(opened('o'), refused),
  },
  {
    name: 'paid out',
    shows: ['features/customers/pay-out-dialog'],
    address: ({ toPayOut }) => `/customers/${toPayOut}`,
    steps: all(opened('o'), fill('Why', 'Asked for it'), press('Enter'), seen('Hand over in cash')),
  },
  {
    name: 'merge, who',
    shows: ['features/customers/merge-dialog'],
    address: free,
    steps: all(opened('m'), (page) => modal(page).getByRole('listitem').first().waitFor()),
  },
  {
    name: 'merge, what stays',
    shows: ['features/customers/merge-dialog'],
    address: ({ long }) => `/customers/${long.customer}`,
    steps: all(opened('m'), fill('Find the other record', 'Carla Tester'), async (page) => {
      await modal(page)
        .getByRole('button', { name: /Carla Tester/ })
        .first()
        .click()
      await seen('Merge Carla Tester into')(page)
    }),
  },
  { name: 'new contact', shows: ['features/customers/contacts-card'], address: exempt, steps: all(opened('c'), refused) },
  { name: 'contact', shows: ['features/customers/contacts-card'], address: exempt, steps: clicked(/^Change Pia/) },
  { name: 'consent', shows: ['features/customers/consent-dialogs'], address: exempt, steps: clicked(/^Record consent/) },
  { name: 'stop messages', shows: ['features/customers/consent-dialogs'], address: exempt, steps: clicked(/^Stop/) },
  {
    name: 'make exempt, refused',
    shows: ['features/customers/tax-exemption'],
    address: free,
    steps: all(clicked(/^Make exempt/), refused),
  },
  { name: 'end exemption', shows: ['features/customers/tax-exemption'], address: exempt, steps: clicked(/^End exemption/) },
  {
    name: 'new vehicle, refused',
    shows: ['features/customers/new-vehicle-dialog'],
    address: free,
    steps: all(opened('v'), refused),
  },
  { name: 'vehicle', address: vehicle },
  { name: 'vehicle, long', address: ({ long }) => `/vehicles/${long.vehicle}` },
  { name: 'vehicle, removed', address: ({ removedVehicle }) => `/vehicles/${removedVehicle}` },
  { name: 'vehicle, sold', address: ({ sold }) => `/vehicles/${sold}` },
  {
    name: 'vehicle that has to stay',
    shows: ['features/vehicles/vehicle-removal'],
    address: vehicle,
    steps: clicked(/^Remove$/),
  },
  {
    name: 'remove vehicle',
    shows: ['features/vehicles/vehicle-removal'],
    address: (records) => `/vehicles/${records.free.vehicleId}`,
    steps: clicked(/^Remove$/),
  },
  {
    name: 'another owner',
    shows: ['features/vehicles/transfer-dialog'],
    address: vehicle,
    steps: all(opened('t'), fill('New owner', 'Carla'), (page) => modal(page).getByRole('option').nth(1).waitFor()),
  },
  {
    name: 'another owner, new',
    shows: ['features/vehicles/transfer-dialog'],
    address: vehicle,
    steps: all(opened('t'), fill('New owner', 'Zoe Zimmer'), async (page) => {
      await modal(page)
        .getByRole('option', { name: /^New customer/ })
        .click()
      await button(page, 'Hand over').click()
      await page.locator('[aria-invalid=true]').first().waitFor()
    }),
  },
  {
    name: 'moved plate',
    shows: ['features/vehicles/use-moved-plate'],
    address: ({ sold }) => `/vehicles/${sold}`,
    steps: all(fill('Plate', 'LONG123'), press('Tab'), async (page) => modal(page).waitFor()),
  },
]
