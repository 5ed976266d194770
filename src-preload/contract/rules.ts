import { z } from 'zod'
import { Day } from './call'

/** Where a rule of a state stands. `isVerified: false` = not read in the law itself; the strictest reading holds and `note` says why. */
export const RuleSource = z.object({
  stateName: z.string(),
  /** the rule in plain words */
  sentence: z.string(),
  cite: z.string(),
  url: z.string(),
  isVerified: z.boolean(),
  note: z.string(),
})
export type RuleSource = z.output<typeof RuleSource>

export const RuleTopic = z.enum(['tolerance', 'fees', 'content', 'notices', 'records', 'cash'])
export type RuleTopic = z.output<typeof RuleTopic>

/** What the law of the shop's state allows and asks for today. */
export const StateRules = z.object({
  stateName: z.string(),
  /** true = no rules of the shop's state are on record, the strictest of others hold */
  isDefault: z.boolean(),
  day: Day,
  rules: z.array(RuleSource.extend({ topic: RuleTopic, validFrom: Day })),
})
export type StateRules = z.output<typeof StateRules>

export const Paper = z.enum(['estimate', 'invoice'])
export type Paper = z.output<typeof Paper>

/** Something the law wants on a paper that is not there. `isRequired`: the invoice is not issued without it. */
export const MissingContent = z.object({
  sentence: z.string(),
  /** where it is put right */
  place: z.enum(['shop', 'people', 'customer', 'vehicle', 'order', 'lines']),
  /** the field there */
  field: z.string(),
  isRequired: z.boolean(),
  rule: RuleSource,
})
export type MissingContent = z.output<typeof MissingContent>
