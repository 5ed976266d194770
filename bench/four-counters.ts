import type { Client } from 'pg'
import type { Counter } from './open-counter'
import type { Floor } from './floor'
import { type Blocks, median, percentile } from './measure-blocks'
import { sell, sellByHand, type Sales } from './sales'

export interface TogetherResult {
  readonly floor: { readonly p50: number; readonly p95: number; readonly perSecond: number }
  readonly application: { readonly p50: number; readonly p95: number; readonly perSecond: number }
  readonly ratio: number
  readonly errors: number
  /** numbers of orders and invoices that nobody has, or that two have */
  readonly gapsAndDuplicates: number
}

interface Turn {
  readonly ms: readonly number[]
  readonly wallMs: number
  readonly errors: number
}

/** Several counters sell at the same time, each with connections of its own. */
export async function sellTogether(
  counters: readonly { counter: Counter; floor: Floor }[],
  sales: Sales,
  owner: Client,
  { blocks, perBlock }: Blocks,
): Promise<TogetherResult> {
  const noLap = (): void => undefined
  const byHand = (): Promise<Turn> => turn(counters, perBlock, ({ floor }) => sellByHand(floor, sales.next(), noLap))
  const byProgram = (): Promise<Turn> => turn(counters, perBlock, ({ counter }) => sell(counter, sales.next(), noLap))
  await byHand()
  await byProgram()
  const sides: { floor: Turn; application: Turn }[] = []
  for (let block = 0; block < blocks; block += 1) sides.push({ floor: await byHand(), application: await byProgram() })
  return {
    floor: summary(sides.map(({ floor }) => floor)),
    application: summary(sides.map(({ application }) => application)),
    ratio: median(sides.map(({ floor, application }) => median(application.ms) / median(floor.ms))),
    errors: sides.reduce((sum, { floor, application }) => sum + floor.errors + application.errors, 0),
    gapsAndDuplicates: await gapsAndDuplicates(owner),
  }
}

async function turn<Place>(places: readonly Place[], runs: number, action: (place: Place) => Promise<void>): Promise<Turn> {
  const ms: number[] = []
  let errors = 0
  const began = performance.now()
  await Promise.all(
    places.map(async (place) => {
      for (let run = 0; run < runs; run += 1) {
        const start = performance.now()
        try {
          await action(place)
          ms.push(performance.now() - start)
        } catch {
          errors += 1
        }
      }
    }),
  )
  return { ms, wallMs: performance.now() - began, errors }
}

function summary(turns: readonly Turn[]): TogetherResult['floor'] {
  const ms = turns.flatMap((each) => each.ms)
  return { p50: median(ms), p95: percentile(ms, 0.95), perSecond: median(turns.map((each) => (each.ms.length * 1000) / each.wallMs)) }
}

const NUMBERS = `
  SELECT sum(abs(c.next_value - 1 - n.given))::int AS wrong
  FROM shop_counters c
  JOIN LATERAL (
    SELECT count(DISTINCT number) AS given FROM (
      SELECT r.ro_number AS number FROM repair_orders r WHERE c.counter = 'ro' AND r.shop_id = c.shop_id
      UNION ALL
      SELECT i.invoice_number FROM invoices i WHERE c.counter = 'invoice' AND i.shop_id = c.shop_id) x) n ON true
  WHERE c.counter IN ('ro', 'invoice')`

async function gapsAndDuplicates(owner: Client): Promise<number> {
  const { rows } = await owner.query<{ wrong: number }>(NUMBERS)
  return rows[0]?.wrong ?? Number.NaN
}
