import { california } from './california'
import { colorado } from './colorado'
import { connecticut } from './connecticut'
import { florida } from './florida'
import { michigan } from './michigan'
import { newYork } from './new-york'
import type { RuleRow, RuleTopic, StatePack } from './state-pack'
import { strictDefault } from './strict-default'
import { washington } from './washington'

/** Every state with rules of its own, and last the strict default for all others. */
export const statePacks: readonly StatePack[] = [california, colorado, connecticut, florida, michigan, newYork, washington, strictDefault]

/** What holds in one state on one day. */
export interface StateRules {
  readonly name: string
  /** true = there is no pack for this state, or it does not reach back to this day */
  readonly isDefault: boolean
  readonly tolerance: RuleRow<'tolerance'>
  readonly fees: readonly RuleRow<'fees'>[]
  readonly content: readonly RuleRow<'content'>[]
  readonly notices: readonly RuleRow<'notices'>[]
  readonly records: RuleRow<'records'>
  readonly cash: RuleRow<'cash'>
}

/**
 * The one place where a state becomes rules. A day before the first rule of a pack has the strict default.
 * @param state two letters; null or unknown = strict default
 * @param day the shop's date, 'YYYY-MM-DD'
 */
export function rulesInForce(state: string | null, day: string): StateRules {
  const own = statePacks.find((pack) => pack.state !== null && pack.state === state)
  const pack = own && inForce(own, 'tolerance', day).length > 0 ? own : strictDefault
  return {
    name: pack.name,
    isDefault: pack === strictDefault,
    tolerance: last(pack, 'tolerance', day),
    fees: inForce(pack, 'fees', day),
    content: inForce(pack, 'content', day),
    notices: inForce(pack, 'notices', day),
    records: last(pack, 'records', day),
    cash: last(pack, 'cash', day),
  }
}

function inForce<Topic extends RuleTopic>(pack: StatePack, topic: Topic, day: string): RuleRow<Topic>[] {
  const rows: readonly RuleRow<Topic>[] = pack[topic]
  return rows.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo))
}

/** Of topics with one answer the row that came into force last. */
function last<Topic extends 'tolerance' | 'records' | 'cash'>(pack: StatePack, topic: Topic, day: string): RuleRow<Topic> {
  const newest = (of: StatePack, on: string) => inForce(of, topic, on).toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
  const row = newest(pack, day) ?? newest(strictDefault, day) ?? strictDefault[topic][0]
  if (row === undefined) throw new RangeError(`the strict default has no rule about ${topic}`)
  return row
}
