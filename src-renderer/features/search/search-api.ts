import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { SearchHit } from '../../../src-preload/contract/customers'
import { client } from '../../base/client'
import { queryClient } from '../../base/query-client'
import { decodeQuery } from '../../base/vin-catalogue'

/** Shorter texts fit half the shop. */
export const SHORTEST_TEXT = 2
const LIMIT = 12

/** Rows for a text. An answer belongs to its text: one that comes late is thrown away, and its question is taken back. */
export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', 'find', { text }],
    queryFn: ({ signal }) => client.customers.search({ text, limit: LIMIT }, { signal }),
    enabled: text.length >= SHORTEST_TEXT,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 30_000,
  })

/** Parts with this number. */
export function findParts(text: string) {
  return client.orders.findParts({ text })
}

/** What a VIN says of a car that is in no file. */
export function decode(vin: string) {
  return queryClient.fetchQuery(decodeQuery(vin))
}

/** The answer to exactly this text, joining the question when it is already on its way. */
export function findNow(text: string): Promise<SearchHit[]> {
  return queryClient.fetchQuery({ ...searchQuery(text), staleTime: 1000 })
}
