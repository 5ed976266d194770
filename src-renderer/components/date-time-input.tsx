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

const PROBLEM = 'Enter a date and a time.'
/** Without an end the browser takes six digits for a year, and whoever types on after the fourth fills them. */
const LAST = '9999-12-31T23:59'

/** A date and time on the shop's wall clock. */
export function DateTimeInput({ value, onValueChange, timezone, className, onBlur, onKeyDown, ...input }: DateTimeInputProps) {
  const wiring = useFieldWiring()
  // While it is typed in parts the browser reports '': that is not the same as emptied. It stands only for what it made of the value:
  // one that is set from elsewhere meanwhile (a key for a usual time) is shown at once.
  const [typing, setTyping] = useState<{ text: string; value: string | null } | null>(null)
  const hand = (element: HTMLInputElement): void => {
    const half = element.validity.badInput
    const moment = element.value === '' ? null : fromWallTime(element.value, timezone)
    setTyping({ text: element.value, value: moment ?? null })
    const text = element.value.replace('T', ' ')
    wiring.reportTyped(half || moment === undefined ? { text, problem: PROBLEM } : { text })
    onValueChange(moment ?? null, !half && moment !== undefined)
  }
  return (
    <input
      type="datetime-local"
      max={LAST}
      {...inputAttributes(wiring)}
      {...input}
      value={typing?.value === value ? typing.text : value === null ? '' : toWallTime(value, timezone)}
      onChange={(event) => hand(event.target)}
      onKeyDown={(event) => {
        // What is half typed is no value to React: it cannot take it back.
        if (event.key === 'Escape' && event.currentTarget.validity.badInput) event.currentTarget.value = ''
        onKeyDown?.(event)
      }}
      onKeyUp={(event) => {
        // Typed in parts from nothing the value stays '', and the browser tells of no change.
        if (event.currentTarget.validity.badInput && event.currentTarget.value === '') hand(event.currentTarget)
      }}
      onBlur={(event) => {
        setTyping(null)
        wiring.reportProblem(event.target.validity.badInput ? PROBLEM : null)
        onBlur?.(event)
      }}
      className={`${inputLook} ${className ?? ''}`}
    />
  )
}
