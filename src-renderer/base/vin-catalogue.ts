import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { judgeVin, tidyVin } from '../../src-preload/contract/vin'
import { client } from './client'

const AGAIN_MS = 1000

/** What a VIN says of its car; asked as soon as all its characters are there. The catalogue never changes while somebody types. */
export const decodeQuery = (typed: string) => {
  const verdict = judgeVin(typed)
  return queryOptions({
    queryKey: ['catalogue', 'decode', { vin: tidyVin(typed) }],
    queryFn: () => client.vehicles.decodeVin({ vin: tidyVin(typed) }),
    enabled: verdict === 'right' || verdict === 'check_digit_wrong',
    staleTime: ({ state }) => (state.data?.ready ? Infinity : 0),
    // Right after the very first start the catalogue is on its way.
    refetchInterval: ({ state }) => (state.data?.ready === false ? AGAIN_MS : false),
  })
}

const ofYear = (year: number | null): { year?: number } => (year !== null && year >= 1886 && year <= 2100 ? { year } : {})

export const makesQuery = (text: string, year: number | null) =>
  queryOptions({
    queryKey: ['catalogue', 'makes', { text, year }],
    queryFn: ({ signal }) => client.vehicles.makes({ text, ...ofYear(year) }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })

export const modelsQuery = (make: string, text: string, year: number | null) =>
  queryOptions({
    queryKey: ['catalogue', 'models', { make, text, year }],
    queryFn: ({ signal }) => client.vehicles.models({ make, text, ...ofYear(year) }, { signal }),
    enabled: make.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
