import type { ComponentPropsWithRef } from 'react'
import { ChevronDown } from 'lucide-react'
import { inputAttributes, inputLook, useFieldWiring } from './field-context'

export interface Choice<Value extends string> {
  value: Value
  label: string
  disabled?: boolean
}

export interface SelectProps<Value extends string> extends Omit<
  ComponentPropsWithRef<'select'>,
  'value' | 'onChange' | 'defaultValue' | 'id'
> {
  value: Value
  onValueChange: (value: Value) => void
  choices: readonly Choice<Value>[]
}

/** The system's own select: type-ahead, arrow keys and screen readers work as everywhere else on the machine. */
export function Select<Value extends string>({ value, onValueChange, choices, className, ...select }: SelectProps<Value>) {
  const wiring = useFieldWiring()
  return (
    <div className={`relative ${className ?? ''}`}>
      <select
        {...inputAttributes(wiring)}
        {...select}
        value={value}
        onChange={(event) => {
          wiring.reportTyped({ text: event.target.selectedOptions[0]?.label ?? '' })
          onValueChange(event.target.value as Value)
        }}
        className={`${inputLook} appearance-none truncate pr-8`}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
      <ChevronDown size={16} aria-hidden="true" className="pointer-events-none absolute inset-y-0 right-2 my-auto text-muted" />
    </div>
  )
}
