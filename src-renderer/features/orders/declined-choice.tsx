import { useQuery } from '@tanstack/react-query'
import { useGrant } from '../../base/session'
import { Card } from '../../components/card'
import { Checkbox } from '../../components/checkbox'
import { DeclinedFacts } from './declined-facts'
import { declinedWorkQuery } from './orders-api'
import type { ReturningWork } from './use-returning-work'

interface Props {
  readonly customerId: string
  readonly vehicleId: string
  readonly returning: ReturningWork
}

/** At the check-in: what the customer said no to at earlier visits of this car, to be taken on this time. */
export function DeclinedChoice({ customerId, vehicleId, returning }: Props) {
  const mayAsk = useGrant('orders.authorize') !== 'no'
  const { data: offers = [] } = useQuery({ ...declinedWorkQuery({ customerId, vehicleId }), enabled: mayAsk })
  if (offers.length === 0) return null
  return (
    <Card title="Said no last time">
      <ul aria-label="Work declined at earlier visits" className="flex flex-col gap-3">
        {offers.map((work) => (
          <li key={work.id}>
            <Checkbox
              label={<DeclinedFacts work={work} />}
              checked={returning.isChosen(work)}
              onCheckedChange={(chosen) => returning.choose(work, chosen)}
            />
          </li>
        ))}
      </ul>
      <p className="mt-3 text-sm text-muted">What is ticked goes on the new order at today’s price.</p>
    </Card>
  )
}
