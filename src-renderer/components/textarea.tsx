import type { ComponentPropsWithRef } from 'react'
import { bareInputLook, inputAttributes, useFieldWiring } from './field-context'

export interface TextareaProps extends Omit<ComponentPropsWithRef<'textarea'>, 'value' | 'onChange' | 'defaultValue' | 'id'> {
  value: string
  onValueChange: (value: string) => void
}

/** Several lines; grows with what is typed. */
export function Textarea({ value, onValueChange, rows = 2, className, ...input }: TextareaProps) {
  const wiring = useFieldWiring()
  return (
    <textarea
      {...inputAttributes(wiring)}
      {...input}
      rows={rows}
      value={value}
      onChange={(event) => onValueChange(event.target.value)}
      className={`${bareInputLook} field-sizing-content max-h-60 min-h-control px-2.5 py-1.5 text-base ${className ?? ''}`}
    />
  )
}
