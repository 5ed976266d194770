import { uuid7 } from '../../src-main/base/uuid7'
import { arrivalAsSent, lineAsSent } from '../../src-main/testing/as-sent'
import { blankCustomer } from '../../src-preload/contract/customers'
import { cents, type Millionths, shareOf } from '../../src-preload/contract/money'
import type { Order } from '../../src-preload/contract/orders'
import { blankVehicle } from '../../src-preload/contract/vehicles'
import { cannedName, type FilledShop, partNumber } from './fill-shop'
import type { Met } from './met'
import { least, most, rateOf } from './exact'
import { type BilledLine, OracleOrder } from './oracle-bill'
import { cannedPrice, hourPrice, stockPrice } from './oracle-prices'
import type { LinePlan, OrderPlan } from './order-plan'

/** One order under way: the program's and the oracle's, moved by the same steps. */
export interface Play {
  readonly shop: FilledShop
  readonly plan: OrderPlan
  readonly met: Met
  readonly oracle: OracleOrder
  readonly jobs: { readonly id: string; readonly name: string }[]
  /** the program's id of each line */
  readonly ids: Map<BilledLine, string>
  /** as the program last answered */
  order: Order
  serial: number
}

/** Before the order is there. */
type BegunPlay = Omit<Play, 'order'>

/** Whole orders of one line above this would not fit the columns of the database together. */
const MOST_OF_A_LINE = 200_000_000n
/** 999.99 hours */
const MOST_HOURS = 99_999n
const WORDS = { labor: 'Work', part: 'Piece', fee: 'Disposal of item', discount: 'Goodwill' } as const

const asNumber = (value: bigint): number => Number(value)
const asCents = (value: bigint) => cents(asNumber(value))

/** From check-in to an estimate that stands, discounts and what was declined included. */
export async function estimateOrder(shop: FilledShop, plan: OrderPlan, met: Met): Promise<Play> {
  const play = await arrive(shop, plan, met)
  for (const [at, lines] of plan.jobs.entries()) if (at > 0 || !plan.atOnce) await addJob(play, lines)
  if (plan.loose.length > 0) await addLines(play, null, plan.loose)
  await addCanned(play)
  for (const change of plan.changes) await changeLine(play, change)
  for (const decline of plan.declines) await declineSome(play, decline)
  for (const discount of plan.discounts) await addDiscount(play, discount)
  await goOutTheDoor(play)
  return play
}

async function arrive(shop: FilledShop, plan: OrderPlan, met: Met): Promise<Play> {
  const { api, rateIds } = shop
  const [customerId, vehicleId] = [uuid7(), uuid7()]
  const exemption = plan.isExempt ? { taxExempt: true, taxExemptNumber: 'EX-77' } : {}
  const person = { ...blankCustomer, firstName: 'Carla', lastName: 'Tester', phone: '(555) 010-0142', ...exemption }
  await api.customers.create({ customerId, fields: person })
  const car = { ...blankVehicle, year: 2019, make: 'Honda', model: 'Civic', licensePlate: vehicleId.slice(-7).toUpperCase() }
  await api.vehicles.create({ vehicleId, customerId, fields: car })
  const choose = (target: 'customer' | 'vehicle' | 'order', id: string, now: string) =>
    api.pricing.chooseRate({ target, id, was: null, now })
  if (plan.rates.customer) await choose('customer', customerId, rateIds[0])
  if (plan.rates.vehicle) await choose('vehicle', vehicleId, rateIds[1])
  const oracle = new OracleOrder(shop.plan, plan.isExempt)
  const begun: BegunPlay = { shop, plan, met, oracle, jobs: [], ids: new Map(), serial: 0 }
  const first = plan.atOnce ? (plan.jobs[0] ?? []) : []
  // What an hour costs on an order is known once it is there: what comes with the check-in was typed.
  const made = first.map((line) => plannedLine(begun, 'Job 1', { ...line, byRule: false }))
  const jobs = made.length > 0 ? [{ jobId: uuid7(), name: 'Job 1', lines: made.map(({ sent }) => sent) }] : []
  for (const { jobId, name } of jobs) begun.jobs.push({ id: jobId, name })
  const promisedAt = new Date(Date.now() + 86_400_000).toISOString()
  const arrival = { ...arrivalAsSent({ customerId, vehicleId }), odometer: 48_210, promisedAt, jobs }
  const play: Play = Object.assign(begun, { order: await api.orders.checkIn(arrival) })
  oracle.add(...made.map(({ line }) => line))
  if (plan.rates.order) {
    await choose('order', play.order.id, rateIds[2])
    play.order = await api.orders.get({ orderId: play.order.id })
  }
  met.count(plan.isExempt ? 'exempt customer' : 'taxed customer')
  if (oracle.rate === 0n && !plan.isExempt) met.count('tax rate 0')
  return play
}

/** One piece where the wanted quantity would not fit the database's columns. */
function fitting(kind: BilledLine['kind'], hundredths: bigint, price: bigint): bigint {
  return (kind === 'labor' && hundredths > MOST_HOURS) || (hundredths * price) / 100n > MOST_OF_A_LINE ? 100n : hundredths
}

/** A line of the plan for both: at the rule's price where it is to have one. */
function plannedLine(play: BegunPlay, job: string | null, of: LinePlan, ruleCents?: number) {
  const { shop, plan, met } = play
  const isStocked = of.kind === 'part' && of.stock !== null
  const rulePrice = of.kind === 'labor' ? hourPrice(shop.plan, plan.rates) : isStocked ? stockPrice(shop.plan, of.stock) : null
  const byRule = of.byRule && rulePrice !== null && ruleCents !== undefined
  const price = byRule ? rulePrice : BigInt(of.cents)
  const hundredths = fitting(of.kind, BigInt(of.hundredths), price)
  play.serial += 1
  const name = `${WORDS[of.kind]} ${play.serial}`
  const line: BilledLine = { name, job, kind: of.kind, hundredths, price, taxable: of.taxable, status: 'quoted', feeRule: null, isStocked }
  const sent = lineAsSent({
    type: of.kind,
    description: name,
    quantityHundredths: asNumber(hundredths),
    unitPriceCents: byRule ? ruleCents : of.cents,
    taxable: of.taxable,
    partCondition: of.kind === 'part' ? 'new' : null,
    inventoryItemId: isStocked ? (shop.stockIds[of.stock] ?? null) : null,
  })
  play.ids.set(line, sent.lineId)
  met.count(of.kind)
  if (isStocked) met.count('part of the inventory')
  if (hundredths === 1n) met.count('quantity 0.01')
  if (hundredths > 99_999n) met.count('quantity of a thousand or more')
  return { line, sent }
}

/** What the program says its rules ask for a line; undefined where it has nothing to say. */
async function ruleCentsOf({ shop, order }: Play, { kind, stock, byRule }: LinePlan): Promise<number | undefined> {
  if (!byRule) return undefined
  if (kind === 'labor') return order.laborRate?.rateCents
  if (stock === null) return undefined
  const hits = await shop.api.orders.findParts({ text: partNumber(stock) })
  return hits.find(({ id }) => id === shop.stockIds[stock])?.priceCents
}

export async function addLines(play: Play, job: Play['jobs'][number] | null, plans: readonly LinePlan[]): Promise<void> {
  const made = []
  for (const plan of plans) made.push(plannedLine(play, job?.name ?? null, plan, await ruleCentsOf(play, plan)))
  const lines = made.map(({ sent }) => ({ ...sent, jobId: job?.id ?? null }))
  play.order = await play.shop.api.orders.addLines({ orderId: play.order.id, lines })
  play.oracle.add(...made.map(({ line }) => line))
}

export async function addJob(play: Play, plans: readonly LinePlan[]): Promise<void> {
  const job = { id: uuid7(), name: `Job ${play.jobs.length + 1}` }
  play.order = await play.shop.api.orders.addJob({ orderId: play.order.id, jobId: job.id, name: job.name })
  play.jobs.push(job)
  await addLines(play, job, plans)
}

async function addCanned(play: Play): Promise<void> {
  const { shop, plan, oracle, order, met } = play
  if (plan.canned === null) return
  const which = plan.canned.which % shop.plan.canned.length
  const canned = shop.canned[which]
  const taken = (shop.plan.canned[which] ?? [])
    .map((line, at) => ({ line, at, lineId: uuid7() }))
    .filter(({ line, at }) => !line.isOptional || ((plan.canned?.optional ?? 0) >> at) % 2 === 1)
  if (!canned || taken.length === 0) return
  const job = { id: uuid7(), name: `Kit ${which + 1}` }
  play.order = await shop.api.orders.addCannedJob({
    orderId: order.id,
    jobId: job.id,
    cannedJobId: canned.id,
    lines: taken.map(({ lineId, at }) => ({ lineId, cannedLineId: canned.lineIds[at] ?? '' })),
  })
  play.jobs.push(job)
  const hour = hourPrice(shop.plan, plan.rates)
  const lines = taken.map(({ line: of, at, lineId }) => {
    const line: BilledLine = {
      name: cannedName(which, at),
      job: job.name,
      kind: of.kind,
      hundredths: BigInt(of.hundredths),
      price: cannedPrice(shop.plan, of, hour),
      taxable: of.taxable ?? shop.plan.taxable[of.kind],
      status: 'quoted',
      feeRule: null,
      isStocked: of.stock !== null,
    }
    play.ids.set(line, lineId)
    return line
  })
  oracle.add(...lines)
  met.count('canned job')
}

/** The program's id of a line; a fee by rule got it from the program. */
export function idOf({ ids, order }: Play, line: BilledLine): string {
  return ids.get(line) ?? order.lines.find(({ description }) => description === line.name)?.id ?? ''
}

async function changeLine(play: Play, { at, what, hundredths, cents: priceCents }: OrderPlan['changes'][number]): Promise<void> {
  const { oracle, shop, met } = play
  const chosen = oracle.lines.filter(({ kind, status }) => kind !== 'discount' && status === 'quoted')
  const line = chosen[at % Math.max(chosen.length, 1)]
  if (!line || (what === 'remove' && chosen.filter(({ feeRule }) => feeRule === null).length <= 1)) return
  const lineId = idOf(play, line)
  const { price, taxable } = line
  if (what === 'remove') {
    play.order = await shop.api.orders.removeLine({ lineId })
    oracle.remove(line)
  } else if (what === 'tax') {
    play.order = await shop.api.orders.updateLine({ lineId, was: { taxable }, now: { taxable: !taxable } })
    oracle.change(line, { taxable: !taxable })
  } else if (what === 'price') {
    const now = { price: (BigInt(priceCents) * line.hundredths) / 100n > MOST_OF_A_LINE ? 1n : BigInt(priceCents) }
    play.order = await shop.api.orders.updateLine({
      lineId,
      was: { unitPriceCents: asCents(price) },
      now: { unitPriceCents: asCents(now.price) },
    })
    oracle.change(line, now)
  } else {
    const quantity = fitting(line.kind, BigInt(hundredths), price)
    const was = { quantityHundredths: asNumber(line.hundredths) }
    play.order = await shop.api.orders.updateLine({ lineId, was, now: { quantityHundredths: asNumber(quantity) } })
    oracle.change(line, { hundredths: quantity })
  }
  met.count(line.feeRule === null ? `changed line (${what})` : 'fee by rule changed by hand')
}

async function declineSome(play: Play, { at, wholeJob }: OrderPlan['declines'][number]): Promise<void> {
  const { oracle, shop, order, met } = play
  const chosen = oracle.lines.filter(({ status, job }) => status === 'quoted' && (!wholeJob || job !== null))
  const line = chosen[at % Math.max(chosen.length, 1)]
  if (!line) return
  const gone = wholeJob ? oracle.ofJob(line.job) : [line]
  if (gone.length >= oracle.live().filter(({ feeRule }) => feeRule === null).length) return
  const job = play.jobs.find(({ name }) => name === line.job)
  const target = wholeJob && job ? { jobId: job.id } : { lineId: idOf(play, line) }
  const was = order.lines.map(({ id, status }) => ({ lineId: id, status }))
  play.order = await shop.api.orders.decide({ orderId: order.id, ...target, decision: 'declined', was, reason: 'Too dear' })
  oracle.decline(gone)
  met.count(wholeJob ? 'declined job' : 'declined line')
}

async function addDiscount(play: Play, { job: at, way, millionths, taxable }: OrderPlan['discounts'][number]): Promise<void> {
  const { oracle, shop, order, met } = play
  const live = play.jobs.filter(({ name }) => oracle.ofJob(name).some(({ status }) => status !== 'declined'))
  const job = at === null ? undefined : live[at % Math.max(live.length, 1)]
  const { subtotal, discount } = oracle.totals()
  const base = job ? oracle.jobTotal(job.name) : subtotal
  const room = subtotal - discount
  // As the screen reckons a percentage: of the job, or of the order before other discounts.
  const shown = shareOf(
    job ? (order.jobs.find(({ id }) => id === job.id)?.totalCents ?? cents(0)) : order.subtotalCents,
    millionths as Millionths,
  )
  const price = least(way === 'percent' ? rateOf(most(base, 0n), BigInt(millionths)) : BigInt(millionths % 20_000), most(room, 0n))
  if (price <= 0n) return
  const sent = lineAsSent({
    jobId: job?.id ?? null,
    type: 'discount',
    description: `${WORDS.discount} ${(play.serial += 1)}`,
    unitPriceCents: way === 'percent' && shown <= room ? shown : asNumber(price),
    taxable,
    reason: 'Returning customer',
  })
  play.order = await shop.api.orders.addLines({ orderId: order.id, lines: [sent] })
  addOff(play, sent.lineId, sent.description, job?.name ?? null, price, taxable)
  met.count(`discount (${way}, ${job ? 'job' : 'order'})`)
}

function addOff({ oracle, ids }: Play, lineId: string, name: string, job: string | null, price: bigint, taxable: boolean): void {
  const off = {
    name,
    job,
    kind: 'discount' as const,
    hundredths: 100n,
    price,
    taxable,
    status: 'quoted' as const,
    feeRule: null,
    isStocked: false,
  }
  ids.set(off, lineId)
  oracle.add(off)
}

async function goOutTheDoor(play: Play): Promise<void> {
  const { oracle, shop, plan, order, met } = play
  const { total, subtotal, discount } = oracle.totals()
  if (plan.door === null) return
  const wanted = (total * BigInt(plan.door)) / 1000n
  const { labor, part, fee } = shop.plan.taxable
  const taxable = labor && part && fee
  const price = oracle.discountFor(wanted, taxable)
  if (price === null || price > subtotal - discount) return
  const lineId = uuid7()
  const amounts = { seenTotalCents: order.totalCents, wantedCents: asCents(wanted) }
  play.order = await shop.api.orders.outTheDoor({ orderId: order.id, lineId, ...amounts, reason: 'Round total' })
  addOff(play, lineId, 'Discount', null, price, taxable)
  met.count('out the door')
  if (oracle.totals().total < wanted) met.count('out the door, cent skipped')
}
