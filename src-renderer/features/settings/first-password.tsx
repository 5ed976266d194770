import { Dices } from 'lucide-react'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'
import { suggestPassword } from './suggest-password'

export interface FirstPasswordProps {
  value: string
  onValueChange: (password: string) => void
  error: string | undefined
}

/** Shown as it is typed: the owner hands it over, and its user must change it at the first sign-in. */
export function FirstPassword({ value, onValueChange, error }: FirstPasswordProps) {
  return (
    <div className="flex items-start gap-2">
      <Field
        label="First password"
        required
        hint="At least 10 characters. It has to be changed at the first sign-in."
        error={error}
        className="flex-1"
      >
        <TextInput value={value} onValueChange={onValueChange} className="font-mono" autoComplete="new-password" />
      </Field>
      <Button className="mt-5.5" icon={<Dices size={16} aria-hidden="true" />} onClick={() => onValueChange(suggestPassword())}>
        Suggest
      </Button>
    </div>
  )
}
