import type { ReactNode } from 'react'
import type { LineType } from '../../../src-preload/contract/orders'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { QuantityInput } from '../../components/quantity-input'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { conditionChoices, lineTypeWords } from './field-choices'
import { DiscountHelp } from './discount-help'
import { type DraftField, type LineDraft, withDescription, withNumber, withPart } from './line-draft'
import { useDesk } from './order-desk'
import { PartBox } from './part-box'

interface DraftFieldsProps {
  jobId: string | null
  draft: LineDraft
  change: (changes: Partial<LineDraft>) => void
  problem: (field: DraftField) => string | undefined
  onType: (type: LineType) => void
  onPartChosen: () => void
  busy: boolean
  /** what stands at the end of the last row */
  children: ReactNode
}

const typeChoices = (Object.keys(lineTypeWords) as LineType[]).map((value) => ({ value, label: lineTypeWords[value] }))

/** The fields of a line that is being typed, in the order Enter goes through them. */
export function DraftFields({ jobId, draft, change, problem, onType, onPartChosen, busy, children }: DraftFieldsProps) {
  const { seesCosts, partsOnly } = useDesk()
  return (
    <div className="grid grid-cols-[7rem_minmax(0,1fr)_5rem_7.5rem] items-start gap-2">
      <Field label="Kind">
        <Select
          value={draft.type}
          onValueChange={onType}
          choices={partsOnly ? typeChoices.filter(({ value }) => value === 'part') : typeChoices}
        />
      </Field>
      <div data-field="description" className={draft.type === 'discount' ? 'col-span-2' : ''}>
        <Field label={draft.type === 'discount' ? 'What for' : 'Description'} error={problem('description')}>
          <DescriptionInput draft={draft} change={change} busy={busy} onPartChosen={onPartChosen} />
        </Field>
      </div>
      {draft.type !== 'discount' && (
        <div data-field="quantityHundredths">
          <Field label={draft.type === 'labor' ? 'Hours' : 'Qty'} error={problem('quantityHundredths')}>
            <QuantityInput
              value={draft.quantityHundredths}
              onValueChange={(...typed) => change(withNumber(draft, 'quantityHundredths', ...typed))}
              readOnly={busy}
            />
          </Field>
        </div>
      )}
      <div data-field="unitPriceCents">
        <Field
          label={draft.type === 'labor' ? 'Rate' : draft.type === 'discount' ? 'Amount off' : 'Price'}
          error={problem('unitPriceCents')}
        >
          <MoneyInput
            value={draft.unitPriceCents}
            onValueChange={(...typed) => change(withNumber(draft, 'unitPriceCents', ...typed))}
            readOnly={busy}
          />
        </Field>
      </div>
      {draft.type === 'discount' && <DiscountHelp jobId={jobId} change={change} />}
      {draft.type === 'discount' && (
        <div data-field="reason" className="col-span-4">
          <Field label="Why is it given?" required error={problem('reason')}>
            <TextInput value={draft.reason} onValueChange={(reason) => change({ reason })} maxLength={500} readOnly={busy} />
          </Field>
        </div>
      )}
      <div className="col-span-4 flex flex-wrap items-end gap-3">
        {draft.type === 'part' && <PartFields draft={draft} change={change} />}
        {seesCosts && (draft.type === 'part' || draft.type === 'fee') && (
          <CostField draft={draft} error={problem('costCents')} change={change} />
        )}
        <span className="flex h-control items-center">
          <Checkbox label="Taxed" checked={draft.taxable} onCheckedChange={(taxable) => change({ taxable })} />
        </span>
        <span className="ml-auto flex h-control items-center gap-2">{children}</span>
      </div>
    </div>
  )
}

function DescriptionInput({ draft, change, busy, onPartChosen }: Pick<DraftFieldsProps, 'draft' | 'change' | 'busy' | 'onPartChosen'>) {
  if (draft.type !== 'part') {
    return <TextInput value={draft.description} onValueChange={(description) => change({ description })} maxLength={2000} readOnly={busy} />
  }
  return (
    <PartBox
      text={draft.description}
      onTextChange={(text) => change(withDescription(draft, text))}
      onChoose={(part) => {
        change(withPart(draft, part))
        onPartChosen()
      }}
    />
  )
}

function PartFields({ draft, change }: Pick<DraftFieldsProps, 'draft' | 'change'>) {
  return (
    <>
      <Field label="Part number" className="w-32">
        <TextInput value={draft.partNumber} onValueChange={(partNumber) => change({ partNumber })} maxLength={100} />
      </Field>
      <Field label="Condition" className="w-34">
        <Select
          value={draft.partCondition ?? ''}
          onValueChange={(condition) => change({ partCondition: condition === '' ? null : condition })}
          choices={conditionChoices}
        />
      </Field>
    </>
  )
}

function CostField({ draft, error, change }: Pick<DraftFieldsProps, 'draft' | 'change'> & { error: string | undefined }) {
  return (
    <Field label="Cost" className="w-26" error={error}>
      <MoneyInput value={draft.costCents} onValueChange={(...typed) => change(withNumber(draft, 'costCents', ...typed))} />
    </Field>
  )
}
