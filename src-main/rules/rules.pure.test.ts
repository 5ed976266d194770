import { describe, expect, it } from 'vitest'
import { cents, subtractCents, ZERO } from '../../src-preload/contract/money'
import { roundingOf } from './cash-rounding'
import { describeRule } from './describe-rule'
import { findMissing } from './find-missing'
import { keptUntil } from './kept-until'
import { printNotices } from './print-notices'
import { rulesInForce, statePacks } from './rules-in-force'
import { type ContentFacts, type RuleRow, type RuleTopic, StatePack } from './state-pack'
import { toleranceOf } from './tolerance-of'
import { whyNotFee } from './why-not-fee'

const TOPICS = ['tolerance', 'fees', 'content', 'notices', 'records', 'cash'] as const satisfies readonly RuleTopic[]

/** A paper that lacks nothing. */
const COMPLETE: ContentFacts = {
  registrationNumber: 'ARD00000',
  shopAddress: '1 Test Street, Sampletown',
  shopPhone: '(555) 555-0100',
  customerPhone: '(555) 555-0142',
  plate: '8TST042',
  vin: '',
  odometerIn: 84_210,
  odometerOut: 84_213,
  promisedAt: '2026-11-20T23:00:00Z',
  complaint: 'Squeals when braking',
  partsWithoutCondition: [],
  hasLabor: true,
  hasFees: false,
  mechanics: [{ name: 'Tara Wrench', number: 'M-1234' }],
  laborBasis: 'by the hour',
  guaranteeTerms: '12 months, parts and labor.',
  storageNotice: '',
}

const paper = (change: object): ContentFacts => ({ ...COMPLETE, ...change })

/** What the program makes of a case, and what the row's source says. */
const OUTCOMES: {
  [Topic in RuleTopic]: (rules: ReturnType<typeof rulesInForce>, row: RuleRow<Topic>, one: RuleRow<Topic>['cases'][number]) => void
} = {
  tolerance: (rules, _, { authorizedCents, allowedCents }) => {
    const allowed = toleranceOf(rules.tolerance.value, { totalCents: authorizedCents, taxCents: ZERO })
    expect(allowed).toBe(subtractCents(allowedCents, authorizedCents))
  },
  fees: (rules, row, { description, isPercent, isRefused }) => {
    const refused = whyNotFee(
      rules.fees.filter(({ value }) => value.forbids === row.value.forbids),
      { description, isPercent },
    )
    expect(refused !== null).toBe(isRefused)
    if (refused) expect(refused.sentence).toContain(row.value.why)
  },
  content: (rules, row, { on, facts, isMissing }) => {
    const missing = findMissing(rules.content, on, paper(facts))
    expect(missing.map(({ item }) => item)).toEqual(isMissing ? [row.value.item] : [])
    if (isMissing) expect(missing[0]?.isRequired).toBe(row.value.severity === 'refuse')
  },
  notices: (rules, row, { on, facts, prints }) => {
    const printed = printNotices(rules.notices, on, paper(facts)).filter(({ title }) => title === row.value.title)
    expect(printed.length).toBe(prints === null ? 0 : 1)
    if (prints !== null) expect(printed[0]?.text).toContain(prints)
  },
  records: (rules, _, one) => expect(keptUntil(rules.records, one.day)).toBe(one.keptUntil),
  cash: (rules, _, { setting, dueCents, roundingCents }) => expect(roundingOf(rules.cash, setting, dueCents)).toBe(roundingCents),
}

function check(topic: RuleTopic, pack: StatePack, day: string): void {
  const rules = rulesInForce(pack.state, day)
  for (const row of pack[topic]) {
    if (row.validFrom > day || (row.validTo !== null && row.validTo < day)) continue
    for (const one of row.cases) OUTCOMES[topic](rules, row as never, one as never)
  }
}

describe.each(statePacks.map((pack) => [pack.name, pack] as const))('the rules of %s', (_, pack) => {
  it('have a source and a case each', () => {
    for (const topic of TOPICS) {
      for (const row of pack[topic]) {
        expect(row.cases.length, `${topic} ${row.source.cite}`).toBeGreaterThan(0)
        expect(row.source.url).toMatch(/^https?:\/\//)
        expect(row.verified || row.note !== '', `${topic} ${row.source.cite}: an unverified rule says why`).toBe(true)
      }
    }
    for (const topic of ['tolerance', 'records', 'cash'] as const) expect(pack[topic].length).toBeGreaterThan(0)
  })

  it.each(TOPICS)('give every case of %s its outcome, from the first day of the row to today', (topic) => {
    const days = new Set(pack[topic].flatMap(({ validFrom, validTo }) => [validFrom, validTo ?? '2026-11-22', '2099-12-31']))
    const since = [...TOPICS].flatMap((each) => pack[each].map(({ validFrom }) => validFrom)).toSorted()[0] ?? ''
    for (const day of days) if (day >= since) check(topic, pack, day)
  })

  it('can each be said in plain words', () => {
    const sentences = TOPICS.flatMap((topic) =>
      (pack[topic] as RuleRow<RuleTopic>[]).map(({ value }) => describeRule(topic, value as never)),
    )
    for (const sentence of sentences) expect(sentence).toMatch(/^\S.*[.]$/)
    expect(sentences.join(' ')).not.toMatch(/undefined|NaN|_/)
  })
})

describe('rules in force', () => {
  it('are those of the strict default where there is no pack, and before the pack begins', () => {
    expect(rulesInForce('TX', '2026-11-22')).toMatchObject({ name: 'Strict default', isDefault: true })
    expect(rulesInForce(null, '2026-11-22').isDefault).toBe(true)
    expect(rulesInForce('CO', '2015-12-31').isDefault).toBe(true)
    expect(rulesInForce('CO', '2016-01-01')).toMatchObject({ name: 'Colorado', isDefault: false })
  })

  it('hold at most for one state each, seven and the default', () => {
    expect(statePacks.map(({ state }) => state)).toEqual(['CA', 'CO', 'CT', 'FL', 'MI', 'NY', 'WA', null])
  })
})

describe('the tolerance', () => {
  const colorado = rulesInForce('CO', '2026-11-22').tolerance.value
  it('is reckoned before tax', () => {
    expect(toleranceOf(colorado, { totalCents: cents(21_600), taxCents: cents(1_600) })).toBe(2_000)
  })
  it('is nothing of nothing where nothing is exempt', () => {
    expect(toleranceOf(rulesInForce('FL', '2026-11-22').tolerance.value, { totalCents: ZERO, taxCents: ZERO })).toBe(0)
  })
})

describe('a pack', () => {
  it('is refused without source, case or date', () => {
    const [pack] = statePacks
    expect(StatePack.safeParse({ ...pack, tolerance: [{ ...pack?.tolerance[0], cases: [] }] }).success).toBe(false)
    expect(StatePack.safeParse({ ...pack, tolerance: [{ ...pack?.tolerance[0], source: { cite: '', url: 'x' } }] }).success).toBe(false)
    expect(StatePack.safeParse({ ...pack, tolerance: [{ ...pack?.tolerance[0], validFrom: 'always' }] }).success).toBe(false)
  })
})
