import type { NewPriceRule, PriceOffers, PriceRules } from '../../../src-preload/contract/pricing'
import { one, type Queryable, sql, type Tx } from '../../database/transaction'

export type RuleKind = NewPriceRule['kind']
export type FieldsOf<Kind extends RuleKind> = Extract<NewPriceRule, { kind: Kind }>['fields']

const bands = `(SELECT coalesce(json_agg(json_build_object('costFromCents', cents(b.cost_from), 'way', b.way, 'factorMillionths', millionths(b.factor),
    'minCents', cents(b.min_price), 'maxCents', cents(b.max_price)) ORDER BY b.cost_from), '[]')
  FROM price_matrix_bands b WHERE b.shop_id = r.shop_id AND b.price_matrix_id = r.id)`
const lines = `(SELECT coalesce(json_agg(json_build_object('lineId', l.id, 'type', l.type, 'description', l.description,
    'partNumber', coalesce(l.part_number, ''), 'inventoryItemId', l.inventory_item_id, 'quantityHundredths', hundredths(l.quantity),
    'unitPriceCents', cents(l.unit_price), 'costCents', cents(l.cost), 'taxable', l.taxable, 'partCondition', l.part_condition,
    'included', l.included) ORDER BY l.sort_order, l.id), '[]')
  FROM canned_job_lines l WHERE l.shop_id = r.shop_id AND l.canned_job_id = r.id)`

/** `r` = a row of the table: its fields as the contract writes them. */
const kinds: Readonly<Record<RuleKind, { readonly table: string; readonly fields: string }>> = {
  labor_rate: { table: 'labor_rates', fields: `'name', r.name, 'rateCents', cents(r.rate), 'isActive', r.is_active` },
  matrix: {
    table: 'price_matrices',
    fields: `'name', r.name, 'category', coalesce(r.category, ''), 'isActive', r.is_active, 'bands', ${bands}`,
  },
  fee_rule: {
    table: 'fee_rules',
    fields: `'name', r.name, 'kind', r.kind, 'printedName', r.printed_name, 'base', r.base, 'percentMillionths', millionths(r.percent),
      'amountCents', cents(r.amount), 'capCents', cents(r.cap), 'taxable', r.taxable, 'isActive', r.is_active`,
  },
  discount_preset: {
    table: 'discount_presets',
    fields: `'name', r.name, 'percentMillionths', millionths(r.percent), 'amountCents', cents(r.amount), 'isActive', r.is_active`,
  },
  canned_job: {
    table: 'canned_jobs',
    fields: `'name', r.name, 'code', coalesce(r.code, ''), 'category', coalesce(r.category, ''), 'isActive', r.is_active, 'lines', ${lines}`,
  },
}

const all = (kind: RuleKind): string => `(
  SELECT coalesce(json_agg(json_build_object('id', r.id, ${kinds[kind].fields}) ORDER BY NOT r.is_active, r.name, r.id), '[]')
  FROM ${kinds[kind].table} r WHERE r.shop_id = $1)`

const RULES = sql(
  '',
  `SELECT ${all('labor_rate')} AS "laborRates", ${all('matrix')} AS matrices, ${all('fee_rule')} AS "feeRules",
     ${all('discount_preset')} AS "discountPresets", ${all('canned_job')} AS "cannedJobs",
     (SELECT coalesce(json_agg(DISTINCT i.category), '[]') FROM inventory_items i
      WHERE i.shop_id = $1 AND i.category IS NOT NULL AND i.deleted_at IS NULL) AS categories`,
)

export async function findPriceRules(q: Queryable, shopId: string): Promise<PriceRules> {
  return one(await q.query<PriceRules>(RULES, [shopId]), 'price rules of a shop')
}

const OFFERS = sql(
  '',
  `SELECT (SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'rateCents', cents(r.rate)) ORDER BY r.name), '[]')
      FROM labor_rates r WHERE r.shop_id = $1 AND r.is_active) AS "laborRates",
     (SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'percentMillionths', millionths(r.percent),
         'amountCents', cents(r.amount)) ORDER BY r.name), '[]')
      FROM discount_presets r WHERE r.shop_id = $1 AND r.is_active) AS "discountPresets",
     (SELECT coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'code', coalesce(r.code, ''), 'category', coalesce(r.category, ''),
         'lines', (SELECT coalesce(json_agg(json_build_object('id', l.id, 'type', l.type, 'description', l.description, 'included', l.included)
           ORDER BY l.sort_order, l.id), '[]') FROM canned_job_lines l WHERE l.shop_id = r.shop_id AND l.canned_job_id = r.id))
         ORDER BY r.name), '[]')
      FROM canned_jobs r WHERE r.shop_id = $1 AND r.is_active) AS "cannedJobs"`,
)

export async function findOffers(q: Queryable, shopId: string): Promise<PriceOffers> {
  return one(await q.query<PriceOffers>(OFFERS, [shopId]), 'price offers of a shop')
}

/** The stored fields of one rule; locked until the transaction ends. */
export async function findRule<Kind extends RuleKind>(tx: Tx, shopId: string, kind: Kind, id: string): Promise<FieldsOf<Kind> | undefined> {
  const { table, fields } = kinds[kind]
  // The parts are read by a second statement: one that waited for the lock would still see them as they were before it waited.
  await tx.query(sql('', `SELECT FROM ${table} r WHERE r.shop_id = $1 AND r.id = $2 FOR UPDATE`), [shopId, id])
  const [row] = await tx.query<{ fields: FieldsOf<Kind> }>(
    sql('', `SELECT json_build_object(${fields}) AS fields FROM ${table} r WHERE r.shop_id = $1 AND r.id = $2`),
    [shopId, id],
  )
  return row?.fields
}

const fields = {
  labor_rate: { columns: 'name, rate, is_active', values: `x.name, dollars(x."rateCents"), x."isActive"` },
  matrix: { columns: 'name, category, is_active', values: `x.name, nullif(x.category, ''), x."isActive"` },
  fee_rule: {
    columns: 'name, kind, printed_name, base, percent, amount, cap, taxable, is_active',
    values: `x.name, x.kind, x."printedName", x.base, from_millionths(x."percentMillionths"), dollars(x."amountCents"), dollars(x."capCents"),
      x.taxable, x."isActive"`,
  },
  discount_preset: {
    columns: 'name, percent, amount, is_active',
    values: `x.name, from_millionths(x."percentMillionths"), dollars(x."amountCents"), x."isActive"`,
  },
  canned_job: { columns: 'name, code, category, is_active', values: `x.name, nullif(x.code, ''), nullif(x.category, ''), x."isActive"` },
} as const satisfies Record<RuleKind, { columns: string; values: string }>

const RECORD = `jsonb_to_record($3::jsonb) AS x(name text, "rateCents" bigint, "isActive" boolean, category text, kind text, "printedName" text,
  base text, "percentMillionths" bigint, "amountCents" bigint, "capCents" bigint, taxable boolean, code text)`

const BANDS = sql(
  '',
  `WITH gone AS (DELETE FROM price_matrix_bands WHERE shop_id = $1 AND price_matrix_id = $2 AND NOT (cost_from = ANY (
      SELECT dollars(x."costFromCents") FROM jsonb_to_recordset($3::jsonb) AS x("costFromCents" bigint))))
   INSERT INTO price_matrix_bands (shop_id, price_matrix_id, cost_from, way, factor, min_price, max_price)
   SELECT $1, $2, dollars(x."costFromCents"), x.way, from_millionths(x."factorMillionths"), dollars(x."minCents"), dollars(x."maxCents")
   FROM jsonb_to_recordset($3::jsonb) AS x("costFromCents" bigint, way text, "factorMillionths" bigint, "minCents" bigint, "maxCents" bigint)
   ON CONFLICT (shop_id, price_matrix_id, cost_from) DO UPDATE
     SET way = EXCLUDED.way, factor = EXCLUDED.factor, min_price = EXCLUDED.min_price, max_price = EXCLUDED.max_price`,
)

const LINES = sql(
  '',
  `WITH gone AS (DELETE FROM canned_job_lines WHERE shop_id = $1 AND canned_job_id = $2 AND NOT (id = ANY (
      SELECT x."lineId" FROM jsonb_to_recordset($3::jsonb) AS x("lineId" uuid))))
   INSERT INTO canned_job_lines AS l (id, shop_id, canned_job_id, sort_order, type, description, part_number, inventory_item_id, quantity, unit_price,
     cost, taxable, part_condition, included)
   SELECT x."lineId", $1, $2, x.at, x.type, x.description, nullif(x."partNumber", ''), x."inventoryItemId", from_hundredths(x."quantityHundredths"),
     dollars(x."unitPriceCents"), dollars(x."costCents"), x.taxable, x."partCondition", x.included
   FROM jsonb_to_recordset($3::jsonb) AS x("lineId" uuid, at int, type line_item_type, description text, "partNumber" text, "inventoryItemId" uuid,
     "quantityHundredths" bigint, "unitPriceCents" bigint, "costCents" bigint, taxable boolean, "partCondition" text, included text)
   ON CONFLICT (id) DO UPDATE
     SET sort_order = EXCLUDED.sort_order, type = EXCLUDED.type, description = EXCLUDED.description, part_number = EXCLUDED.part_number,
       inventory_item_id = EXCLUDED.inventory_item_id, quantity = EXCLUDED.quantity, unit_price = EXCLUDED.unit_price, cost = EXCLUDED.cost,
       taxable = EXCLUDED.taxable, part_condition = EXCLUDED.part_condition, included = EXCLUDED.included
     WHERE l.shop_id = $1 AND l.canned_job_id = $2
   RETURNING l.id`,
)

/** Writes a rule as a whole, new or not, with its bands or lines. @returns false when a line's id is taken by another job */
export async function storeRule<Kind extends RuleKind>(
  tx: Tx,
  shopId: string,
  kind: Kind,
  id: string,
  record: FieldsOf<Kind>,
): Promise<boolean> {
  const { columns, values } = fields[kind]
  await tx.query(
    sql(
      '',
      `INSERT INTO ${kinds[kind].table} AS r (id, shop_id, ${columns}) SELECT $2, $1, ${values} FROM ${RECORD}
       ON CONFLICT (id) DO UPDATE SET (${columns}) = (SELECT ${values} FROM ${RECORD}) WHERE r.shop_id = $1`,
    ),
    [shopId, id, JSON.stringify(record)],
  )
  if ('bands' in record) await tx.query(BANDS, [shopId, id, JSON.stringify(record.bands)])
  if (!('lines' in record)) return true
  const stored = await tx.query(LINES, [shopId, id, JSON.stringify(record.lines.map((line, at) => ({ ...line, at })))])
  return stored.length === record.lines.length
}
