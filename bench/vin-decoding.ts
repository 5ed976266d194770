import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiClient } from '../src-preload/contract/api'
import { type Times, timesOf } from './times'

const WARM_UP = 40
const CATALOGUE_LIMIT_MS = 120_000

/** From the question to its answer, as check-in asks it. The catalogue is loaded behind a program that runs for the first time. */
export async function measureVinDecoding(calls: ApiClient, vins: readonly string[]): Promise<Times> {
  await catalogueIsThere(calls, vins[0] ?? '')
  return timesOf(vins, WARM_UP, async (vin) => {
    const began = performance.now()
    const { complete } = await calls.vehicles.decodeVin({ vin })
    const ms = performance.now() - began
    if (!complete) throw new Error('a VIN of the demo shop was not decoded')
    return ms
  })
}

async function catalogueIsThere(calls: ApiClient, vin: string): Promise<void> {
  const began = performance.now()
  while (!(await calls.vehicles.decodeVin({ vin })).ready) {
    if (performance.now() - began > CATALOGUE_LIMIT_MS) throw new Error('the VIN catalogue did not come')
    await sleep(200)
  }
}
