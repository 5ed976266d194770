import { type RefObject, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Choices, LineType } from '../../../src-preload/contract/orders'
import { CallError } from '../../base/errors'
import { newId } from '../../base/new-id'
import { type DraftField, type LineDraft, newDraft, nextField, problemsOf, toNewLine, withType } from './line-draft'
import { useDesk } from './order-desk'
import { addLines } from './orders-api'

/** A line while it is typed, what is wrong with it, and adding it: afterwards the next one of its kind begins. */
export function useNewLine(root: RefObject<HTMLElement | null>, jobId: string | null, type: LineType, choices: Choices) {
  const desk = useDesk()
  const [draft, setDraft] = useState<LineDraft>(() => newDraft(newId(), type, choices))
  const [tried, setTried] = useState(false)
  const focus = (field: DraftField): void => root.current?.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)?.focus()

  const adding = useMutation({
    mutationFn: async () => {
      const line = toNewLine(draft, jobId)
      if (line) await addLines({ orderId: desk.order.id, lines: [line] }, desk.withApproval)
    },
    onSuccess: () => {
      setDraft(newDraft(newId(), draft.type, choices))
      setTried(false)
      focus('description')
      root.current?.scrollIntoView({ block: 'nearest' })
    },
  })
  const refused = adding.error instanceof CallError ? adding.error : null
  const problems = problemsOf(draft)

  const add = (): void => {
    if (adding.isPending) return
    setTried(true)
    const missing = (Object.keys(problems) as DraftField[])[0]
    if (missing) focus(missing)
    else adding.mutate()
  }

  return {
    draft,
    busy: adding.isPending,
    /** an error that stands at no field */
    error: refused && Object.keys(refused.fields).length > 0 ? null : adding.error,
    problem: (field: DraftField): string | undefined => (tried ? problems[field] : undefined) ?? refused?.fieldMessage(field),
    change: (changes: Partial<LineDraft>): void => {
      adding.reset()
      setDraft((before) => ({ ...before, ...changes }))
    },
    changeType: (next: LineType): void => {
      adding.reset()
      setDraft((before) => withType(before, next, choices))
    },
    focus,
    add,
    /** Enter in a field: to the next one, or the line is added */
    goOn: (field: DraftField): void => {
      const next = nextField(draft, field)
      if (next) focus(next)
      else add()
    },
  }
}
