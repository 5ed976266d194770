import { useDeferredValue } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CustomerFields } from '../../../src-preload/contract/customers'
import { duplicateWords } from '../../base/duplicate-words'
import { Banner } from '../../components/banner'
import { withoutHidden } from './customer-draft'
import { duplicatesQuery } from './customers-api'

/** Who this might be already, looked up while somebody types. */
export function DuplicateList({ draft }: { draft: CustomerFields }) {
  const { firstName, lastName, companyName, phone, email } = useDeferredValue(withoutHidden(draft))
  const { data = [] } = useQuery(duplicatesQuery({ firstName, lastName, companyName, phone, email }))
  if (data.length === 0 || [firstName, lastName, companyName, phone, email].every((text) => text === '')) return null
  return (
    <Banner tone="warn">
      <span className="font-medium">{data.length === 1 ? 'This customer may be here already.' : 'One of these may be this customer.'}</span>
      <ul className="mt-1 flex flex-col gap-1">
        {data.map((one) => (
          <li key={one.id} className="flex flex-wrap items-baseline gap-x-2">
            <Link to="/customers/$customerId" params={{ customerId: one.id }} className="font-medium text-accent-ink underline">
              Open {one.displayName}
            </Link>
            <span className="text-sm text-muted">{duplicateWords(one)}</span>
          </li>
        ))}
      </ul>
    </Banner>
  )
}
