import { modal } from '../support/browser'
import { all, button, clicked, fill, opened, press, refused, type Screen, seen } from './screen'

const invoice: Screen['address'] = (records) => `/invoices/${records.invoice}`

/** Ten dollars of the invoice go back. */
const tenBack = all(opened('F8'), press('Alt+2'), fill(/^Amount/, '10'), fill(/^Reason/, 'Did not fit'), seen('Goes back'))

/** The invoice, what is paid on it, what goes back. */
export const billScreens: readonly Screen[] = [
  { name: 'invoice', address: invoice },
  { name: 'invoice, paid', address: ({ paid }) => `/invoices/${paid}` },
  { name: 'invoice, void', address: ({ voided }) => `/invoices/${voided}` },
  { name: 'invoice, credited', address: ({ credited }) => `/invoices/${credited}` },
  { name: 'invoice, long', address: ({ long }) => `/invoices/${long.invoice}` },
  { name: 'invoice as a document', address: (records) => `/invoices/${records.invoice}/print` },
  { name: 'credit note as a document', address: ({ credited, creditNote }) => `/invoices/${credited}/credit/${creditNote}` },
  {
    name: 'void invoice, refused',
    shows: ['features/invoices/void-invoice-dialog'],
    address: invoice,
    steps: all(clicked(/^Void invoice/), refused),
  },
  {
    name: 'refund and void',
    shows: ['features/invoices/void-invoice-dialog'],
    address: ({ paid }) => `/invoices/${paid}`,
    steps: clicked(/^Refund and void/),
  },
  {
    name: 'refunded and void',
    shows: ['features/invoices/void-invoice-dialog'],
    address: ({ toVoid }) => `/invoices/${toVoid}`,
    steps: all(clicked(/^Refund and void/), fill(/^Reason/, 'Wrong car'), press('Control+Enter'), seen(/is void$/)),
  },
  {
    name: 'credit by line, refused',
    shows: ['features/invoices/credit-dialog'],
    address: ({ paid }) => `/invoices/${paid}`,
    steps: all(opened('F8'), async (page) => {
      await modal(page).locator('button[type=submit]').click()
      await page.locator('[aria-invalid=true], [role=alert]').first().waitFor()
    }),
  },
  {
    name: 'credit of an amount, with its refund',
    shows: ['features/invoices/credit-dialog'],
    address: ({ paid }) => `/invoices/${paid}`,
    steps: tenBack,
  },
  {
    name: 'credited',
    shows: ['features/invoices/credit-dialog'],
    address: ({ toCredit }) => `/invoices/${toCredit}`,
    steps: all(tenBack, async (page) => {
      await button(page, /^Refund \$10\.00/).click()
      await modal(page)
        .getByRole('button', { name: /^Print credit note/ })
        .waitFor()
    }),
  },
  {
    name: 'approval of a refund',
    shows: ['components/approval-dialog'],
    person: 'front_desk',
    address: ({ paid }) => `/invoices/${paid}`,
    steps: all(tenBack, async (page) => {
      await button(page, /^Refund \$10\.00/).click()
      await page.getByText('Approval needed').waitFor()
    }),
  },
  { name: 'invoice, its check returned', address: ({ checkReturned }) => `/invoices/${checkReturned}` },
  {
    name: 'a check came back, refused',
    shows: ['features/invoices/check-return-dialog'],
    address: ({ byCheck }) => `/invoices/${byCheck}`,
    steps: all(clicked(/was returned by the bank/), refused),
  },
  {
    name: 'a check did not come back after all',
    shows: ['features/invoices/check-return-dialog'],
    address: ({ checkReturned }) => `/invoices/${checkReturned}`,
    steps: clicked(/was not returned/),
  },
  { name: 'take payment', shows: ['features/payments/take-payment-dialog'], address: invoice, steps: opened('F4') },
  ...['1', '2', '3'].map((digit) => ({
    name: `take payment, tender ${digit}, refused`,
    shows: ['features/payments/take-payment-dialog'],
    address: invoice,
    steps: all(opened('F4'), press(digit), fill('Amount', '0'), press('Enter'), (page) =>
      page.locator('[aria-invalid=true]').first().waitFor(),
    ),
  })),
  {
    name: 'take payment, too little cash',
    shows: ['features/payments/take-payment-dialog'],
    address: invoice,
    steps: all(opened('F4'), press('1'), fill('Received', '20'), seen('Missing')),
  },
  {
    name: 'payment taken',
    shows: ['features/payments/take-payment-dialog'],
    address: ({ toPay }) => `/invoices/${toPay}`,
    steps: all(opened('F4'), press('1'), fill('Received', '80'), press('Enter'), seen(/is paid$/)),
  },
]
