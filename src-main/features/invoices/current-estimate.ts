import type { Ctx } from '../../ipc/context'
import { buildSnapshot, estimateFingerprint, type FrozenDocument } from '../orders/build-snapshot'
import type { SnapshotRow } from '../orders/snapshot-queries'

/** The estimate of an order as it stands now. */
export interface CurrentEstimate {
  readonly version: number
  /** what a yes to it would freeze; null while it says what the last frozen version says, which then is the estimate */
  readonly unfrozen: FrozenDocument | null
}

export function currentEstimate(shop: Ctx['shop'], row: SnapshotRow): CurrentEstimate {
  const frozen = row.frozen?.version ?? 0
  const version = frozen + 1
  const next = buildSnapshot(shop, row, {
    kind: 'estimate',
    number: `${row.orderNumber}-${version}`,
    estimateVersion: version,
    dueDate: null,
    terms: null,
  })
  return row.frozen?.hash === estimateFingerprint(next) ? { version: frozen, unfrozen: null } : { version, unfrozen: next }
}
