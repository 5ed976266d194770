import type { RuleSource, RuleTopic } from '../../src-preload/contract/rules'
import { describeRule } from './describe-rule'
import type { StateRules } from './rules-in-force'
import type { RuleRow } from './state-pack'

/** A rule as the screens show it. */
export function ruleSource<Topic extends RuleTopic>(stateName: string, topic: Topic, row: RuleRow<Topic>): RuleSource {
  const { source, verified, note } = row
  return { stateName, sentence: describeRule(topic, row.value), ...source, isVerified: verified, note }
}

/** The rule in force about something that has one answer. */
export function sourceOf(rules: StateRules, topic: 'tolerance' | 'records' | 'cash'): RuleSource {
  return ruleSource(rules.name, topic, rules[topic])
}
