import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { BellOff, RotateCcw } from 'lucide-react'
import type { DeclinedWork } from '../../../src-preload/contract/declined-work'
import { newId } from '../../base/new-id'
import { useKey } from '../../base/keys'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { showToast } from '../../components/toast'
import { DeclinedFacts } from './declined-facts'
import type { OrderDesk } from './order-desk'
import { declinedWorkQuery, revive, stopOffering } from './orders-api'

/** What the customer of this car said no to before: one key brings it back at today's price. */
export function DeclinedOffers({ desk: { order, mayDecide, withApproval } }: { desk: OrderDesk }) {
  const { data: offers = [] } = useQuery({
    ...declinedWorkQuery({ vehicleId: order.vehicle.id, exceptOrderId: order.id }),
    enabled: mayDecide,
  })
  const step = useMutation({ mutationFn: (work: () => Promise<unknown>) => work() })
  // One id each until it is used: asking again after a lost answer is the same job.
  const [ids] = useState(() => new Map<string, string>())

  const bringBack = ({ kind, id, nowCents, name }: DeclinedWork): void => {
    const jobId = ids.get(id) ?? newId()
    ids.set(id, jobId)
    step.mutate(async () => {
      await revive({ orderId: order.id, kind, id, jobId, expectedCents: nowCents }, withApproval)
      ids.delete(id)
      showToast(`Revived: ${name}`)
    })
  }
  const silence = ({ kind, id, name }: DeclinedWork): void =>
    step.mutate(async () => {
      await stopOffering(kind, id, true)
      showToast(`Not offered again: ${name}`, { undo: () => step.mutate(() => stopOffering(kind, id, false)) })
    })
  const reviveChosen = (): void => {
    const chosen = document.activeElement?.closest<HTMLElement>('[data-offer]')?.dataset.offer
    const work = offers.find(({ id }) => id === chosen) ?? offers[0]
    if (work && !step.isPending) bringBack(work)
  }
  useKey(
    { keys: 'z', title: 'Revive work that was declined before (the chosen one, else the first)', run: reviveChosen },
    offers.length > 0,
  )

  if (offers.length === 0) return step.error ? <ErrorBanner error={step.error} /> : null
  return (
    <Card title="Said no last time">
      <ErrorBanner error={step.error} />
      <ul aria-label="Work declined at earlier visits" className="-m-1 flex flex-col divide-y divide-line">
        {offers.map((work, at) => (
          <li key={work.id} data-offer={work.id} className="flex flex-wrap items-center gap-3 px-1 py-2">
            <span className="min-w-64 flex-1">
              <DeclinedFacts work={work} />
            </span>
            <Button
              size="small"
              icon={<RotateCcw size={14} aria-hidden="true" />}
              {...(at === 0 ? { keys: 'z' } : {})}
              busy={step.isPending}
              onClick={() => bringBack(work)}
            >
              Revive<span className="sr-only"> {work.name}</span>
            </Button>
            <Button
              size="small"
              look="quiet"
              icon={<BellOff size={14} aria-hidden="true" />}
              disabled={step.isPending}
              onClick={() => silence(work)}
            >
              Don’t offer again<span className="sr-only">: {work.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
