import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import { client } from '../../base/client'
import { queryClient } from '../../base/query-client'
import type { WithApproval } from '../../base/use-approval'
import type { NewCustomerDraft } from './check-in-draft'
import type { Order } from '../../../src-preload/contract/orders'

type Calls = typeof client.orders
type Input<Call extends keyof Calls> = Omit<Parameters<Calls[Call]>[0], 'approval'>

export const orderQuery = (orderId: string) =>
  queryOptions({ queryKey: ['orders', 'get', orderId], queryFn: () => client.orders.get({ orderId }) })

/** Every version of the order's estimate, the one that stands now first. */
export const estimatesQuery = (orderId: string) =>
  queryOptions({ queryKey: ['invoices', 'estimates', { orderId }], queryFn: () => client.invoices.estimates({ orderId }), staleTime: 0 })

/** What the customer of a car said no to before and may be asked again: at the prices of an order, which is left out, or of who arrives. */
export const declinedWorkQuery = (visit: Input<'declinedWork'>) =>
  queryOptions({
    queryKey: ['orders', 'declinedWork', visit],
    queryFn: () => client.orders.declinedWork(visit),
    staleTime: 0,
  })

/** Coming and going are told at once; this is only the sign of life in between. */
const PRESENCE_MS = 20_000

/** Who else has the order open: asked again and again, because asking is also saying that this screen has it open. */
export const presenceQuery = (orderId: string, viewId: string) =>
  queryOptions({
    queryKey: ['presence', 'of', orderId, viewId],
    queryFn: () => client.orders.presence({ orderId, viewId, here: true }),
    refetchInterval: PRESENCE_MS,
    refetchIntervalInBackground: true,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })

/** Said on the way out; who cannot be told finds out by the silence. */
export function leaveOrder(orderId: string, viewId: string): void {
  client.orders.presence({ orderId, viewId, here: false }).catch(() => undefined)
}

/** What is different between an authorized version of the estimate and the one that stands. */
export const changesQuery = (orderId: string, from: number) =>
  queryOptions({
    queryKey: ['invoices', 'changeOrder', { orderId, from }],
    queryFn: () => client.invoices.changeOrder({ orderId, from }),
    staleTime: 0,
    enabled: from > 0,
  })

/** What the law wants on a paper of the order and does not find; asked anew whenever the order is looked at. */
export const missingQuery = (orderId: string, paper: 'estimate' | 'invoice') =>
  queryOptions({
    queryKey: ['orders', 'missing', orderId, paper],
    queryFn: () => client.orders.missing({ orderId, paper }),
    staleTime: 0,
  })

/** Technicians, bays, labor rate, what is taxed: for the order's selects and new lines. */
export const choicesQuery = queryOptions({ queryKey: ['orders', 'choices', {}], queryFn: () => client.orders.choices({}) })

/** Canned jobs, labor rates, discounts with a name. */
export const offersQuery = queryOptions({ queryKey: ['orders', 'offers', {}], queryFn: () => client.pricing.offers({}) })

/** Shorter texts fit half the shop. */
export const SHORTEST_TEXT = 2

/** Parts of the inventory that fit what is typed. */
export const partsQuery = (text: string) =>
  queryOptions({
    queryKey: ['orders', 'parts', { text }],
    queryFn: ({ signal }) => client.orders.findParts({ text }, { signal }),
    enabled: text.trim().length >= SHORTEST_TEXT,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })

/** Parts with this number, for a scan. */
export function findPartsNow(text: string) {
  return client.orders.findParts({ text })
}

/** As many visits as `customers.history` answers with when there are more. */
const HISTORY_PAGE = 20

/** Visits of a vehicle, newest first. */
export const visitsQuery = (vehicleId: string) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'history', { vehicleId }],
    queryFn: ({ pageParam }) => client.customers.history({ vehicleId, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < HISTORY_PAGE ? undefined : page.at(-1)?.checkedInAt),
  })

export const customerQuery = (customerId: string | undefined) =>
  queryOptions({
    queryKey: ['customers', 'get', customerId ?? ''],
    queryFn: () => client.customers.get({ customerId: customerId ?? '' }),
    enabled: customerId !== undefined,
  })

export const vehicleQuery = (vehicleId: string | undefined) =>
  queryOptions({
    queryKey: ['vehicles', 'get', vehicleId ?? ''],
    queryFn: () => client.vehicles.get({ vehicleId: vehicleId ?? '' }),
    enabled: vehicleId !== undefined,
  })

/** A vehicle with its owner, now. */
export function loadVehicle(vehicleId: string) {
  return client.vehicles.get({ vehicleId })
}

/** Customers and vehicles for the check-in, by anything the one search box understands. */
export const findCustomersQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', 'check-in', { text }],
    queryFn: ({ signal }) => client.customers.search({ text, limit: 10 }, { signal }),
    enabled: text.length >= SHORTEST_TEXT,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })

/** The answer to exactly this text, joining the question when it is already on its way. */
export function findCustomersNow(text: string) {
  return queryClient.fetchQuery({ ...findCustomersQuery(text), staleTime: 1000 })
}

/** Who a new customer might be already. */
export function duplicatesQuery({ firstName, lastName, companyName, phone }: Omit<NewCustomerDraft, 'isWalkIn'>) {
  const typed = { firstName, lastName, companyName, phone, email: '' }
  return queryOptions({
    queryKey: ['customers', 'duplicates', typed],
    queryFn: ({ signal }) => client.customers.duplicates(typed, { signal }),
    enabled: [lastName, companyName, phone].some((text) => text.trim().length >= SHORTEST_TEXT),
    placeholderData: keepPreviousData,
  })
}

/** Every writing call answers with the order as it stands: put where it is shown. */
function keep(order: Order): Order {
  queryClient.setQueryData(orderQuery(order.id).queryKey, order)
  void queryClient.invalidateQueries({ queryKey: ['orders', 'missing', order.id] })
  return order
}

export async function checkIn(input: Input<'checkIn'>): Promise<Order> {
  return keep(await client.orders.checkIn(input))
}

export async function createCustomer(customerId: string, fields: CustomerFields) {
  const customer = await client.customers.create({ customerId, fields })
  queryClient.setQueryData(customerQuery(customer.id).queryKey, customer)
  return customer
}

export async function createVehicle(input: Parameters<typeof client.vehicles.create>[0]) {
  const vehicle = await client.vehicles.create(input)
  await queryClient.invalidateQueries({ queryKey: customerQuery(input.customerId).queryKey })
  return vehicle
}

/** The undoing of both. */
export async function takeBack(input: Parameters<typeof client.customers.takeBack>[0]): Promise<void> {
  await client.customers.takeBack(input)
}

export async function updateOrder(input: Input<'update'>): Promise<Order> {
  return keep(await client.orders.update(input))
}

export async function addJob(input: Input<'addJob'>): Promise<Order> {
  return keep(await client.orders.addJob(input))
}

export async function addCannedJob(input: Input<'addCannedJob'>): Promise<Order> {
  return keep(await client.orders.addCannedJob(input))
}

export async function outTheDoor(input: Input<'outTheDoor'>, withApproval: WithApproval): Promise<Order> {
  return keep(await withApproval((approval) => client.orders.outTheDoor({ ...input, ...approval })))
}

export async function chooseRate(
  orderId: string,
  input: Omit<Parameters<typeof client.pricing.chooseRate>[0], 'approval'>,
  withApproval: WithApproval,
): Promise<void> {
  await withApproval((approval) => client.pricing.chooseRate({ ...input, ...approval }))
  await lookAgain(orderId)
}

export async function updateJob(input: Input<'updateJob'>): Promise<Order> {
  return keep(await client.orders.updateJob(input))
}

export async function removeJob(input: Input<'removeJob'>, withApproval: WithApproval): Promise<Order> {
  return keep(await withApproval((approval) => client.orders.removeJob({ ...input, ...approval })))
}

export async function addLines(input: Input<'addLines'>, withApproval: WithApproval): Promise<Order> {
  return keep(await withApproval((approval) => client.orders.addLines({ ...input, ...approval })))
}

export async function updateLine(input: Input<'updateLine'>, withApproval: WithApproval): Promise<Order> {
  return keep(await withApproval((approval) => client.orders.updateLine({ ...input, ...approval })))
}

export async function removeLine(input: Input<'removeLine'>, withApproval: WithApproval): Promise<Order> {
  return keep(await withApproval((approval) => client.orders.removeLine({ ...input, ...approval })))
}

export async function decide(input: Input<'decide'>, withApproval: WithApproval): Promise<Order> {
  return keep(await withApproval((approval) => client.orders.decide({ ...input, ...approval })))
}

/** What another counter made of the order, when this one was told that it changed. */
export async function lookAgain(orderId: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: orderQuery(orderId).queryKey })
}

export async function authorize(input: Input<'authorize'>): Promise<Order> {
  return keep(await client.orders.authorize(input))
}

export async function revive(input: Input<'revive'>, withApproval: WithApproval): Promise<Order> {
  const order = keep(await withApproval((approval) => client.orders.revive({ ...input, ...approval })))
  await queryClient.invalidateQueries({ queryKey: ['orders', 'declinedWork'] })
  return order
}

export async function stopOffering(kind: 'job' | 'line', id: string, stopped: boolean): Promise<void> {
  await client.orders.stopOffering({ kind, id, stopped })
  await queryClient.invalidateQueries({ queryKey: ['orders', 'declinedWork'] })
}

export async function transition(input: Input<'transition'>, withApproval: WithApproval): Promise<Order> {
  return keep(await withApproval((approval) => client.orders.transition({ ...input, ...approval })))
}

export async function removeOrder(orderId: string): Promise<void> {
  await client.orders.remove({ orderId })
}

export async function restoreOrder(orderId: string): Promise<void> {
  keep(await client.orders.restore({ orderId }))
}

export async function issueInvoice(
  input: Omit<Parameters<typeof client.invoices.issue>[0], 'approval'>,
  withApproval: WithApproval,
): Promise<void> {
  await withApproval((approval) => client.invoices.issue({ ...input, ...approval }))
  await queryClient.invalidateQueries({ queryKey: orderQuery(input.orderId).queryKey })
}

export async function voidInvoice(
  orderId: string,
  input: { invoiceId: string; reason: string },
  withApproval: WithApproval,
): Promise<void> {
  await withApproval((approval) => client.invoices.void({ ...input, ...approval }))
  await queryClient.invalidateQueries({ queryKey: orderQuery(orderId).queryKey })
}
