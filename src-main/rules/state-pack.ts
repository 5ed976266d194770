import { z } from 'zod'
import { Day } from '../../src-preload/contract/call'
import { Cents, Millionths, NonNegativeCents } from '../../src-preload/contract/money'
import { State } from '../../src-preload/contract/session'

/**
 * The law of one state as dated data: what the program allows a repair shop there, each row with its source and with at least one case
 * whose outcome the source tells. Not legal advice: the rows are shown in the settings as they stand here, for a lawyer to read.
 */

const Source = z.strictObject({ cite: z.string().min(3), url: z.url() })
export type Source = z.output<typeof Source>

/**
 * `validFrom`: the first day on which the rule is known to hold: its own first day or that of the edition that was read; `validTo`: its
 * last. `verified: false` = not read in the law itself or in the state's own words, or these disagree: the value is then the strictest
 * of what was found, and `note` says what.
 */
function row<Value extends z.ZodType, Case extends z.ZodType>(value: Value, example: Case) {
  return z.array(
    z.strictObject({
      validFrom: Day,
      validTo: Day.nullable().default(null),
      value,
      source: Source,
      verified: z.boolean(),
      note: z.string().default(''),
      cases: z.array(example).min(1),
    }),
  )
}

/**
 * How far the bill may go beyond what the customer authorized, without asking again. Of the share of the amount before tax and the flat
 * amount the lesser or the greater counts, never more than `capCents`; up to `exemptCents` in all nothing needs to be asked again.
 */
export const Tolerance = z.strictObject({
  percent: Millionths,
  flatCents: NonNegativeCents,
  which: z.enum(['none', 'percent', 'lesser', 'greater']),
  capCents: NonNegativeCents.nullable().default(null),
  exemptCents: NonNegativeCents.default(0 as z.output<typeof NonNegativeCents>),
})
export type Tolerance = z.output<typeof Tolerance>
/** Authorized before tax -> the highest total that needs no new yes; one cent more does. */
const ToleranceCase = z.strictObject({ authorizedCents: NonNegativeCents, allowedCents: NonNegativeCents })

/** A form in which a fee must not stand on an estimate or invoice: a name that says nothing, or a share instead of an amount. */
const FeeForm = z.strictObject({ forbids: z.enum(['generic_name', 'percent']), why: z.string().min(1) })
const FeeCase = z.strictObject({ description: z.string(), isPercent: z.boolean().default(false), isRefused: z.boolean() })

export const ContentItem = z.enum([
  'registration_number',
  'shop_address',
  'shop_phone',
  'customer_phone',
  'vehicle_identity',
  'odometer_in',
  'odometer_out',
  'promised_date',
  'complaint',
  'part_condition',
  'mechanics',
  'labor_basis',
  'guarantee_terms',
])
export type ContentItem = z.output<typeof ContentItem>
const Paper = z.enum(['estimate', 'invoice'])
export type Paper = z.output<typeof Paper>

/** What the law wants to stand on a paper. `severity`: an invoice that lacks it is refused, or the clerk is only told. */
const Content = z.strictObject({ item: ContentItem, on: z.array(Paper).min(1), severity: z.enum(['refuse', 'warn']) })

/** What the program knows of an estimate or invoice before it is printed. */
export const ContentFacts = z.strictObject({
  registrationNumber: z.string(),
  shopAddress: z.string(),
  shopPhone: z.string(),
  customerPhone: z.string(),
  plate: z.string(),
  vin: z.string(),
  odometerIn: z.int().nullable(),
  odometerOut: z.int().nullable(),
  promisedAt: z.string().nullable(),
  complaint: z.string(),
  /** descriptions of the parts of which nobody said what they are */
  partsWithoutCondition: z.array(z.string()),
  hasLabor: z.boolean(),
  hasFees: z.boolean(),
  mechanics: z.array(z.strictObject({ name: z.string(), number: z.string() })),
  laborBasis: z.string(),
  guaranteeTerms: z.string(),
  storageNotice: z.string(),
})
export type ContentFacts = z.output<typeof ContentFacts>
/** A paper that has everything but for these facts -> whether this item is missing. */
const ContentCase = z.strictObject({ on: Paper, facts: ContentFacts.partial(), isMissing: z.boolean() })

/**
 * Words that the law wants on a paper. {guarantee}, {storage}, {laborBasis} and {mechanics} stand for what the shop says of itself; a
 * block that has nothing to say is left out. `signed`: with a line for the shop's signature.
 */
const Notice = z.strictObject({
  on: z.array(Paper).min(1),
  title: z.string().min(1),
  text: z.string().min(1),
  signed: z.boolean().default(false),
  /** only on a paper with fees */
  withFees: z.boolean().default(false),
})
const NoticeCase = z.strictObject({ on: Paper, facts: ContentFacts.partial(), prints: z.string().nullable() })

const Records = z.strictObject({ years: z.int().min(1) })
/** A paper of this day -> the first day on which it may go. */
const RecordsCase = z.strictObject({ day: Day, keptUntil: Day })

/** How cash is rounded to 5 cents. 'silent': the law says nothing, the shop's own setting decides. */
const CashRule = z.strictObject({ rounding: z.enum(['silent', 'none', 'symmetric', 'down']) })
export const CashRounding = z.enum(['none', 'symmetric', 'down'])
export type CashRounding = z.output<typeof CashRounding>
const CashCase = z.strictObject({ setting: CashRounding, dueCents: NonNegativeCents, roundingCents: Cents })

export const StatePack = z.strictObject({
  /** null = the strict default for every state without a pack */
  state: State.nullable(),
  name: z.string().min(1),
  tolerance: row(Tolerance, ToleranceCase),
  fees: row(FeeForm, FeeCase),
  content: row(Content, ContentCase),
  notices: row(Notice, NoticeCase),
  records: row(Records, RecordsCase),
  cash: row(CashRule, CashCase),
})
export type StatePack = z.output<typeof StatePack>
export type RuleTopic = keyof Omit<StatePack, 'state' | 'name'>
export type RuleRow<Topic extends RuleTopic> = StatePack[Topic][number]

/** Checks the shape of a pack when the program starts. */
export function statePack(data: z.input<typeof StatePack>): StatePack {
  return StatePack.parse(data)
}
