import type { DeclinedWork } from '../../../src-preload/contract/declined-work'
import { useFormat } from '../../base/format'
import { Amount } from '../../components/amount'

/** What was declined, when, why, for how much, and what it costs today. */
export function DeclinedFacts({ work }: { work: DeclinedWork }) {
  const format = useFormat()
  const { name, declinedAt, reason, orderNumber, thenCents, nowCents, changes } = work
  return (
    <span className="block min-w-0">
      <span className="font-medium">{name}</span>
      <span className="block text-sm text-muted">
        {[`Said no ${format.date(declinedAt)} in ${orderNumber}`, reason && `“${reason}”`].filter(Boolean).join(' · ')}
      </span>
      <span className="block text-sm">
        Then <Amount cents={thenCents} />, today <Amount cents={nowCents} className="font-semibold" />
        {changes.length > 0 && <span className="text-muted"> ({changes.join('; ')})</span>}
      </span>
    </span>
  )
}
