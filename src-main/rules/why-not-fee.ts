import type { RuleRow } from './state-pack'

/** Words that name no thing: whoever reads only these does not know what is paid for. */
const GENERIC = new Set([
  'shop',
  'garage',
  'supply',
  'supplies',
  'misc',
  'miscellaneous',
  'material',
  'materials',
  'sundry',
  'sundries',
  'consumables',
])
const FILLING = new Set([
  'a',
  'an',
  'and',
  'the',
  'for',
  'of',
  'other',
  'general',
  'charge',
  'charges',
  'fee',
  'fees',
  'cost',
  'costs',
  'percent',
  'item',
  'items',
])

const CHARGES = new Set(['charge', 'charges', 'fee', 'fees', 'cost', 'costs'])

interface Fee {
  readonly description: string
  /** reckoned as a share of the work, by whatever rule made the line */
  readonly isPercent?: boolean
}

/** The sentence why a charge must not stand in this form, and the rule that says so; null when it may. */
export function whyNotFee(rules: readonly RuleRow<'fees'>[], fee: Fee): { sentence: string; rule: RuleRow<'fees'> } | null {
  const rule = rules.find(({ value }) => (value.forbids === 'percent' ? isPercent(fee) : isGeneric(fee.description)))
  if (!rule) return null
  return { sentence: `"${fee.description}" may not be charged like this. ${rule.value.why} (${rule.source.cite})`, rule }
}

function isPercent({ description, isPercent: byRule }: Fee): boolean {
  return byRule === true || /\d\s*%|\bper\s?cent(?:age)?\b/i.test(description)
}

function isGeneric(description: string): boolean {
  const words = description.toLowerCase().match(/\p{L}+/gu) ?? []
  const telling = words.filter((word) => !FILLING.has(word))
  return telling.length > 0 ? telling.every((word) => GENERIC.has(word)) : words.some((word) => CHARGES.has(word))
}
