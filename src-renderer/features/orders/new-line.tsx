import { type KeyboardEvent, useEffect, useRef } from 'react'
import { formatDollars, formatHundredths, lineTotal } from '../../../src-preload/contract/money'
import type { Choices, LineType } from '../../../src-preload/contract/orders'
import { useLostOnLeave } from '../../base/use-lost-on-leave'
import { Button } from '../../components/button'
import { ErrorBanner } from '../../components/error-banner'
import type { DraftField, LineDraft } from './line-draft'
import { DraftFields } from './new-line-fields'
import { useNewLine } from './use-new-line'

interface NewLineProps {
  jobId: string | null
  type: LineType
  choices: Choices
  onDone: () => void
}

/** A line while it is typed: Enter goes from field to field, adds the line and starts the next of its kind; Esc gives up. */
export function NewLine({ jobId, type, choices, onDone }: NewLineProps) {
  const root = useRef<HTMLDivElement>(null)
  const line = useNewLine(root, jobId, type, choices)
  useLostOnLeave(lossOf(line.draft))
  useEffect(() => root.current?.querySelector<HTMLInputElement>('[data-field="description"] input')?.focus(), [])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return
    const field = (event.target as HTMLElement).closest<HTMLElement>('[data-field]')?.dataset.field as DraftField | undefined
    if (event.key === 'Escape') {
      event.preventDefault()
      event.nativeEvent.stopImmediatePropagation()
      onDone()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      line.add()
    } else if (event.key === 'Enter' && field) {
      event.preventDefault()
      line.goOn(field)
    }
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the fields are the controls; this only hears their keys
    <div ref={root} onKeyDown={onKeyDown} className="flex flex-col gap-2 border-t border-line bg-accent-soft/40 px-3 py-2.5">
      <ErrorBanner error={line.error} />
      <DraftFields
        jobId={jobId}
        draft={line.draft}
        change={line.change}
        problem={line.problem}
        onType={line.changeType}
        busy={line.busy}
        onPartChosen={() => line.focus('quantityHundredths')}
      >
        <DraftTotal draft={line.draft} />
        <Button size="small" keys="Escape" onClick={onDone}>
          Done
        </Button>
        <Button size="small" look="primary" keys="Enter" busy={line.busy} onClick={line.add}>
          Add line
        </Button>
      </DraftFields>
    </div>
  )
}

/** What to say when the line goes away before it was added. */
function lossOf({ description, quantityHundredths, unitPriceCents, reason, unreadable }: LineDraft): string | null {
  const words = [description.trim(), reason.trim(), ...Object.values(unreadable)].filter((text) => text !== '').map((text) => `“${text}”`)
  if (words.length === 0) return null
  const figures = [
    quantityHundredths === null ? '' : formatHundredths(quantityHundredths),
    unitPriceCents === null ? '' : formatDollars(unitPriceCents),
  ]
  return `The line was not added: ${words.join(', ')}, ${figures.filter(Boolean).join(' at ') || 'no price'}.`
}

function DraftTotal({ draft: { type, quantityHundredths, unitPriceCents } }: { draft: LineDraft }) {
  if (quantityHundredths === null || unitPriceCents === null) return null
  return (
    <span className="mr-2 text-muted">
      = {type === 'discount' && '-'}
      {formatDollars(lineTotal(quantityHundredths, unitPriceCents))}
    </span>
  )
}
