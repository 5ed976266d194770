import { RuleTopic, type StateRules } from '../../../src-preload/contract/rules'
import type { Ctx } from '../../ipc/context'
import { dayWords } from '../../pdf/document-words'
import { keptUntil } from '../../rules/kept-until'
import { ruleSource } from '../../rules/source-of'
import { shopDay } from '../people/shop-day'
import { rulesOfToday } from './rules-of-today'

/** The rules of the shop's state as they are in force today, each in plain words with its source. */
export function listRules(ctx: Ctx): Promise<StateRules> {
  const { name, isDefault, ...topics } = rulesOfToday(ctx)
  const day = shopDay(ctx.clock.now(), ctx.shop.timezone)
  const rules = RuleTopic.options.flatMap((topic) =>
    [topics[topic]].flat().map((row) => ({
      topic,
      validFrom: row.validFrom,
      ...ruleSource(name, topic, row),
    })),
  )
  return Promise.resolve({
    stateName: name,
    isDefault,
    day,
    rules: rules.map((rule) => (rule.topic === 'records' ? withLastDay(rule, keptUntil(topics.records, day)) : rule)),
  })
}

/** Nothing is ever purged by the program; this says from when it could be. */
function withLastDay<Rule extends { sentence: string }>(rule: Rule, until: string): Rule {
  return { ...rule, sentence: `${rule.sentence} A paper of today stays until ${dayWords(until)}.` }
}
