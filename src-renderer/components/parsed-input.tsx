import { type ComponentPropsWithRef, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type FieldWiring, inputAttributes, inputLook, useFieldWiring } from './field-context'

interface ParsedInputProps<Value> extends Omit<ComponentPropsWithRef<'input'>, 'value' | 'onChange' | 'defaultValue' | 'id' | 'type'> {
  /** null = nothing there */
  value: Value | null
  /** null with valid = emptied; null without = what stands there is not a value yet, and must not be stored or sent */
  onValueChange: (value: Value | null, valid: boolean, text: string) => void
  /** a text that is no value, kept from before: stands there at first, with what is wrong with it */
  unreadable?: string
  parse: (text: string) => Value | undefined
  format: (value: Value) => string
  /** beside the field when it is left with something else in it */
  problem: string
  /** a sign before or after the number, for the eye only */
  prefix?: string
  suffix?: string
}

type TextSource<Value> = Pick<ParsedInputProps<Value>, 'value' | 'onValueChange' | 'parse' | 'format' | 'problem' | 'unreadable'>

/** What stands in the input, and what is to do when it is typed in, left, or taken back. */
function useParsedText<Value>({ value, onValueChange, parse, format, problem, unreadable = '' }: TextSource<Value>, wiring: FieldWiring) {
  const shown = (): string => (value === null ? '' : format(value))
  const [text, setText] = useState(() => unreadable || shown())
  const reported = useRef<Value | null>(value)
  const read = (typed: string): Value | null | undefined => (typed.trim() === '' ? null : parse(typed))

  // Kept from before: what is wrong with it is said at once.
  const startedWith = useRef(unreadable === '' ? null : problem)
  const { reportProblem } = wiring
  useLayoutEffect(() => {
    if (startedWith.current !== null) reportProblem(startedWith.current)
  }, [reportProblem])

  // A value from outside (loaded, reset, taken from somebody else) replaces what stands there.
  useEffect(() => {
    if (Object.is(reported.current, value)) return
    reported.current = value
    setText(value === null ? '' : format(value))
    reportProblem(null)
  }, [value, format, reportProblem])

  return {
    text,
    type: (typed: string): void => {
      startedWith.current = null
      setText(typed)
      const parsed = read(typed)
      reported.current = parsed ?? null
      if (parsed !== undefined) wiring.reportProblem(null)
      wiring.reportTyped(parsed === undefined ? { text: typed, problem } : { text: typed })
      onValueChange(parsed ?? null, parsed !== undefined, typed)
    },
    settle: (): void => {
      const parsed = read(text)
      wiring.reportProblem(parsed === undefined ? problem : null)
      if (parsed !== undefined) setText(parsed === null ? '' : format(parsed))
    },
    takeBack: (): void => {
      if (read(text) !== undefined) return
      setText(shown())
      wiring.reportProblem(null)
    },
  }
}

/**
 * Base of the inputs for amounts, quantities and rates: keeps what is typed as it is typed, formats it when it is left, and says at the field
 * what is wrong. Never hands on an old value in place of a text it cannot read.
 */
export function ParsedInput<Value>(props: ParsedInputProps<Value>) {
  const { value, onValueChange, parse, format, problem, unreadable = '', ...rest } = props
  const { prefix, suffix, onBlur, onKeyDown, onFocus, className, ...input } = rest
  const wiring = useFieldWiring()
  const { text, type, settle, takeBack } = useParsedText({ value, onValueChange, parse, format, problem, unreadable }, wiring)

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
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle()
          if (event.key === 'Escape') takeBack()
          onKeyDown?.(event)
        }}
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
