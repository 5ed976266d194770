import { Link } from '@tanstack/react-router'
import type { Customer } from '../../../src-preload/contract/customers'
import { useGrant } from '../../base/session'
import { useApproval } from '../../base/use-approval'
import { RemovedBanner } from '../../components/removed-banner'
import { undoMerge } from './customers-api'

/** On the screen of the one that went: where to, and the way back. */
export function MergedBanner({ into, deletedAt }: { into: NonNullable<Customer['mergedInto']>; deletedAt: string }) {
  const mayUndo = useGrant('customers.merge') !== 'no'
  const withApproval = useApproval()
  return (
    <RemovedBanner
      title="Merged into another customer"
      undo="Undo merge"
      deletedAt={deletedAt}
      mayRestore={mayUndo}
      onRestore={() => undoMerge(into.mergeId, withApproval)}
    >
      Cars, orders and money are at{' '}
      <Link to="/customers/$customerId" params={{ customerId: into.id }} className="font-medium text-accent-ink underline">
        {into.displayName}
      </Link>
      .
    </RemovedBanner>
  )
}

/** On the screen of the one that stayed: who came, each with the way back. */
export function MergesBanner({ customer }: { customer: Customer }) {
  const mayUndo = useGrant('customers.merge') !== 'no'
  const withApproval = useApproval()
  if (customer.deletedAt !== null || !mayUndo) return null
  return customer.merges.map((merge) => (
    <RemovedBanner
      key={merge.id}
      title={`${merge.mergedName} was merged into this customer by ${merge.mergedByName}`}
      undo="Undo merge"
      deletedAt={merge.mergedAt}
      mayRestore
      onRestore={() => undoMerge(merge.id, withApproval)}
    >
      Both can be parted again until something new hangs on it.
    </RemovedBanner>
  ))
}
