import { expect } from 'vitest'
import type { Counter } from '../e2e/support/counter'

/** The catalogue is loaded behind the first screen: what compares whole tables waits until it is there. */
export async function vinDataLoaded({ api }: Counter): Promise<void> {
  await expect.poll(async () => (await api.vehicles.decodeVin({ vin: '1HGCM82633A004352' })).ready, { timeout: 60_000 }).toBe(true)
}
