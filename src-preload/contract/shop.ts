import { z } from 'zod'
import { call, Done, Id, Nothing, requiredText, seen, text } from './call'
import { Millionths, NonNegativeCents, PositiveCents } from './money'
import { PriceEnding } from './pricing'
import { StateRules } from './rules'
import { State } from './session'

/** Settings kept in shops.settings; every one has a default, so an older row reads well. */
export const ShopSettings = z.object({
  /** which kinds of line are taxed unless the line says otherwise */
  taxable: z.object({ labor: z.boolean(), part: z.boolean(), fee: z.boolean() }).default({ labor: false, part: true, fee: true }),
  /** e.g. California's automotive repair dealer registration, printed on estimates and invoices */
  registrationNumber: z.string().max(50).default(''),
  paymentTerms: z.enum(['due_on_receipt', 'net_10', 'net_30']).default('due_on_receipt'),
  idleMinutes: z.int().min(1).max(15).default(5),
  estimateFooter: z.string().max(2000).default(''),
  invoiceFooter: z.string().max(2000).default(''),
  /** what some states want on the papers: how labor is charged (with the manual of a flat rate), guarantee, charges for storage */
  laborBasis: z.enum(['', 'hourly', 'flat_rate', 'both']).default(''),
  laborManual: z.string().max(100).default(''),
  guaranteeTerms: z.string().max(1000).default(''),
  storageNotice: z.string().max(500).default(''),
  /** cash rounded to 5 cents, where the law leaves it to the shop */
  cashRounding: z.enum(['none', 'symmetric', 'down']).default('none'),
  showMarginToAdvisors: z.boolean().default(true),
  /** the last two digits of a price that a matrix made; rounded up to them */
  priceEnding: PriceEnding.default('none'),
  /** above these an approver's PIN is asked for */
  limits: z
    .object({
      advisorDiscountMillionths: z.int().default(100_000),
      advisorDiscountCents: z.int().default(10_000),
      frontDeskDiscountMillionths: z.int().default(50_000),
      frontDeskDiscountCents: z.int().default(2_500),
      priceOverrideMillionths: z.int().default(100_000),
      /** what an advisor gives back a day other than in cash without asking */
      advisorRefundCents: z.int().default(10_000),
      /** above this a credit or refund takes two people */
      twoPersonCents: z.int().default(50_000),
    })
    .prefault({}),
})
export type ShopSettings = z.output<typeof ShopSettings>

/** As they are typed; those that are stored are read whatever an older program let in. */
const TypedSettings = ShopSettings.extend({
  registrationNumber: text(50).default(''),
  estimateFooter: text(2000).default(''),
  invoiceFooter: text(2000).default(''),
  laborManual: text(100).default(''),
  guaranteeTerms: text(1000).default(''),
  storageNotice: text(500).default(''),
})

export const Shop = z.object({
  id: Id,
  name: z.string(),
  address: z.string(),
  city: z.string(),
  state: State,
  zip: z.string(),
  phone: z.string(),
  email: z.string(),
  timezone: z.string(),
  taxRateMillionths: Millionths,
  laborRateCents: NonNegativeCents,
  logoUrl: z.string().nullable(),
  settings: ShopSettings,
})
export type Shop = z.output<typeof Shop>

export const ShopFields = z.strictObject({
  name: requiredText(255),
  address: text(500),
  city: text(100),
  state: State,
  zip: text(10),
  phone: text(20),
  email: text(255),
  timezone: requiredText(50),
  taxRateMillionths: Millionths,
  laborRateCents: PositiveCents,
  settings: TypedSettings,
})
export type ShopFields = z.output<typeof ShopFields>

export const Bay = z.object({ id: Id, name: z.string(), type: z.enum(['lift', 'alignment', 'tire', 'general']), isActive: z.boolean() })
export type Bay = z.output<typeof Bay>
export const BayFields = z.strictObject({ name: requiredText(50), type: Bay.shape.type, isActive: z.boolean() })
export type BayFields = z.output<typeof BayFields>

export const shopCalls = {
  get: call('shop.see', Nothing, Shop),
  /** Changed fields only, each as it was seen and as it shall be; EDIT_CONFLICT with the present values when one changed meanwhile. */
  update: call(
    'shop.settings',
    z.strictObject({ was: seen(ShopFields.extend({ settings: ShopSettings })), now: ShopFields.partial() }),
    Shop,
  ),
  /** The rules of the shop's state as they are in force today. */
  rules: call('shop.see', Nothing, StateRules),
  /** PNG or JPEG of at most 300 KB as base64; null removes it. */
  setLogo: call(
    'shop.settings',
    z.strictObject({
      image: z.strictObject({ mimeType: z.enum(['image/png', 'image/jpeg']), base64: z.base64().max(400_000) }).nullable(),
    }),
    Done,
  ),
  bays: call('shop.see', Nothing, z.array(Bay)),
  /** DUPLICATE on the name. The same bay twice is one. */
  addBay: call('shop.settings', z.strictObject({ bayId: Id, ...BayFields.shape }), Bay),
  /** Changed fields only, as for the shop. DUPLICATE on the name, IN_USE when a car stands in a bay that is to be closed. */
  updateBay: call('shop.settings', z.strictObject({ bayId: Id, was: seen(BayFields), now: BayFields.partial() }), Bay),
}
