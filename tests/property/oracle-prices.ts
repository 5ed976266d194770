import { least, most, nearest, rateOf, sum } from './exact'
import type { Band, CannedLinePlan, FeePlan, ShopPlan } from './shop-plan'

// What the shop's rules make of a cost, an hour, a bill: written from the rules as they are stated, sharing no line with the program.

const ENDINGS = { '00': 0n, '49': 49n, '95': 95n, '99': 99n } as const

/** The first price with the shop's last two digits that is not less; nothing stays nothing. */
function ended(price: bigint, ending: ShopPlan['ending']): bigint {
  if (ending === 'none' || price === 0n) return price
  let candidate = (price / 100n) * 100n + ENDINGS[ending]
  if (candidate < price) candidate += 100n
  return candidate
}

/** 'multiplier': cost x factor; 'margin': cost / (1 - factor); the least of the band, then the ending, then the most of the band. */
function byBand({ way, factorMillionths, minCents, maxCents }: Band, cost: bigint, ending: ShopPlan['ending']): bigint {
  const factor = BigInt(factorMillionths)
  const exact = way === 'margin' ? nearest(cost * 1_000_000n, 1_000_000n - factor) : rateOf(cost, factor)
  const lifted = minCents === null ? exact : most(exact, BigInt(minCents))
  const price = ended(lifted, ending)
  return maxCents === null ? price : least(price, BigInt(maxCents))
}

/** Of the matrix of the part's category, else of the one for every part: the band with the highest beginning that the cost reaches. */
export function matrixPrice(shop: ShopPlan, category: string, costCents: number): bigint | null {
  const matrix =
    shop.matrices.find((each) => each.category !== '' && each.category === category) ?? shop.matrices.find((each) => each.category === '')
  const band = matrix?.bands.filter(({ fromCents }) => fromCents <= costCents).toSorted((a, b) => b.fromCents - a.fromCents)[0]
  return band ? byBand(band, BigInt(costCents), shop.ending) : null
}

/** A part of the inventory: by a matrix where one fits, else the price in the inventory. */
export function stockPrice(shop: ShopPlan, at: number): bigint {
  const part = shop.stock[at]
  if (!part) throw new RangeError(`no part ${at}`)
  return matrixPrice(shop, part.category, part.costCents) ?? BigInt(part.priceCents)
}

/** Whose labor rate was chosen. */
export interface ChosenRates {
  readonly customer: boolean
  readonly vehicle: boolean
  readonly order: boolean
}

/** The vehicle's rate, else the customer's, else the order's, else the shop's. */
export function hourPrice(shop: ShopPlan, chosen: ChosenRates): bigint {
  const [customer, vehicle, order] = shop.rates
  return BigInt(chosen.vehicle ? vehicle : chosen.customer ? customer : chosen.order ? order : shop.laborCents)
}

export function cannedPrice(shop: ShopPlan, { kind, priceCents, stock, costCents }: CannedLinePlan, hour: bigint): bigint {
  if (priceCents !== null) return BigInt(priceCents)
  if (kind === 'labor') return hour
  const price = stock === null ? matrixPrice(shop, '', costCents) : stockPrice(shop, stock)
  if (price === null) throw new RangeError('a canned part without a price')
  return price
}

/** A share of labor, parts or both before discounts, at most its cap, or an amount; nothing where there is nothing of its base. */
export function feePrice({ base, percentMillionths, amountCents, capCents }: FeePlan, labor: bigint, parts: bigint): bigint {
  const of = sum([base === 'parts' ? 0n : labor, base === 'labor' ? 0n : parts])
  if (of <= 0n) return 0n
  const amount = percentMillionths === null ? BigInt(amountCents ?? 0) : rateOf(of, BigInt(percentMillionths))
  return capCents === null ? amount : least(amount, BigInt(capCents))
}
