import { type ReactNode, useId } from 'react'
import { ConflictChoice, type FieldProps } from './field'

export interface CheckboxProps {
  label: ReactNode
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  disabled?: boolean
  hint?: string
  conflict?: FieldProps['conflict']
}

export function Checkbox({ label, checked, onCheckedChange, disabled = false, hint, conflict }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
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
        {conflict && <ConflictChoice conflict={conflict} showTheirs={(theirs) => (theirs === true ? 'yes' : 'no')} />}
      </div>
    </div>
  )
}
