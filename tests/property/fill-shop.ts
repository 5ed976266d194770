import { uuid7 } from '../../src-main/base/uuid7'
import type { ApiClient } from '../../src-preload/contract/api'
import { cents, type Cents, type Hundredths, type Millionths } from '../../src-preload/contract/money'
import type { MatrixBand } from '../../src-preload/contract/pricing'
import { feeName } from './oracle-bill'
import type { Band, ShopPlan } from './shop-plan'

/** A canned job of a filled shop. */
export interface FilledCanned {
  readonly id: string
  /** in the order of the plan */
  readonly lineIds: readonly string[]
}

/** A shop of the program with everything its plan says, and what is called what in it. */
export interface FilledShop {
  readonly plan: ShopPlan
  readonly api: ApiClient
  /** ids of the inventory, in the order of the plan */
  readonly stockIds: readonly string[]
  /** of the customer, the vehicle, the order */
  readonly rateIds: readonly [string, string, string]
  readonly canned: readonly FilledCanned[]
  /** one row of plain text of the database as it is, past the program */
  readonly rows: (text: string, values: readonly unknown[]) => Promise<readonly Record<string, string | null>[]>
}

export const partNumber = (at: number): string => `STOCK-${at + 1}`
export const cannedName = (job: number, line: number): string => `Kit ${job + 1} piece ${line + 1}`

const some = (value: number | null): Cents | null => (value === null ? null : cents(value))

const bandOf = ({ fromCents, way, factorMillionths, minCents, maxCents }: Band): MatrixBand => ({
  costFromCents: cents(fromCents),
  way,
  factorMillionths,
  minCents: some(minCents),
  maxCents: some(maxCents),
})

/** Settings and rules by the program's own calls; the inventory, which no call fills yet, by `addPart`. */
export async function fillShop(
  api: ApiClient,
  plan: ShopPlan,
  { shopId, rows }: Pick<FilledShop, 'rows'> & { shopId: string },
): Promise<FilledShop> {
  const { settings, state, taxRateMillionths, laborRateCents } = await api.shop.get({})
  await api.shop.update({
    was: { settings, state, taxRateMillionths, laborRateCents },
    now: {
      state: plan.state as typeof state,
      taxRateMillionths: plan.taxMillionths,
      laborRateCents: cents(plan.laborCents),
      settings: {
        ...settings,
        taxable: plan.taxable,
        priceEnding: plan.ending,
        cashRounding: plan.cashRounding,
        registrationNumber: 'REG-1',
        laborBasis: 'hourly',
        guaranteeTerms: 'Parts and labor, one year.',
      },
    },
  })
  const stockIds: string[] = []
  for (const [at, { category, costCents, priceCents }] of plan.stock.entries()) {
    const [row] = await rows(
      `INSERT INTO inventory_items (shop_id, part_number, description, category, cost, price, quantity_on_hand)
       VALUES ($1, $2, $3, nullif($4, ''), dollars($5), dollars($6), 99999999) RETURNING id::text`,
      [shopId, partNumber(at), `Shelf ${at + 1}`, category, costCents, priceCents],
    )
    stockIds.push(row?.['id'] ?? '')
  }
  await addRules(api, plan)
  return { plan, api, stockIds, rateIds: await addRates(api, plan), canned: await addCanned(api, plan, stockIds), rows }
}

async function addRules(api: ApiClient, plan: ShopPlan): Promise<void> {
  for (const { category, bands } of plan.matrices) {
    const fields = { name: `Matrix of ${category || 'all'}`, category, isActive: true, bands: bands.map(bandOf) }
    await api.pricing.add({ kind: 'matrix', id: uuid7(), fields })
  }
  for (const [at, { percentMillionths, amountCents, capCents, base, taxable }] of plan.fees.entries()) {
    const amounts = { percentMillionths: percentMillionths as Millionths | null, amountCents: some(amountCents), capCents: some(capCents) }
    const fields = { name: `Rule ${at + 1}`, kind: 'other' as const, printedName: feeName(at), base, taxable, ...amounts, isActive: true }
    await api.pricing.add({ kind: 'fee_rule', id: uuid7(), fields })
  }
}

async function addRates(api: ApiClient, plan: ShopPlan): Promise<[string, string, string]> {
  const ids: [string, string, string] = [uuid7(), uuid7(), uuid7()]
  for (const [at, rateCents] of plan.rates.entries()) {
    await api.pricing.add({
      kind: 'labor_rate',
      id: ids[at] ?? '',
      fields: { name: `Rate ${at}`, rateCents: cents(rateCents), isActive: true },
    })
  }
  return ids
}

async function addCanned(api: ApiClient, plan: ShopPlan, stockIds: readonly string[]): Promise<FilledCanned[]> {
  const added: FilledCanned[] = []
  for (const [job, lines] of plan.canned.entries()) {
    const made = { id: uuid7(), lineIds: lines.map(() => uuid7()) }
    const fields = lines.map(({ kind, hundredths, priceCents, stock, costCents, taxable, isOptional }, at) => ({
      lineId: made.lineIds[at] ?? '',
      type: kind,
      description: cannedName(job, at),
      partNumber: '',
      inventoryItemId: stock === null ? null : (stockIds[stock] ?? null),
      quantityHundredths: hundredths as Hundredths,
      unitPriceCents: some(priceCents),
      costCents: kind === 'part' && stock === null ? cents(costCents) : null,
      taxable,
      partCondition: null,
      included: isOptional ? ('on_request' as const) : ('always' as const),
    }))
    await api.pricing.add({
      kind: 'canned_job',
      id: made.id,
      fields: { name: `Kit ${job + 1}`, code: `K${job + 1}`, category: '', isActive: true, lines: fields },
    })
    added.push(made)
  }
  return added
}
