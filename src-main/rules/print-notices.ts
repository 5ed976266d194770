import type { ContentFacts, Paper, RuleRow } from './state-pack'

export interface PrintedNotice {
  readonly title: string
  readonly text: string
  readonly signed: boolean
}

/** The blocks of words that the law wants on this paper, filled in; one whose own words the shop has not given is left out. */
export function printNotices(rules: readonly RuleRow<'notices'>[], paper: Paper, facts: ContentFacts): PrintedNotice[] {
  const said: Record<string, string> = {
    guarantee: facts.guaranteeTerms,
    storage: facts.storageNotice,
    laborBasis: facts.laborBasis,
    mechanics: facts.mechanics.map(({ name, number }) => (number === '' ? name : `${name} (${number})`)).join(', '),
  }
  return rules
    .map(({ value }) => value)
    .filter(({ on, withFees }) => on.includes(paper) && (facts.hasFees || !withFees))
    .filter(({ text }) => Array.from(text.matchAll(/\{(\w+)\}/g)).every(([, name]) => said[name ?? '']?.trim()))
    .map(({ title, text, signed }) => ({
      title,
      signed,
      text: text.replaceAll(/\{(\w+)\}/g, (_, name: string) => said[name]?.trim() ?? ''),
    }))
}
