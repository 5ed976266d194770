import { Link } from '@tanstack/react-router'
import type { Customer } from '../../../src-preload/contract/customers'
import { formatDollars } from '../../../src-preload/contract/money'
import { useFormat } from '../../base/format'
import { Banner } from '../../components/banner'

/** Seen before the next check is taken. */
export function ReturnedChecks({ customer }: { customer: Customer }) {
  const format = useFormat()
  if (customer.returnedChecks.length === 0) return null
  return (
    <Banner tone="warn" className="mb-4">
      {customer.returnedChecks.map(({ returnedOn, faceCents, invoiceId, invoiceNumber }) => (
        <p key={`${invoiceId} ${returnedOn}`}>
          A check over {formatDollars(faceCents)} came back on {format.day(returnedOn)} (
          <Link to="/invoices/$invoiceId" params={{ invoiceId }} className="font-medium underline underline-offset-2">
            {invoiceNumber}
          </Link>
          ).
        </p>
      ))}
    </Banner>
  )
}
