import type { Choices, LineFields, LineType, NewLine, PartHit } from '../../../src-preload/contract/orders'
import type { Cents, Hundredths } from '../../../src-preload/contract/money'

/** A line while it is typed; null = nothing there, or nothing readable. */
export interface LineDraft extends Omit<LineFields, 'quantityHundredths' | 'unitPriceCents'> {
  /** made with the draft, so that the same line sent twice is one line */
  lineId: string
  quantityHundredths: Hundredths | null
  unitPriceCents: Cents | null
  /** a discount says why */
  reason: string
  /** what stands in a number's field and is none */
  unreadable: Readonly<Partial<Record<NumberField, string>>>
}

export type NumberField = 'quantityHundredths' | 'unitPriceCents' | 'costCents'
export type DraftField = 'description' | 'quantityHundredths' | 'unitPriceCents' | 'costCents' | 'reason'
export type DraftProblems = Partial<Record<DraftField, string>>

const ONE = 100 as Hundredths

/** Is a line of this type taxed unless somebody says otherwise? A discount lowers the tax only where everything is taxed. */
function taxedByDefault(type: LineType, taxable: Choices['taxable']): boolean {
  return type === 'discount' ? taxable.labor && taxable.part && taxable.fee : taxable[type]
}

/** Labor starts at the shop's hourly rate, everything else without a price. */
export function newDraft(lineId: string, type: LineType, choices: Pick<Choices, 'laborRateCents' | 'taxable'>): LineDraft {
  return {
    lineId,
    type,
    description: '',
    partNumber: '',
    quantityHundredths: ONE,
    unitPriceCents: type === 'labor' ? choices.laborRateCents : null,
    costCents: null,
    taxable: taxedByDefault(type, choices.taxable),
    partCondition: type === 'part' ? 'new' : null,
    inventoryItemId: null,
    reason: '',
    unreadable: {},
  }
}

/** Another type keeps what was typed and takes that type's price and tax; what only a part has goes. A discount is one amount, never several. */
export function withType(draft: LineDraft, type: LineType, choices: Pick<Choices, 'laborRateCents' | 'taxable'>): LineDraft {
  const fresh = newDraft(draft.lineId, type, choices)
  const price = type === 'labor' || draft.type === 'labor' ? fresh.unitPriceCents : draft.unitPriceCents
  const { costCents: _, ...numbers } = draft.unreadable
  const typed = { ...fresh, description: draft.description, unitPriceCents: price }
  if (type !== 'discount') return { ...typed, quantityHundredths: draft.quantityHundredths, unreadable: numbers }
  const { quantityHundredths: __, ...unreadable } = numbers
  return { ...typed, unreadable }
}

/** A part of the inventory, with its list price and, for those who may see it, its cost. */
export function withPart(draft: LineDraft, part: PartHit): LineDraft {
  return {
    ...draft,
    description: part.description,
    partNumber: part.partNumber,
    unitPriceCents: part.priceCents,
    costCents: part.costCents,
    inventoryItemId: part.id,
  }
}

/** Another text is another part: the tie to the inventory goes, the price stays. */
export function withDescription(draft: LineDraft, description: string): LineDraft {
  return draft.inventoryItemId === null
    ? { ...draft, description }
    : { ...draft, description, inventoryItemId: null, partNumber: '', costCents: null }
}

/** What was typed into a field for a number: the number, or the text that is none. */
export function withNumber<Field extends NumberField>(
  draft: LineDraft,
  field: Field,
  value: LineDraft[Field],
  readable: boolean,
  text: string,
): Pick<LineDraft, Field | 'unreadable'> {
  const { [field]: _, ...others } = draft.unreadable
  const unreadable = readable ? others : { ...draft.unreadable, [field]: text }
  return { [field]: value, unreadable } as Pick<LineDraft, Field | 'unreadable'>
}

export function problemsOf(draft: LineDraft): DraftProblems {
  return {
    ...(draft.description.trim() === '' ? { description: 'Say what it is.' } : {}),
    ...(draft.quantityHundredths === null ? { quantityHundredths: 'Enter a quantity.' } : {}),
    ...(draft.unitPriceCents === null ? { unitPriceCents: 'Enter a price.' } : {}),
    ...(draft.costCents === null && draft.unreadable.costCents !== undefined ? { costCents: 'Enter an amount, or nothing.' } : {}),
    ...(draft.type === 'discount' && draft.reason.trim() === '' ? { reason: 'Say why this discount is given.' } : {}),
  }
}

/** What is sent; undefined while something is missing. */
export function toNewLine(draft: LineDraft, jobId: string | null): NewLine | undefined {
  const { unreadable: _, ...typed } = draft
  const { quantityHundredths, unitPriceCents } = typed
  if (quantityHundredths === null || unitPriceCents === null || Object.keys(problemsOf(draft)).length > 0) return undefined
  return { ...typed, jobId, quantityHundredths, unitPriceCents }
}

const order = ['description', 'quantityHundredths', 'unitPriceCents'] as const
/** A field for how many would take the amount of whoever types it right after the words. */
const discountOrder = ['description', 'unitPriceCents', 'reason'] as const

/** Where Enter goes from a field of the line; undefined = it adds the line. */
export function nextField(draft: Pick<LineDraft, 'type'>, field: DraftField): DraftField | undefined {
  const fields: readonly DraftField[] = draft.type === 'discount' ? discountOrder : order
  return fields[fields.indexOf(field) + 1]
}
