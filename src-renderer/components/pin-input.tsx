import type { Ref } from 'react'
import { bareInputLook, inputAttributes, useFieldWiring } from './field-context'

const DIGITS = 6

export interface PinInputProps {
  value: string
  onValueChange: (value: string) => void
  /** called with the sixth digit */
  onComplete?: (pin: string) => void
  /** being checked: what is typed now is not taken, the focus stays */
  busy?: boolean
  disabled?: boolean
  autoFocus?: boolean
  ref?: Ref<HTMLInputElement>
}

/** Six digits, hidden; the sixth submits. */
export function PinInput({ value, onValueChange, onComplete, busy = false, ...input }: PinInputProps) {
  const wiring = useFieldWiring()
  return (
    <input
      type="password"
      inputMode="numeric"
      autoComplete="off"
      maxLength={DIGITS}
      {...inputAttributes(wiring)}
      {...input}
      readOnly={busy}
      aria-busy={busy || undefined}
      value={value}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, '').slice(0, DIGITS)
        onValueChange(digits)
        if (digits.length === DIGITS) onComplete?.(digits)
      }}
      className={`${bareInputLook} h-12 px-2.5 text-center font-mono text-2xl tracking-[0.5em]`}
    />
  )
}
