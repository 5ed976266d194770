import { judgeVin, tidyVin } from '../../../src-preload/contract/vin'
import type { DecodedVin } from '../../../src-preload/contract/vehicles'
import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { bestFacts, describedPart, engineWords, type VinFacts } from './vin-patterns'
import { hasVinCatalogue, selectVinMaker, type VinMaker } from './vin-queries'
import { vinYears } from './vin-years'

type Known = Omit<DecodedVin, 'vin' | 'checkDigit' | 'complete' | 'ready' | 'message'>

const nothing: Known = { year: null, make: '', model: '', engine: '', drivetrain: '', body: '', maker: '' }
const BY_HAND = 'Type year, make and model by hand.'
/** Next year's models are on the road in this one. */
const YEARS_AHEAD = 1

/** What a VIN says of its car, out of the catalogue in the database: no network. A VIN that it cannot read is an answer, not an error. */
export async function decodeVin(ctx: Ctx, { vin: typed }: { vin: string }): Promise<DecodedVin> {
  const vin = tidyVin(typed)
  const verdict = judgeVin(vin)
  const checkDigit = verdict === 'right' ? 'right' : verdict === 'check_digit_wrong' ? 'wrong' : 'not_applicable'
  const answer = (known: Known, message: string, ready = true): DecodedVin => ({
    vin,
    ...known,
    checkDigit,
    complete: known.year !== null && known.make !== '' && known.model !== '',
    ready,
    message,
  })
  if (verdict === 'bad_letter') return answer(nothing, `A VIN has no letters I, O or Q, and no signs. ${BY_HAND}`)
  if (vin.length !== 17)
    return answer(nothing, `A VIN has 17 characters, this one ${vin.length}; cars before 1981 have shorter ones. ${BY_HAND}`)
  const db = reading(ctx.db)
  const newest = ctx.clock.now().getUTCFullYear() + YEARS_AHEAD
  const maker = await selectVinMaker(db, wmiOf(vin), vinYears(vin, '', newest))
  if (maker) {
    const known = knownOf(vin, maker, newest)
    return answer(known, sentence(known))
  }
  if (!(await hasVinCatalogue(db)))
    return answer(nothing, `The VIN catalogue is still being loaded. Try again in a moment, or type the car by hand.`, false)
  // A maker who is unknown to NHTSA need not use the American year code: only where the rest of the American form holds too.
  const year = checkDigit === 'right' ? (vinYears(vin, '', newest)[0] ?? null) : null
  const known = { ...nothing, year }
  return answer(
    known,
    `${year === null ? '' : `Model year ${year} by its code. `}Nobody is known who numbers cars ${vin.slice(0, 3)}. ${BY_HAND}`,
  )
}

/** Makers of few vehicles have a 9 in position 3 and share the rest of it; positions 12-14 tell them apart. */
function wmiOf(vin: string): string {
  return vin.charAt(2) === '9' ? vin.slice(0, 3) + vin.slice(11, 14) : vin.slice(0, 3)
}

function knownOf(vin: string, maker: VinMaker, newest: number): Known {
  const part = describedPart(vin)
  const years = vinYears(vin, maker.kind, newest)
  const make = maker.makes.length === 1 ? (maker.makes[0] ?? '') : ''
  let beside: VinFacts | undefined
  for (const year of years) {
    const facts = bestFacts(
      maker.schemas.filter(({ first, last }) => year >= first && year <= last).map(({ patterns }) => patterns),
      part,
    )
    if (facts['m']) return { ...described(facts), year, maker: maker.maker }
    beside ??= facts
  }
  return { ...described(beside ?? {}), make, year: years[0] ?? null, maker: maker.maker }
}

function described(facts: VinFacts): Omit<Known, 'year' | 'maker'> {
  const [make = '', model = ''] = (facts['m'] ?? '').split('|')
  return {
    make,
    model: [model, facts['s']].filter(Boolean).join(' '),
    engine: engineWords(facts),
    drivetrain: facts['d'] ?? '',
    body: facts['b'] ?? '',
  }
}

function sentence(known: Known): string {
  const name = [known.year, known.make || known.maker, known.model].filter(Boolean).join(' ')
  if (known.model !== '' && known.year !== null) return `${[name, known.engine, known.drivetrain, known.body].filter(Boolean).join(', ')}.`
  const missing = [known.year === null && 'year', known.make === '' && 'make', known.model === '' && 'model'].filter(Boolean)
  return `${name}: the catalogue knows no more of this one. Type ${missing.join(', ').replace(/, (?=[^,]*$)/, ' and ')} by hand.`
}
