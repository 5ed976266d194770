import type { ComponentPropsWithRef } from 'react'
import { inputAttributes, inputLook, useFieldWiring } from './field-context'

export interface TextInputProps extends Omit<ComponentPropsWithRef<'input'>, 'value' | 'onChange' | 'defaultValue' | 'id'> {
  value: string
  onValueChange: (value: string) => void
}

export function TextInput({ value, onValueChange, className, ...input }: TextInputProps) {
  const wiring = useFieldWiring()
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...inputAttributes(wiring)}
      {...input}
      value={value}
      onChange={(event) => onValueChange(event.target.value)}
      className={`${inputLook} ${className ?? ''}`}
    />
  )
}
