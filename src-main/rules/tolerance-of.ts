import { type Cents, shareOf, subtractCents, ZERO } from '../../src-preload/contract/money'
import type { Tolerance } from './state-pack'

/**
 * How far above an authorized total the bill may go without a new yes. The share is taken of the amount before tax and the whole is
 * added to the total with tax: never more than any of the laws allows, whether it counts tax or not.
 */
export function toleranceOf(rule: Tolerance, authorized: { readonly totalCents: Cents; readonly taxCents: Cents }): Cents {
  const tolerance = capped(rule, subtractCents(authorized.totalCents, authorized.taxCents))
  const exempt = subtractCents(rule.exemptCents, authorized.totalCents)
  return exempt > tolerance ? exempt : tolerance
}

function capped({ percent, flatCents, which, capCents }: Tolerance, beforeTax: Cents): Cents {
  if (which === 'none' || beforeTax <= 0) return ZERO
  const share = shareOf(beforeTax, percent)
  const amount = which === 'percent' ? share : which === 'lesser' ? smaller(share, flatCents) : larger(share, flatCents)
  return capCents === null ? amount : smaller(amount, capCents)
}

const smaller = (a: Cents, b: Cents): Cents => (a < b ? a : b)
const larger = (a: Cents, b: Cents): Cents => (a > b ? a : b)
