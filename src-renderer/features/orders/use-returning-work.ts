import { useState } from 'react'
import type { DeclinedWork } from '../../../src-preload/contract/declined-work'
import { sentenceFor } from '../../base/errors'
import { newId } from '../../base/new-id'
import { useApproval } from '../../base/use-approval'
import { showToast } from '../../components/toast'
import { revive } from './orders-api'

export interface ReturningWork {
  isChosen: (work: DeclinedWork) => boolean
  choose: (work: DeclinedWork, chosen: boolean) => void
  /** Puts what was chosen on the new order. What is refused is said; the order's screen offers it again. */
  bringBack: (orderId: string) => Promise<void>
}

/** Declined work that is wanted this time, chosen while the car is checked in. */
export function useReturningWork(): ReturningWork {
  const [chosen, setChosen] = useState<ReadonlyMap<string, { work: DeclinedWork; jobId: string }>>(new Map())
  const withApproval = useApproval()
  return {
    isChosen: ({ id }) => chosen.has(id),
    choose: (work, isChosen) => {
      const next = new Map(chosen)
      if (isChosen) next.set(work.id, { work, jobId: newId() })
      else next.delete(work.id)
      setChosen(next)
    },
    bringBack: async (orderId) => {
      for (const { work, jobId } of chosen.values()) {
        const { kind, id, nowCents: expectedCents, name } = work
        try {
          await revive({ orderId, kind, id, jobId, expectedCents }, withApproval)
        } catch (error) {
          showToast(`${name} is not on the order yet. ${sentenceFor(error)}`, { isTrouble: true })
        }
      }
    },
  }
}
