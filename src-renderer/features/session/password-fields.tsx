import type { z } from 'zod'
import type { CallError } from '../../base/errors'
import { Field } from '../../components/field'
import { TextInput } from '../../components/text-input'

export interface PasswordDraft {
  current: string
  next: string
  again: string
}

export type PasswordProblem = { field: keyof PasswordDraft; sentence: string } | undefined

/** The first thing that is wrong with the three fields; `schema` is the contract's for passwords. */
export function passwordProblem(draft: PasswordDraft, schema: z.ZodType<string>): PasswordProblem {
  if (draft.current === '') return { field: 'current', sentence: 'Please fill this in.' }
  const checked = schema.safeParse(draft.next)
  if (!checked.success) return { field: 'next', sentence: checked.error.issues[0]?.message ?? 'Choose another password.' }
  if (draft.next === draft.current) return { field: 'next', sentence: 'Choose one that is different from the old one.' }
  if (draft.again !== draft.next) return { field: 'again', sentence: 'This is not the same as above.' }
  return undefined
}

export function PasswordFields(props: {
  draft: PasswordDraft
  onDraft: (draft: PasswordDraft) => void
  problem: PasswordProblem
  error: CallError | null
  /** where no dialog gives the focus */
  autoFocus?: boolean
}) {
  const { draft, onDraft, problem, error, autoFocus = false } = props
  const errorOf = (field: keyof PasswordDraft, name: string): string | undefined =>
    problem?.field === field ? problem.sentence : error?.fieldMessage(name)
  return (
    <>
      <Field label="Present password" error={errorOf('current', 'currentPassword')}>
        <TextInput
          type="password"
          autoComplete="current-password"
          autoFocus={autoFocus}
          value={draft.current}
          onValueChange={(current) => onDraft({ ...draft, current })}
        />
      </Field>
      <Field label="New password" hint="At least 10 characters." error={errorOf('next', 'newPassword')}>
        <TextInput type="password" autoComplete="new-password" value={draft.next} onValueChange={(next) => onDraft({ ...draft, next })} />
      </Field>
      <Field label="New password again" error={errorOf('again', 'again')}>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={draft.again}
          onValueChange={(again) => onDraft({ ...draft, again })}
        />
      </Field>
    </>
  )
}
