import { eventIterator, type ContractRouterClient } from '@orpc/contract'
import { z } from 'zod'
import { stream } from './call'
import { customersCalls } from './customers'
import { invoicesCalls } from './invoices'
import { paymentsCalls, reportsCalls } from './payments'
import { ordersCalls } from './orders'
import { printingCalls } from './printing'
import { pricingCalls } from './pricing'
import { sessionCalls } from './session'
import { shopCalls } from './shop'
import { usersCalls } from './users'
import { vehiclesCalls } from './vehicles'

/** Something changed in the database, here or at another counter; `*` = look at everything again (after a lost connection). */
export const Change = z.object({
  area: z.enum(['customers', 'vehicles', 'orders', 'users', 'shop', 'printing', 'session', 'presence', '*']),
  id: z.string(),
})
export type Change = z.output<typeof Change>

/** Everything the program can do: area -> call -> who may, what goes in, what comes out. */
export const api = {
  session: sessionCalls,
  users: usersCalls,
  shop: shopCalls,
  customers: customersCalls,
  vehicles: vehiclesCalls,
  orders: ordersCalls,
  pricing: pricingCalls,
  invoices: invoicesCalls,
  payments: paymentsCalls,
  printing: printingCalls,
  reports: reportsCalls,
  live: { changes: stream('locked', eventIterator(Change)) },
}

export type Api = typeof api
export type ApiClient = ContractRouterClient<Api>
