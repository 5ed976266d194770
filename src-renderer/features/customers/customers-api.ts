import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
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

export async function addVehicle(vehicleId: string, customerId: string, fields: VehicleFields) {
  const vehicle = await client.vehicles.create({ vehicleId, customerId, fields })
  await queryClient.invalidateQueries({ queryKey: customerQuery(customerId).queryKey })
  return vehicle
}
