import { type ReactNode, useId } from 'react'
import { ConflictChoice, type FieldProps } from './field'

export interface CheckboxProps {
  label: ReactNode
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  disabled?: boolean
  hint?: string
  error?: FieldProps['error']
  conflict?: FieldProps['conflict']
}

export function Checkbox({ label, checked, onCheckedChange, disabled = false, hint, error, conflict }: CheckboxProps) {
  const id = useId()
  const describedBy = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={describedBy}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id} className="text-base">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-muted">
            {hint}
          </p>
        )}
        {error && (
          <p id={`${id}-error`} role="alert" className="text-sm text-bad">
            {error}
          </p>
        )}
        {conflict && <ConflictChoice conflict={conflict} showTheirs={(theirs) => (theirs === true ? 'yes' : 'no')} />}
      </div>
    </div>
  )
}
