import { isDeepStrictEqual } from 'node:util'
import type { NewPriceRule, PriceRuleEdit, PriceRules } from '../../../src-preload/contract/pricing'
import { AppError, invalidField } from '../../base/app-error'
import { mergeEdit } from '../../database/merge-edit'
import { constraintName } from '../../database/sql-error'
import { inTransaction, reading, type Tx } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { assertFeeFormAllowed, assertLineForm } from './fee-form'
import { assertLineSize } from './line-size'
import { type FieldsOf, findPriceRules, findRule, type RuleKind, storeRule } from './pricing-queries'

export function listPriceRules(ctx: Ctx, _input: object): Promise<PriceRules> {
  return findPriceRules(reading(ctx.db), ctx.shopId)
}

/** The same rule twice is one. @throws DUPLICATE on name, code or category, or when the id stands for another rule; INVALID_INPUT */
export async function addPriceRule(ctx: Ctx, { kind, id, fields }: NewPriceRule): Promise<PriceRules> {
  assertMakesSense(ctx, fields, 'fields')
  return saving(ctx, 'fields', async (tx) => {
    const stored = await findRule(tx, ctx.shopId, kind, id)
    if (stored) {
      if (!isDeepStrictEqual(stored, fields)) throw new AppError('DUPLICATE')
      return
    }
    await store(tx, ctx, kind, id, fields)
    await noteParts(tx, ctx, kind, id, undefined, fields)
  })
}

/** @throws NOT_FOUND, EDIT_CONFLICT, DUPLICATE, INVALID_INPUT */
export function updatePriceRule(ctx: Ctx, { kind, id, was, now }: PriceRuleEdit): Promise<PriceRules> {
  return saving(ctx, 'now', async (tx) => {
    const stored = await findRule(tx, ctx.shopId, kind, id)
    if (!stored) throw new AppError('NOT_FOUND')
    const { merged, changed } = mergeEdit<FieldsOf<RuleKind>>(stored, was, now)
    if (changed.length === 0) return
    assertMakesSense(ctx, merged, 'now')
    await store(tx, ctx, kind, id, merged)
    await noteParts(tx, ctx, kind, id, stored, merged)
  })
}

async function store(tx: Tx, ctx: Ctx, kind: RuleKind, id: string, fields: FieldsOf<RuleKind>): Promise<void> {
  if (!(await storeRule(tx, ctx.shopId, kind, id, fields))) throw new AppError('DUPLICATE')
}

async function saving(ctx: Ctx, place: string, write: (tx: Tx) => Promise<void>): Promise<PriceRules> {
  try {
    return await inTransaction('pricing.save', ctx, async (tx) => {
      await write(tx)
      return findPriceRules(tx, ctx.shopId)
    })
  } catch (error) {
    throw duplicate(constraintName(error), place) ?? error
  }
}

function duplicate(constraint: string | null, place: string): AppError | null {
  if (constraint?.endsWith('_name_key'))
    return new AppError('DUPLICATE', { fields: { [`${place}.name`]: 'There is already one with this name.' } })
  if (constraint === 'canned_jobs_code_key')
    return new AppError('DUPLICATE', { fields: { [`${place}.code`]: 'Another job has this code.' } })
  if (constraint !== 'price_matrices_category_key') return null
  return new AppError('DUPLICATE', { fields: { [`${place}.category`]: 'Another matrix in use prices these parts already.' } })
}

/** Bands and lines lie in tables of their own; the rule's own row is recorded by the database. */
async function noteParts(
  tx: Tx,
  ctx: Ctx,
  kind: RuleKind,
  id: string,
  before: FieldsOf<RuleKind> | undefined,
  after: FieldsOf<RuleKind>,
): Promise<void> {
  const [was, now] = [partsOf(before), partsOf(after)]
  if (isDeepStrictEqual(was, now)) return
  await writeAudit(tx, ctx, { action: 'pricing.parts_changed', entityType: kind, entityId: id, details: { was, now } })
}

function partsOf(fields: FieldsOf<RuleKind> | undefined): unknown {
  if (fields === undefined) return undefined
  return 'bands' in fields ? fields.bands : 'lines' in fields ? fields.lines : undefined
}

/** What a rule's fields must be together. @throws INVALID_INPUT at the field */
function assertMakesSense(ctx: Ctx, fields: FieldsOf<RuleKind>, place: string): void {
  if ('percentMillionths' in fields) {
    if ((fields.percentMillionths === null) === (fields.amountCents === null))
      throw invalidField(`${place}.amountCents`, 'Enter a percentage or an amount, one of them.')
    if (fields.percentMillionths === 0) throw invalidField(`${place}.percentMillionths`, 'Enter a percentage above 0.')
  }
  if ('printedName' in fields && fields.isActive) assertFeeFormAllowed(ctx, fields, place)
  if ('bands' in fields) assertBands(fields, place)
  if ('lines' in fields) {
    assertCannedLines(fields, place)
    if (fields.isActive) for (const [at, line] of fields.lines.entries()) assertLineForm(ctx, line, `${place}.lines.${at}.description`)
  }
}

function assertBands({ bands }: FieldsOf<'matrix'>, place: string): void {
  bands.forEach((band, at) => {
    const wrong = (name: string, sentence: string): AppError => invalidField(`${place}.bands.${at}.${name}`, sentence)
    if (bands.findIndex(({ costFromCents }) => costFromCents === band.costFromCents) !== at)
      throw wrong('costFromCents', 'Another row begins at this cost.')
    if (band.way === 'margin' ? band.factorMillionths >= 1_000_000 : band.factorMillionths < 1_000_000)
      throw wrong('factorMillionths', band.way === 'margin' ? 'A margin is below 100 %.' : 'At least 1, or the part is sold below cost.')
    if (band.maxCents !== null && band.maxCents < (band.minCents ?? 0)) throw wrong('maxCents', 'The most is less than the least.')
  })
}

function assertCannedLines({ lines }: FieldsOf<'canned_job'>, place: string): void {
  lines.forEach((line, at) => {
    const wrong = (name: string, sentence: string): AppError => invalidField(`${place}.lines.${at}.${name}`, sentence)
    if (lines.findIndex(({ lineId }) => lineId === line.lineId) !== at) throw wrong('lineId', 'This line is there twice.')
    if (line.type === 'fee' && line.unitPriceCents === null) throw wrong('unitPriceCents', 'A fee has a price.')
    if (line.type !== 'part' && (line.inventoryItemId !== null || line.partNumber !== '' || line.partCondition !== null))
      throw wrong('type', 'Only a part has a part number and a condition.')
    assertLineSize(line, `${place}.lines.${at}.`)
    const isPriceless = line.type === 'part' && line.unitPriceCents === null && line.inventoryItemId === null && line.costCents === null
    if (isPriceless) throw wrong('unitPriceCents', 'Enter a price, or what the part costs.')
  })
}
