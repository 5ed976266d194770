import { z } from 'zod'
import { Approval, call, Done, Id, Nothing, requiredText, seen, text } from './call'
import { Cents, Hundredths, Millionths, NonNegativeCents, PositiveCents } from './money'

/**
 * Which rule made the price of a line, and what it said (`priceCents`, of one piece or hour). 'typed' = somebody's own price; `instead` is
 * then the rule that had one. Frozen with the line: a rule that changes later changes no line.
 */
const Rule = {
  rule: z.enum(['labor_rate', 'matrix', 'inventory', 'canned_job', 'fee', 'typed']),
  /** of the rate, matrix, canned job or fee rule; empty where there is but one */
  name: z.string(),
  priceCents: Cents,
  /** how much of it the canned job put on the order */
  quantityHundredths: Hundredths.optional(),
  /** of a canned job: its line */
  ruleId: Id.optional(),
  /** whose labor rate it is */
  level: z.enum(['vehicle', 'customer', 'order', 'shop']).optional(),
  /** a matrix's: only for those who see costs */
  costCents: NonNegativeCents.optional(),
  way: z.enum(['multiplier', 'margin']).optional(),
  /** of a matrix: 2.5 times = 2_500_000; of a fee: its share */
  factorMillionths: z.int().optional(),
}
export const PriceSource = z.object({ ...Rule, instead: z.object(Rule).optional() })
export type PriceSource = z.output<typeof PriceSource>

/** What an hour of labor costs on an order, and which rates were chosen for whom. */
export const LaborRate = z.object({
  rateCents: Cents,
  name: z.string(),
  level: z.enum(['vehicle', 'customer', 'order', 'shop']),
  /** the rate chosen for each, null = none */
  chosen: z.object({ vehicle: Id.nullable(), customer: Id.nullable(), order: Id.nullable() }),
})

/** The lines that go along, each under a new id. */
export const CannedJobOnOrder = z.strictObject({
  orderId: Id,
  jobId: Id,
  cannedJobId: Id,
  lines: z
    .array(z.strictObject({ lineId: Id, cannedLineId: Id }))
    .min(1)
    .max(100),
})

export const PriceEnding = z.enum(['none', '00', '49', '95', '99'])
export type PriceEnding = z.output<typeof PriceEnding>

export const LaborRateFields = z.strictObject({ name: requiredText(100), rateCents: PositiveCents, isActive: z.boolean() })
export type LaborRateFields = z.output<typeof LaborRateFields>

/** From this cost on, up to the next band. 'multiplier': price = cost x factor; 'margin': price = cost / (1 - factor). */
export const MatrixBand = z.strictObject({
  costFromCents: NonNegativeCents,
  way: z.enum(['multiplier', 'margin']),
  factorMillionths: z.int().min(0).max(1_000_000_000),
  minCents: NonNegativeCents.nullable(),
  maxCents: NonNegativeCents.nullable(),
})
export type MatrixBand = z.output<typeof MatrixBand>
export const MatrixFields = z.strictObject({
  name: requiredText(100),
  /** of the inventory; empty = every part that no matrix of its own category prices */
  category: text(100),
  isActive: z.boolean(),
  bands: z.array(MatrixBand).min(1).max(50),
})
export type MatrixFields = z.output<typeof MatrixFields>

export const FeeRuleFields = z.strictObject({
  name: requiredText(100),
  kind: z.enum(['shop_supplies', 'hazardous_waste', 'other']),
  printedName: requiredText(200),
  /** what a share is taken of, or what must be on the order for the amount to be charged */
  base: z.enum(['labor', 'parts', 'both']),
  /** one of the two */
  percentMillionths: Millionths.nullable(),
  amountCents: PositiveCents.nullable(),
  capCents: PositiveCents.nullable(),
  taxable: z.boolean(),
  isActive: z.boolean(),
})
export type FeeRuleFields = z.output<typeof FeeRuleFields>
/** A fee rule as an order keeps it. */
export const FrozenFeeRule = FeeRuleFields.omit({ isActive: true }).extend({ id: Id })
export type FrozenFeeRule = z.output<typeof FrozenFeeRule>

export const DiscountPresetFields = z.strictObject({
  /** the reason as well */
  name: requiredText(100),
  percentMillionths: Millionths.nullable(),
  amountCents: PositiveCents.nullable(),
  isActive: z.boolean(),
})
export type DiscountPresetFields = z.output<typeof DiscountPresetFields>

/** 'usually' and 'on_request' are asked when the job is put on an order: ticked, or not. */
export const Included = z.enum(['always', 'usually', 'on_request'])
export const CannedLine = z.strictObject({
  lineId: Id,
  type: z.enum(['labor', 'part', 'fee']),
  description: requiredText(2000),
  partNumber: text(100),
  inventoryItemId: Id.nullable(),
  quantityHundredths: Hundredths,
  /** null = by the shop's rules on the day it is sold */
  unitPriceCents: NonNegativeCents.nullable(),
  /** of a part that is not in the inventory */
  costCents: NonNegativeCents.nullable(),
  /** null = as the shop taxes lines of this kind */
  taxable: z.boolean().nullable(),
  partCondition: z.enum(['new', 'used', 'rebuilt', 'reconditioned', 'oem']).nullable(),
  included: Included,
})
export type CannedLine = z.output<typeof CannedLine>
export const CannedJobFields = z.strictObject({
  name: requiredText(200),
  code: text(30),
  category: text(100),
  isActive: z.boolean(),
  lines: z.array(CannedLine).min(1).max(100),
})
export type CannedJobFields = z.output<typeof CannedJobFields>

const WithId = { id: Id }
export const PriceRules = z.object({
  laborRates: z.array(LaborRateFields.extend(WithId)),
  matrices: z.array(MatrixFields.extend(WithId)),
  feeRules: z.array(FeeRuleFields.extend(WithId)),
  discountPresets: z.array(DiscountPresetFields.extend(WithId)),
  cannedJobs: z.array(CannedJobFields.extend(WithId)),
  /** categories of the inventory, for a matrix */
  categories: z.array(z.string()),
})
export type PriceRules = z.output<typeof PriceRules>

/** What a clerk may choose from. */
export const PriceOffers = z.object({
  laborRates: z.array(z.object({ id: Id, name: z.string(), rateCents: Cents })),
  discountPresets: z.array(DiscountPresetFields.omit({ isActive: true }).extend(WithId)),
  cannedJobs: z.array(
    z.object({
      id: Id,
      name: z.string(),
      code: z.string(),
      category: z.string(),
      lines: z.array(z.object({ id: Id, type: CannedLine.shape.type, description: z.string(), included: Included })),
    }),
  ),
})
export type PriceOffers = z.output<typeof PriceOffers>

const added = <Kind extends string, Fields extends z.ZodType>(kind: Kind, fields: Fields) =>
  z.strictObject({ kind: z.literal(kind), id: Id, fields })
const edited = <Kind extends string, Fields extends z.ZodObject>(kind: Kind, fields: Fields) =>
  z.strictObject({ kind: z.literal(kind), id: Id, was: seen(fields), now: fields.partial() as ReturnType<Fields['partial']> })

export const NewPriceRule = z.discriminatedUnion('kind', [
  added('labor_rate', LaborRateFields),
  added('matrix', MatrixFields),
  added('fee_rule', FeeRuleFields),
  added('discount_preset', DiscountPresetFields),
  added('canned_job', CannedJobFields),
])
export type NewPriceRule = z.output<typeof NewPriceRule>
export const PriceRuleEdit = z.discriminatedUnion('kind', [
  edited('labor_rate', LaborRateFields),
  edited('matrix', MatrixFields),
  edited('fee_rule', FeeRuleFields),
  edited('discount_preset', DiscountPresetFields),
  edited('canned_job', CannedJobFields),
])
export type PriceRuleEdit = z.output<typeof PriceRuleEdit>

export const MatrixPreview = z.object({
  /** parts sold in the last 30 days that this matrix would price */
  lineCount: z.int(),
  soldCents: Cents,
  wouldBeCents: Cents,
})
export type MatrixPreview = z.output<typeof MatrixPreview>

export const CannedPreview = z.object({
  /** price of each line, null where no rule has one; in the order of the lines */
  unitPricesCents: z.array(Cents.nullable()),
  /** before tax, lines on request left out */
  totalCents: Cents,
})
export type CannedPreview = z.output<typeof CannedPreview>

/** Nothing here is ever removed: what is out of use stays for the lines that it priced. */
export const pricingCalls = {
  rules: call('shop.settings', Nothing, PriceRules),
  offers: call('orders.see', Nothing, PriceOffers),
  /** The same rule twice is one. DUPLICATE on the name, the code of a canned job, the category of a matrix. */
  add: call('shop.settings', NewPriceRule, PriceRules),
  /** Changed fields only, each as it was seen and as it shall be; EDIT_CONFLICT with the present values when one changed meanwhile. */
  update: call('shop.settings', PriceRuleEdit, PriceRules),
  previewMatrix: call('shop.settings', z.strictObject({ category: text(100), bands: z.array(MatrixBand).max(50) }), MatrixPreview),
  previewCannedJob: call('shop.settings', z.strictObject({ lines: z.array(CannedLine).max(100) }), CannedPreview),
  /**
   * At which of the shop's rates labor is charged for this vehicle, customer or order (null = none of its own); lines that stand keep
   * theirs. Another rate is another price: an approval for those who may not set prices.
   */
  chooseRate: call(
    'orders.edit',
    z.strictObject({
      target: z.enum(['vehicle', 'customer', 'order']),
      id: Id,
      was: Id.nullable(),
      now: Id.nullable(),
      approval: Approval.optional(),
    }),
    Done,
  ),
}
