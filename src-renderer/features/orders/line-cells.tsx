import { type KeyboardEvent, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Line } from '../../../src-preload/contract/orders'
import { type Cents, formatDollars, formatHundredths, type Hundredths } from '../../../src-preload/contract/money'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { QuantityInput } from '../../components/quantity-input'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { Textarea } from '../../components/textarea'
import { conditionChoices } from './field-choices'
import { cellInside, cellLook, wideBelow } from './line-look'
import { partsQuery } from './orders-api'
import { useLineField } from './use-line-field'

/** The words of the line; Enter stores them, they are not lines of a text. */
export function DescriptionCell({ line }: { line: Line }) {
  const description = useLineField(line, 'description')
  return (
    <Field label={`Description of ${line.description}`} hideLabel {...description.field}>
      <Textarea
        rows={1}
        className={`${cellLook} min-h-8! h-auto! resize-none py-1!`}
        maxLength={2000}
        value={description.input.value ?? ''}
        onValueChange={description.input.onValueChange}
        onBlur={description.input.onBlur}
        onKeyDown={(event: KeyboardEvent<HTMLTextAreaElement>) => {
          if (event.key === 'Enter') event.preventDefault()
          description.input.onKeyDown(event)
        }}
      />
    </Field>
  )
}

const showQuantity = (theirs: unknown): string => (typeof theirs === 'number' ? formatHundredths(theirs as Hundredths) : 'empty')
const showMoney = (theirs: unknown): string => (typeof theirs === 'number' ? formatDollars(theirs as Cents) : 'unknown')

export function QuantityCell({ line }: { line: Line }) {
  const { field, input } = useLineField(line, 'quantityHundredths')
  const emptied = input.value === null && field.store !== 'storing'
  return (
    <Field
      label={`${line.type === 'labor' ? 'Hours' : 'Quantity'} of ${line.description}`}
      hideLabel
      className={wideBelow}
      {...field}
      error={field.error ?? (emptied ? 'Enter a quantity. Esc brings the old one back.' : undefined)}
      showTheirs={showQuantity}
    >
      <QuantityInput
        {...input}
        onValueChange={(value, valid) => input.onValueChange(value, valid && value !== null)}
        className={cellInside}
      />
    </Field>
  )
}

export function PriceCell({ line }: { line: Line }) {
  const { field, input } = useLineField(line, 'unitPriceCents')
  const emptied = input.value === null && field.store !== 'storing'
  return (
    <Field
      label={`Price of ${line.description}`}
      hideLabel
      className={wideBelow}
      {...field}
      error={field.error ?? (emptied ? 'Enter a price. Esc brings the old one back.' : undefined)}
      showTheirs={showMoney}
    >
      <MoneyInput {...input} onValueChange={(value, valid) => input.onValueChange(value, valid && value !== null)} className={cellInside} />
    </Field>
  )
}

/** What the shop pays for one; only for those who may see it. */
export function CostCell({ line }: { line: Line }) {
  const { field, input } = useLineField(line, 'costCents')
  return (
    <Field label={`Cost of ${line.description}`} hideLabel className={wideBelow} {...field} showTheirs={showMoney}>
      <MoneyInput {...input} className={cellInside} />
    </Field>
  )
}

export function TaxedCell({ line }: { line: Line }) {
  const taxed = useLineField(line, 'taxable')
  const { store, error, conflict } = taxed.field
  return (
    <>
      <input
        type="checkbox"
        aria-label={`Taxed: ${line.description}`}
        checked={taxed.input.value === true}
        disabled={store === 'storing'}
        onChange={(event) => taxed.choose(event.target.checked)}
        className="mt-2 size-4 accent-accent"
      />
      {error && <p className="text-sm text-bad">{error}</p>}
      {conflict && (
        <button type="button" className="text-sm text-warn underline" onClick={conflict.takeTheirs}>
          Changed by somebody else
        </button>
      )}
    </>
  )
}

/** Under a part: its number, what condition it is in (wanted on the estimate). */
export function PartFacts({ line }: { line: Line }) {
  const condition = useLineField(line, 'partCondition')
  const number = useLineField(line, 'partNumber')
  return (
    <div className="mt-1 flex items-center gap-1.5">
      <Field label={`Part number of ${line.description}`} hideLabel className="min-w-0 flex-1" {...number.field}>
        <TextInput
          {...number.input}
          value={number.input.value ?? ''}
          placeholder="Part number"
          maxLength={100}
          className={`${cellLook} h-7! text-sm!`}
        />
      </Field>
      <Field
        label={`Condition of ${line.description}`}
        hideLabel
        className="shrink-0"
        place={line.partCondition === null ? 'partCondition' : undefined}
        {...condition.field}
      >
        <Select
          value={condition.input.value ?? ''}
          onValueChange={(value) => condition.choose(value === '' ? null : value)}
          choices={conditionChoices}
          className="w-24 [&_select]:h-7 [&_select]:border-line [&_select]:bg-transparent [&_select]:py-0 [&_select]:pr-6 [&_select]:pl-1.5 [&_select]:text-sm"
        />
      </Field>
    </div>
  )
}

/** Asked for once the line is looked at; the part is found again by its number. */
export function InStock({ line }: { line: Line }) {
  const [text] = useState(line.partNumber)
  const { data } = useQuery(partsQuery(text))
  const part = data?.find(({ id }) => id === line.inventoryItemId)
  if (!part) return null
  const short = part.onHandHundredths < line.quantityHundredths
  return (
    <span className={`shrink-0 text-xs ${short ? 'font-medium text-warn' : 'text-muted'}`}>
      {short ? 'only ' : ''}
      {stockText(part.onHandHundredths)} in stock
    </span>
  )
}

export function stockText(onHandHundredths: number): string {
  if (onHandHundredths === 0) return '0'
  const amount = formatHundredths(Math.abs(onHandHundredths) as Hundredths)
  return onHandHundredths < 0 ? `-${amount}` : amount
}
