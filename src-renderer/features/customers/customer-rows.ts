import type { Customer, CustomerSummary, SearchHit } from '../../../src-preload/contract/customers'
import type { Cents } from '../../../src-preload/contract/money'

/** A line of the list. `kind` and `email` are unknown for customers found by the filter. */
export interface CustomerRow {
  id: string
  displayName: string
  kind: CustomerSummary['kind'] | null
  phone: string | null
  email: string | null
  vehicles: string
  balanceCents: Cents
  deletedAt: Customer['deletedAt']
}

/** One row a customer out of the hits of the search box (which has one for each of their vehicles), in the order found. */
export function rowsOfHits(hits: readonly SearchHit[]): CustomerRow[] {
  const rows = new Map<string, CustomerRow>()
  for (const hit of hits) {
    const vehicle = [hit.vehicleLabel, hit.plate].filter(Boolean).join(' ')
    const row = rows.get(hit.customerId)
    if (!row) {
      const displayName = hit.kind === 'customer' ? hit.title : hit.subtitle
      const { customerId: id, phone, balanceCents } = hit
      rows.set(id, { id, displayName, kind: null, phone, email: null, vehicles: vehicle, balanceCents, deletedAt: null })
    } else if (vehicle !== '' && !row.vehicles.includes(vehicle))
      row.vehicles = row.vehicles === '' ? vehicle : `${row.vehicles}, ${vehicle}`
  }
  return [...rows.values()]
}
