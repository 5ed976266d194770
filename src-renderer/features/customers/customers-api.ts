import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { PaidOut } from '../../../src-preload/contract/account-credit'
import type { ContactFields, MergeField } from '../../../src-preload/contract/accounts'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import type { VehicleFields } from '../../../src-preload/contract/vehicles'
import { client } from '../../base/client'
import { queryClient } from '../../base/query-client'
import type { WithApproval } from '../../base/use-approval'

/** As many rows as `customers.list` and `customers.history` answer with when there are more. */
const LIST_PAGE = 100
const HISTORY_PAGE = 20
const MOST_FOUND = 50
/** Shorter texts fit half the shop. */
export const SHORTEST_FILTER = 2

export const accountQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'account', customerId], queryFn: () => client.customers.account({ customerId }) })

export const customerQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'get', customerId], queryFn: () => client.customers.get({ customerId }) })

/** By name; `from`: where in the alphabet to start. */
export const customerListQuery = (removed: boolean, from: string) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'list', { removed, from }],
    queryFn: ({ pageParam }) => client.customers.list({ removed, after: pageParam }),
    initialPageParam: from,
    getNextPageParam: (page) => (page.length < LIST_PAGE ? undefined : page.at(-1)?.id),
    placeholderData: keepPreviousData,
  })

/** The rows of the search box, for the filter of the list. */
export const customersFoundQuery = (text: string) =>
  queryOptions({
    queryKey: ['customers', 'search', { text }],
    queryFn: ({ signal }) => client.customers.search({ text, limit: MOST_FOUND }, { signal }),
    enabled: text.length >= SHORTEST_FILTER,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  })

export const customerHistoryQuery = (customerId: string) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'history', customerId],
    queryFn: ({ pageParam }) => client.customers.history({ customerId, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: '',
    getNextPageParam: (page) => (page.length < HISTORY_PAGE ? undefined : page.at(-1)?.checkedInAt),
  })

type Identity = Pick<CustomerFields, 'firstName' | 'lastName' | 'companyName' | 'phone' | 'email'>

/** Who this might be already. */
export const duplicatesQuery = (identity: Identity) =>
  queryOptions({
    queryKey: ['customers', 'duplicates', identity],
    queryFn: ({ signal }) => client.customers.duplicates(identity, { signal }),
    enabled: Object.values(identity).some((text) => text.length >= SHORTEST_FILTER),
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  })

export async function createCustomer(customerId: string, fields: CustomerFields, withApproval: WithApproval) {
  const customer = await withApproval((approval) => client.customers.create({ customerId, fields, ...approval }))
  queryClient.setQueryData(customerQuery(customer.id).queryKey, customer)
  return customer
}

type Part = Partial<CustomerFields>

export async function updateCustomer(customerId: string, was: Part, now: Part, withApproval: WithApproval) {
  const customer = await withApproval((approval) => client.customers.update({ customerId, was, now, ...approval }))
  queryClient.setQueryData(customerQuery(customer.id).queryKey, customer)
  return customer
}

export async function removeCustomer(customerId: string, withApproval: WithApproval): Promise<void> {
  await withApproval((approval) => client.customers.remove({ customerId, ...approval }))
  await queryClient.invalidateQueries({ queryKey: ['customers'] })
}

export async function restoreCustomer(customerId: string, withApproval: WithApproval): Promise<void> {
  await withApproval((approval) => client.customers.restore({ customerId, ...approval }))
  await queryClient.invalidateQueries({ queryKey: ['customers'] })
}

/** Also what is shown of the customer elsewhere. */
const lookAgain = (): Promise<unknown> =>
  Promise.all(['customers', 'vehicles', 'orders'].map((area) => queryClient.invalidateQueries({ queryKey: [area] })))

export async function addContact(contactId: string, customerId: string, fields: ContactFields): Promise<void> {
  await client.customers.addContact({ contactId, customerId, fields })
  await lookAgain()
}

export async function updateContact(contactId: string, was: Partial<ContactFields>, now: Partial<ContactFields>): Promise<void> {
  await client.customers.updateContact({ contactId, was, now })
  await lookAgain()
}

export async function removeContact(contactId: string): Promise<void> {
  await client.customers.removeContact({ contactId })
  await lookAgain()
}

export async function restoreContact(contactId: string): Promise<void> {
  await client.customers.restoreContact({ contactId })
  await lookAgain()
}

export const consentsQuery = (customerId: string) =>
  queryOptions({ queryKey: ['customers', 'consents', customerId], queryFn: () => client.customers.consents({ customerId }) })

type ConsentInput = Parameters<typeof client.customers.giveConsent>[0]

/** A yes, or (`isGiven` false) a no; without address a no to all there are. */
export async function recordConsent(isGiven: boolean, input: ConsentInput): Promise<void> {
  const consents = await (isGiven ? client.customers.giveConsent(input) : client.customers.revokeConsent(input))
  queryClient.setQueryData(consentsQuery(input.customerId).queryKey, consents)
}

export const mergePreviewQuery = (keptId: string, mergedId: string) =>
  queryOptions({
    queryKey: ['customers', 'mergePreview', keptId, mergedId],
    queryFn: () => client.customers.mergePreview({ keptId, mergedId }),
    gcTime: 0,
  })

export async function mergeCustomers(
  merge: { mergeId: string; keptId: string; mergedId: string; take: MergeField[] },
  withApproval: WithApproval,
): Promise<void> {
  await withApproval((approval) => client.customers.merge({ ...merge, ...approval }))
  await lookAgain()
}

export async function undoMerge(mergeId: string, withApproval: WithApproval): Promise<void> {
  await withApproval((approval) => client.customers.undoMerge({ mergeId, ...approval }))
  await lookAgain()
}

type PayOut = Omit<Parameters<typeof client.payments.payOutCredit>[0], 'approval'>

export async function payOutCredit(input: PayOut, withApproval: WithApproval): Promise<PaidOut> {
  const paid = await withApproval((approval) => client.payments.payOutCredit({ ...input, ...approval }))
  await lookAgain()
  return paid
}

export async function addVehicle(vehicleId: string, customerId: string, fields: VehicleFields, movesPlate: boolean) {
  const vehicle = await client.vehicles.create({ vehicleId, customerId, fields, movesPlate })
  await queryClient.invalidateQueries({ queryKey: customerQuery(customerId).queryKey })
  return vehicle
}
