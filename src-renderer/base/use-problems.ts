import { useEffect, useState } from 'react'
import type { CallError } from './errors'
import { focusFirstProblem } from './focus-first-problem'

export interface Problems {
  /** the sentence for a field, once somebody tried to save */
  of: (name: string) => string | undefined
  /** Call when somebody tries to save: from now on problems are shown. */
  show: () => void
  /** the program's answer, unless it is about one field and said there */
  other: CallError | null
}

/** Sentences beside the fields of a form in a dialog: its own (from the first try on), else what the program answered. */
export function useProblems(found: Readonly<Record<string, string>>, answer: CallError | null): Problems {
  const [tried, setTried] = useState(false)
  useEffect(() => {
    if (answer) focusFirstProblem()
  }, [answer])
  const isSaidAtField = answer?.code === 'DUPLICATE' && Object.keys(answer.fields).length > 0
  return {
    other: isSaidAtField ? null : answer,
    of: (name) => (tried ? found[name] : undefined) ?? answer?.fieldMessage(name),
    show: () => setTried(true),
  }
}
