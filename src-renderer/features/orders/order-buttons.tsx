import { ClipboardList, Printer } from 'lucide-react'
import { useKey } from '../../base/keys'
import { keysOf } from '../../base/key-names'
import { Button } from '../../components/button'
import { blockedReasons, type OfferedAction } from './order-actions'
import type { NextAction } from '../../../src-preload/contract/orders'

const REASONS_ID = 'order-blocked-reasons'

interface ActionButtonsProps {
  offered: readonly OfferedAction[]
  /** what somebody else does next */
  byOthers: string | null
  onRun: (next: NextAction) => void
  onPrint: (() => void) | undefined
  onWorkOrder: () => void
  busy: boolean
}

/** What may be done with the order now, the likeliest first and in colour. */
export function ActionButtons({ offered, byOthers, onRun, onPrint, onWorkOrder, busy }: ActionButtonsProps) {
  useKey({ keys: 'w', title: 'Work order for the technician', run: onWorkOrder })
  return (
    <div role="group" aria-label="Next steps" className="flex flex-wrap items-center justify-end gap-2">
      {byOthers && (
        <p className="px-2 text-muted">
          <span className="font-medium text-ink">Next:</span> {byOthers}
        </p>
      )}
      {offered
        .toReversed()
        .filter(({ aside }) => aside)
        .map((action) => (
          <ActionButton key={action.next.action} action={action} onRun={onRun} busy={busy} />
        ))}
      <Button look="quiet" icon={<ClipboardList size={16} aria-hidden="true" />} keys="w" onClick={onWorkOrder}>
        Work order
      </Button>
      {onPrint && (
        <Button look="quiet" icon={<Printer size={16} aria-hidden="true" />} keys={keysOf('print')} onClick={onPrint}>
          Print
        </Button>
      )}
      {offered
        .filter(({ aside }) => !aside)
        .toSorted((a, b) => Number(a.main) - Number(b.main))
        .map((action) => (
          <ActionButton key={action.next.action} action={action} onRun={onRun} busy={busy} />
        ))}
    </div>
  )
}

function ActionButton({ action, onRun, busy }: { action: OfferedAction; onRun: (next: NextAction) => void; busy: boolean }) {
  const { next, word, key, main, aside } = action
  const possible = next.blockedBy === null
  const whyNot = next.blockedBy ?? undefined
  const ofScreen = key?.startsWith('F') ?? false // the screen hears it itself, and knows what it does when this cannot be done yet
  const place = main ? 'first' : aside ? 'last' : undefined
  useKey(
    { keys: key ?? '', title: word, run: () => onRun(next), place, ...(whyNot === undefined ? {} : { whyNot }) },
    !busy && !(possible && ofScreen),
  )
  return (
    <Button
      look={main ? 'primary' : aside ? 'quiet' : 'secondary'}
      disabled={!possible || busy}
      {...(possible && key ? { keys: key } : {})}
      {...(possible ? {} : { 'aria-describedby': REASONS_ID })}
      onClick={() => onRun(next)}
    >
      {word}
      {next.needsApproval && <span className="sr-only"> (asks for an approval)</span>}
    </Button>
  )
}

/** Why the grey buttons are grey. */
export function BlockedReasons({ offered }: { offered: readonly OfferedAction[] }) {
  const reasons = blockedReasons(offered)
  if (reasons.length === 0) return null
  return (
    <ul id={REASONS_ID} className="flex min-w-64 flex-1 flex-col gap-0.5 self-center text-sm text-muted">
      {reasons.map(({ sentence, words }) => (
        <li key={sentence}>
          <span className="font-medium text-ink">{words.join(', ')}:</span> {sentence}
        </li>
      ))}
    </ul>
  )
}
