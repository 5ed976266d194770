import { type ReactNode, useEffect, useId, useMemo, useState } from 'react'
import { Check, CircleAlert } from 'lucide-react'
import type { FieldWitness, StoreState } from '../base/field-keeper'
import { Button } from './button'
import { FieldContext } from './field-context'
import { Spinner } from './spinner'

export interface FieldProps {
  label: string
  /** keeps the label for screen readers only, where the surroundings say it already (cells of a table) */
  hideLabel?: boolean
  /** how to fill it in; an error takes its place */
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
  /** from useStoredField: what became of the last edit */
  store?: StoreState
  conflict?: { theirs: unknown; takeTheirs: () => void; keepMine: () => void } | undefined
  /** from useStoredField: what was typed and not approved, or given up */
  refused?: { text: string; retry: () => void } | undefined
  /** from useStoredField: hears what the field is called and what is typed in it */
  witness?: FieldWitness
  /** how `theirs` reads, for values that are not plain text */
  showTheirs?: (theirs: unknown) => string
  className?: string
  /** the name by which other parts of the screen lead here */
  place?: string | undefined
  children: ReactNode
}

/** Label, input, hint and error as one: wired for screen readers, the error right under its input. */
export function Field(props: FieldProps) {
  const {
    label,
    hideLabel = false,
    hint,
    error,
    required = false,
    store = 'idle',
    conflict,
    refused,
    witness,
    showTheirs = plain,
    className = '',
    place,
    children,
  } = props
  const id = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const sentence = problem ?? error
  const describedBy = [sentence && `${id}-error`, !sentence && hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
  const wiring = useMemo(
    () => ({
      id,
      describedBy,
      invalid: sentence !== undefined,
      required,
      reportProblem: setProblem,
      reportTyped: witness?.typed ?? (() => undefined),
    }),
    [id, describedBy, sentence, required, witness],
  )
  useEffect(() => witness?.named(label), [witness, label])
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`} data-field={place}>
      <div className={hideLabel ? 'sr-only' : 'flex items-center justify-between gap-2'}>
        <label htmlFor={id} className="text-sm font-medium text-ink">
          {label}
          {required && <span className="text-muted"> *</span>}
        </label>
        <StoreSign store={store} />
      </div>
      <FieldContext value={wiring}>{children}</FieldContext>
      {sentence && (
        <p id={`${id}-error`} className="flex items-start gap-1 text-sm text-bad">
          <CircleAlert size={14} className="mt-0.5 shrink-0" aria-hidden="true" /> {sentence}
        </p>
      )}
      {conflict && <ConflictChoice conflict={conflict} showTheirs={showTheirs} />}
      {refused && <Refused {...refused} />}
      {hint && !sentence && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  )
}

function plain(theirs: unknown): string {
  return typeof theirs === 'string' || typeof theirs === 'number' ? `${theirs}` || 'empty' : 'empty'
}

function StoreSign({ store }: { store: StoreState }) {
  return (
    <span role="status" className="inline-flex h-4 items-center gap-1 text-xs text-muted">
      {store === 'storing' && (
        <>
          <Spinner size={12} /> Saving
        </>
      )}
      {store === 'stored' && (
        <>
          <Check size={12} aria-hidden="true" className="text-good" /> Saved
        </>
      )}
      {(store === 'failed' || store === 'conflict') && <span className="text-bad">Not saved</span>}
    </span>
  )
}

/** The stored value stands again; what was typed instead is not lost. */
function Refused({ text, retry }: { text: string; retry: () => void }) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-warn">
      <span>{text === '' ? 'Not stored.' : `“${text}” was not stored.`}</span>
      <Button size="small" onClick={retry}>
        Try again
      </Button>
    </div>
  )
}

/** What somebody else made of a field meanwhile, and the choice between the two. */
export function ConflictChoice({
  conflict,
  showTheirs,
}: {
  conflict: NonNullable<FieldProps['conflict']>
  showTheirs: (theirs: unknown) => string
}) {
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-md border border-warn bg-warn-soft p-2 text-sm text-warn">
      <p>
        Somebody else changed this to <strong className="text-ink">{showTheirs(conflict.theirs)}</strong> meanwhile.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={conflict.takeTheirs}>
          Take theirs
        </Button>
        <Button size="small" onClick={conflict.keepMine}>
          Keep mine
        </Button>
      </div>
    </div>
  )
}
