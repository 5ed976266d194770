import { Client } from 'pg'
import type { Log } from '../src-main/base/log'
import type { ConnectionSettings } from '../src-main/database/connection-settings'
import { fillDemoShop } from '../src-main/features/demo/fill-demo-shop'
import { countWork, idleShare, logMeter, loneLogBytes } from './count-work'
import { type Floor, openFloor, prepareFloor } from './floor'
import { sellTogether, type TogetherResult } from './four-counters'
import { type HotPlans, watchPlans } from './hot-plans'
import { compare, type Comparison, percentile } from './measure-blocks'
import { openCounter, type Counter } from './open-counter'
import { onOwnProcessors } from './own-processors'
import { decodableVins, readOperations, screenTexts, searchTexts } from './reads'
import { Sales, sell, sellByHand } from './sales'

export interface Operation extends Comparison {
  readonly name: string
  /** share of the machine that was idle just before and after, the smaller of the two */
  readonly idleBefore: number
}

export interface ShopResult {
  readonly orders: number
  readonly customers: number
  readonly vehicles: number
  readonly fillMs: number
  readonly operations: readonly Operation[]
  readonly saleLog: {
    readonly aloneBytes: number
    readonly burstBytes: number
    readonly floorAloneBytes: number
    readonly floorBurstBytes: number
  }
  readonly searchInDatabase: { readonly p50: number; readonly p95: number; readonly idleBefore: number }
  readonly together: TogetherResult & { readonly idleBefore: number }
  readonly plans: HotPlans
}

/** What is asked at the web host afterwards, out of the shop that was filled. */
export interface Questions {
  readonly sales: Sales
  /** for the search box */
  readonly texts: readonly string[]
  readonly vins: readonly string[]
}

export interface Place {
  readonly owner: ConnectionSettings
  readonly app: ConnectionSettings
  readonly superuser: ConnectionSettings
  readonly dataFolder: string
  readonly log: Log
}

// 500 samples of each side: a median of ten blocks hardly notices a neighbour who comes and goes.
const BLOCKS = { blocks: 10, perBlock: 50 }
const TOGETHER = 4
const WARM_UP_ROUNDS = 600
const WARM_UP_SALES = 300
/** Until then the compiler is at work too: after 800 sales one takes a quarter more processor time than after 2,400. */
const COMPILED_AFTER = 2_000
let warmUpsSold = 0

/** Up to 10,000 orders a shop of 40 visits a day, above it a large one of 126; the largest has 50,000 customers with 80,000 vehicles. */
export function sizeOf(orders: number): { orders: number; customers: number; vehicles: number; days: number } {
  const customers = Math.min(50_000, Math.max(500, orders))
  const days = Math.max(30, Math.round(orders / (orders > 10_000 ? 126 : 40)))
  return { orders, customers, vehicles: Math.round(customers * 1.6), days }
}

/** Fills an empty migrated database and measures everything on it. */
export async function measureShop(
  place: Place,
  orders: number,
  say: (text: string) => void,
): Promise<{ result: ShopResult; questions: Questions }> {
  const size = sizeOf(orders)
  const began = performance.now()
  await fillDemoShop(place.owner, size)
  const fillMs = performance.now() - began
  say(`${orders.toLocaleString('en-US')} orders filled in ${(fillMs / 1000).toFixed(1)} s`)
  await prepareFloor(place.owner)
  const owner = await connected(place.owner)
  const superuser = await connected(place.superuser)
  const pairs: { counter: Counter; floor: Floor }[] = []
  try {
    const sales = await prepareSales(owner)
    for (let n = 0; n < TOGETHER; n += 1) pairs.push(await openPair(place, owner))
    const [first] = pairs
    if (!first) throw new Error('no counter is open')
    await superuser.query('CHECKPOINT')
    const operations = await onOwnProcessors(superuser, () => measureOperations(owner, first, sales, say))
    const saleLog = await measureLog(superuser, first, sales)
    const searchInDatabase = await measureSearch(place, owner, first.counter.shop.id)
    say('four counters at once')
    const idleBefore = await idleShare()
    const sold = await sellTogether(pairs, sales, owner, { blocks: 3, perBlock: 12 })
    const together = { ...sold, idleBefore: Math.min(idleBefore, await idleShare()) }
    const plans = await watchPlans(superuser, place.owner.database, (watch) => onceEach(place, owner, sales, watch))
    const { customers, vehicles } = size
    const result = { orders, customers, vehicles, fillMs, operations, saleLog, searchInDatabase, together, plans }
    return { result, questions: await prepareQuestions(owner, sales) }
  } finally {
    for (const { counter, floor } of pairs) await Promise.all([counter.close(), floor.close()])
    await Promise.all([owner.end(), superuser.end()])
  }
}

/** Fills an empty migrated database, for what is asked at the web host alone. */
export async function fillForScreens(place: Pick<Place, 'owner'>, orders: number): Promise<Questions> {
  await fillDemoShop(place.owner, sizeOf(orders))
  const owner = await connected(place.owner)
  try {
    return await prepareQuestions(owner, await prepareSales(owner))
  } finally {
    await owner.end()
  }
}

async function prepareQuestions(owner: Client, sales: Sales): Promise<Questions> {
  const shopId = await shopOf(owner)
  return { sales, texts: await screenTexts(owner, shopId), vins: await decodableVins(owner, shopId) }
}

async function shopOf(owner: Client): Promise<string> {
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM known_shops()')
  return rows[0]?.id ?? ''
}

async function connected(settings: ConnectionSettings): Promise<Client> {
  const client = new Client(settings)
  await client.connect()
  return client
}

async function prepareSales(owner: Client): Promise<Sales> {
  return Sales.prepare(owner, await shopOf(owner))
}

async function openPair(place: Place, owner: Client): Promise<{ counter: Counter; floor: Floor }> {
  const counter = await openCounter(place)
  const { rows } = await owner.query<{ snapshot: string }>(
    `SELECT snapshot::text AS snapshot FROM invoices WHERE snapshot IS NOT NULL ORDER BY abs(length(snapshot::text) - 2600), id LIMIT 1`,
  )
  const options = {
    owner: place.owner,
    app: place.app,
    shopId: counter.shop.id,
    userId: counter.userId,
    snapshot: rows[0]?.snapshot ?? '{}',
  }
  return { counter, floor: await openFloor(options) }
}

async function measureOperations(
  owner: Client,
  { counter, floor }: { counter: Counter; floor: Floor },
  sales: Sales,
  say: (text: string) => void,
): Promise<Operation[]> {
  const work = countWork()
  const operations: Operation[] = []
  const reads = await readOperations(owner, counter.shop.id, floor, counter)
  // All of them first: what is measured first must not pay for compiling what every call goes through.
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) for (const { application } of reads) await application(() => undefined)
  for (const read of reads) {
    say(read.name)
    const idleBefore = await idleShare()
    const [whole] = await compare(read.floor, read.application, work, BLOCKS)
    if (whole) operations.push({ ...whole, name: read.name, idleBefore: Math.min(idleBefore, await idleShare()) })
  }
  say('whole sale')
  const warmUp = Math.max(WARM_UP_SALES, COMPILED_AFTER - warmUpsSold)
  for (let sale = 0; sale < warmUp; sale += 1) await sell(counter, sales.next(), () => undefined)
  warmUpsSold += warmUp
  const idleBefore = await idleShare()
  const steps = await compare(
    (lap) => sellByHand(floor, sales.next(), lap),
    (lap) => sell(counter, sales.next(), lap),
    work,
    BLOCKS,
  )
  const idle = Math.min(idleBefore, await idleShare())
  for (const step of steps) operations.push({ ...step, name: step.step === 'whole' ? 'whole sale' : step.step, idleBefore: idle })
  work.end()
  return operations
}

const RUNS_IN_A_BURST = 20

async function measureLog(
  superuser: Client,
  { counter, floor }: { counter: Counter; floor: Floor },
  sales: Sales,
): Promise<ShopResult['saleLog']> {
  const noLap = (): void => undefined
  const byProgram = (): Promise<void> => sell(counter, sales.next(), noLap)
  const byHand = (): Promise<void> => sellByHand(floor, sales.next(), noLap)
  const inBurst = async (action: () => Promise<void>): Promise<number> => {
    const since = await logMeter(superuser)
    for (let run = 0; run < RUNS_IN_A_BURST; run += 1) await action()
    return (await since()) / RUNS_IN_A_BURST
  }
  return {
    burstBytes: await inBurst(byProgram),
    floorBurstBytes: await inBurst(byHand),
    aloneBytes: await loneLogBytes(superuser, byProgram),
    floorAloneBytes: await loneLogBytes(superuser, byHand),
  }
}

/** The search function alone, as the application's role sends it: everything but the program around it. */
async function measureSearch(place: Place, owner: Client, shopId: string): Promise<ShopResult['searchInDatabase']> {
  const texts = await searchTexts(owner, shopId)
  const client = await connected({ ...place.app, options: `-c app.current_shop_id=${shopId} -c TimeZone=UTC` } as ConnectionSettings)
  const ms: number[] = []
  const idleBefore = await idleShare()
  for (const [at, text] of [...texts.slice(0, 40), ...texts].entries()) {
    const began = performance.now()
    await client.query({ name: 'search', text: 'SELECT * FROM search_counter($1, 12)', values: [text] })
    if (at >= 40) ms.push(performance.now() - began)
  }
  await client.end()
  return { p50: percentile(ms, 0.5), p95: percentile(ms, 0.95), idleBefore: Math.min(idleBefore, await idleShare()) }
}

/** One of each operation at a counter of its own, for its plans. */
async function onceEach(place: Place, owner: Client, sales: Sales, watch: (pool: unknown) => Promise<void>): Promise<void> {
  const { counter, floor } = await openPair(place, owner)
  try {
    await watch(counter.shop.db.knex.client)
    for (const { application } of await readOperations(owner, counter.shop.id, floor, counter)) await application(() => undefined)
    await sell(counter, sales.next(), () => undefined)
    for (const text of (await searchTexts(owner, counter.shop.id)).slice(0, 13)) await counter.calls.customers.search({ text })
  } finally {
    await Promise.all([counter.close(), floor.close()])
  }
}
