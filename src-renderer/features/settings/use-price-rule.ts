import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { NewPriceRule } from '../../../src-preload/contract/pricing'
import { newId } from '../../base/new-id'
import { type GuardedDraft, useGuardedDraft } from '../../base/use-guarded-draft'
import { type Problems, useProblems } from '../../base/use-problems'
import { addPriceRule, updatePriceRule } from './settings-api'

export interface RuleForm<Fields extends object> extends GuardedDraft<Fields> {
  problems: Problems
  busy: boolean
  submit: () => void
}

/**
 * The form of one price rule, new or known. `check` answers with what is missing: field -> sentence.
 */
export function usePriceRule<Fields extends object>(
  kind: NewPriceRule['kind'],
  id: string | undefined,
  start: Fields,
  check: (draft: Fields) => Record<string, string>,
  onClose: () => void,
): RuleForm<Fields> {
  const [ruleId] = useState(() => id ?? newId())
  const form = useGuardedDraft<Fields>(start)
  const save = useMutation({
    // Kind and fields belong together: each dialog names both.
    mutationFn: () =>
      id === undefined
        ? addPriceRule({ kind, id: ruleId, fields: form.draft } as unknown as NewPriceRule)
        : updatePriceRule({ kind, id: ruleId, ...form.edit() }),
    onSuccess: onClose,
    onError: form.refused,
  })
  const missing = check(form.draft)
  const problems = useProblems(missing, save.error)
  return {
    ...form,
    problems,
    busy: save.isPending,
    submit: () => {
      problems.show()
      if (Object.keys(missing).length === 0 && !form.hasConflict && !save.isPending) save.mutate()
    },
  }
}

/** The fields of a stored rule. */
export function withoutId<Rule extends { id: string }>({ id: _, ...fields }: Rule): Omit<Rule, 'id'> {
  return fields
}
