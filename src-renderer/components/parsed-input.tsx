import { type ComponentPropsWithRef, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { inputAttributes, inputLook, useFieldWiring } from './field-context'

interface ParsedInputProps<Value> extends Omit<ComponentPropsWithRef<'input'>, 'value' | 'onChange' | 'defaultValue' | 'id' | 'type'> {
  /** null = nothing there */
  value: Value | null
  /** null with valid = emptied; null without = what stands there is not a value yet, and must not be stored or sent */
  onValueChange: (value: Value | null, valid: boolean) => void
  parse: (text: string) => Value | undefined
  format: (value: Value) => string
  /** beside the field when it is left with something else in it */
  problem: string
  /** a sign before or after the number, for the eye only */
  prefix?: string
  suffix?: string
}

/**
 * Base of the inputs for amounts, quantities and rates: keeps what is typed as it is typed, formats it when it is left, and says at the field
 * what is wrong. Never hands on an old value in place of a text it cannot read.
 */
export function ParsedInput<Value>(props: ParsedInputProps<Value>) {
  const { value, onValueChange, parse, format, problem, prefix, suffix, onBlur, onKeyDown, onFocus, className, ...input } = props
  const wiring = useFieldWiring()
  const shown = (): string => (value === null ? '' : format(value))
  const [text, setText] = useState(shown)
  const reported = useRef<Value | null>(value)

  // A value from outside (loaded, reset, taken from somebody else) replaces what stands there.
  useEffect(() => {
    if (Object.is(reported.current, value)) return
    reported.current = value
    setText(value === null ? '' : format(value))
    wiring.reportProblem(null)
  }, [value, format, wiring])

  const type = (typed: string): void => {
    setText(typed)
    const parsed = typed.trim() === '' ? null : parse(typed)
    reported.current = parsed ?? null
    if (parsed !== undefined) wiring.reportProblem(null)
    wiring.reportTyped(parsed === undefined ? { text: typed, problem } : { text: typed })
    onValueChange(parsed ?? null, parsed !== undefined)
  }

  const settle = (): void => {
    const parsed = text.trim() === '' ? null : parse(text)
    wiring.reportProblem(parsed === undefined ? problem : null)
    if (parsed !== undefined) setText(parsed === null ? '' : format(parsed))
  }

  const settleOnKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') settle()
    if (event.key === 'Escape' && text.trim() !== '' && parse(text) === undefined) {
      setText(shown())
      wiring.reportProblem(null)
    }
    onKeyDown?.(event)
  }

  return (
    <div className={`relative ${className ?? ''}`}>
      {prefix && <Sign side="left-2.5">{prefix}</Sign>}
      <input
        type="text"
        inputMode="decimal"
        autoComplete="off"
        {...inputAttributes(wiring)}
        {...input}
        value={text}
        onChange={(event) => type(event.target.value)}
        onFocus={(event) => {
          event.target.select()
          onFocus?.(event)
        }}
        onBlur={(event) => {
          settle()
          onBlur?.(event)
        }}
        onKeyDown={settleOnKey}
        className={`${inputLook} text-right ${prefix ? 'pl-7' : ''} ${suffix ? 'pr-8' : ''}`}
      />
      {suffix && <Sign side="right-2.5">{suffix}</Sign>}
    </div>
  )
}

function Sign({ side, children }: { side: string; children: string }) {
  return (
    <span aria-hidden="true" className={`pointer-events-none absolute inset-y-0 flex items-center text-muted ${side}`}>
      {children}
    </span>
  )
}

export type SpecificInputProps<Value> = Omit<ParsedInputProps<Value>, 'parse' | 'format' | 'problem' | 'prefix' | 'suffix'> & {
  problem?: string
}
