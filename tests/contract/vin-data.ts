// waits because the program tells nobody that its catalogue is loaded
import { setTimeout as sleep } from 'node:timers/promises'
import type { Counter } from '../e2e/support/counter'

/** The catalogue is loaded behind the first screen: what compares whole tables waits until it is there, where this host loads one. */
export async function vinDataLoaded({ api }: Counter): Promise<void> {
  for (let tries = 0; tries < 40; tries += 1) {
    if ((await api.vehicles.decodeVin({ vin: '1HGCM82633A004352' })).ready) return
    await sleep(100)
  }
}
