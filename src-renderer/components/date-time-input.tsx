import { type ComponentPropsWithRef, useState } from 'react'
import { fromWallTime, toWallTime } from '../base/shop-time'
import { inputAttributes, inputLook, useFieldWiring } from './field-context'

export interface DateTimeInputProps extends Omit<ComponentPropsWithRef<'input'>, 'value' | 'onChange' | 'defaultValue' | 'id' | 'type'> {
  /** ISO text with offset; null = none */
  value: string | null
  onValueChange: (value: string | null, valid: boolean) => void
  /** the wall clock that is meant */
  timezone: string
}

/** A date and time on the shop's wall clock. */
export function DateTimeInput({ value, onValueChange, timezone, className, onBlur, ...input }: DateTimeInputProps) {
  const wiring = useFieldWiring()
  // While it is typed in parts the browser reports '': that is not the same as emptied.
  const [typing, setTyping] = useState<string | null>(null)
  return (
    <input
      type="datetime-local"
      {...inputAttributes(wiring)}
      {...input}
      value={typing ?? (value === null ? '' : toWallTime(value, timezone))}
      onChange={(event) => {
        setTyping(event.target.value)
        const half = event.target.validity.badInput
        const moment = event.target.value === '' ? null : fromWallTime(event.target.value, timezone)
        onValueChange(moment ?? null, !half && moment !== undefined)
      }}
      onBlur={(event) => {
        setTyping(null)
        wiring.reportProblem(event.target.validity.badInput ? 'Enter a date and a time.' : null)
        onBlur?.(event)
      }}
      className={`${inputLook} ${className ?? ''}`}
    />
  )
}
