import { createContext, useContext, useId } from 'react'
import type { Typed } from '../base/field-keeper'

/** What a <Field> tells the input inside it, and hears from it. */
export interface FieldWiring {
  id: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
  /** The input itself sees that what was typed is nothing it can take ('12.5.0' as an amount); null when it is good again. */
  reportProblem: (sentence: string | null) => void
  /** The input has this in it now, as it was typed; before it hands on the value. */
  reportTyped: (typed: Typed) => void
}

export const FieldContext = createContext<FieldWiring | null>(null)

const ignore = (): void => undefined

/** The wiring of the field around, or of an input that stands alone (it then needs an aria-label). */
export function useFieldWiring(): FieldWiring {
  const own = useId()
  return (
    useContext(FieldContext) ?? {
      id: own,
      describedBy: undefined,
      invalid: false,
      required: false,
      reportProblem: ignore,
      reportTyped: ignore,
    }
  )
}

/** The attributes every input takes from its field. */
export function inputAttributes(wiring: FieldWiring) {
  return {
    id: wiring.id,
    'aria-describedby': wiring.describedBy,
    'aria-invalid': wiring.invalid || undefined,
    'aria-required': wiring.required || undefined,
  }
}

/** An input without height and type size, for the ones that have their own. */
export const bareInputLook =
  'w-full min-w-0 rounded-md border border-control bg-surface text-ink transition-colors hover:border-ink focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted aria-invalid:border-bad [&[readonly]]:bg-sunken'

export const inputLook = `${bareInputLook} h-control px-2.5 text-base`
