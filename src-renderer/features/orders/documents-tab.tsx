import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FileCheck2, FileText, History } from 'lucide-react'
import type { EstimateVersion } from '../../../src-preload/contract/invoices'
import type { Order } from '../../../src-preload/contract/orders'
import { useFormat } from '../../base/format'
import { useGrant } from '../../base/session'
import { Amount } from '../../components/amount'
import { EmptyState } from '../../components/empty-state'
import { ErrorBanner } from '../../components/error-banner'
import { InvoiceStatusBadge } from '../../components/invoice-status-badge'
import { ScreenProgress } from '../../components/spinner'
import { StatusBadge } from '../../components/status-badge'
import { authorizationWords } from './authorization-words'
import { estimatesQuery } from './orders-api'

const row = 'flex min-w-0 flex-1 items-start gap-3 px-4 py-3 hover:bg-hover'

/** What can be printed of this order: every version of its estimate and every invoice, void ones too. */
export function DocumentsTab({ order }: { order: Order }) {
  const format = useFormat()
  const seesEstimates = useGrant('orders.authorize') !== 'no'
  const seesInvoices = useGrant('invoices.see') !== 'no'
  const { data, error, refetch } = useQuery({ ...estimatesQuery(order.id), enabled: seesEstimates })
  const invoices = seesInvoices ? order.invoices : []
  if (seesEstimates && !data) return error ? <ErrorBanner error={error} onRetry={() => void refetch()} /> : <ScreenProgress />
  const estimates = data ?? []
  // The amounts stand one below the other, whether a row has a link behind them or not.
  const hasEarlier = estimates.some(({ isCurrent }) => !isCurrent)
  if (estimates.length === 0 && invoices.length === 0) {
    return (
      <EmptyState icon={FileText} title="No documents yet">
        Put a line on the estimate first, under Work: L adds labor, P a part. F9 then prints it, and the invoice when it is issued.
      </EmptyState>
    )
  }
  return (
    <ul aria-label="Documents" className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
      {estimates.map((estimate) => (
        <li key={estimate.version} className={`flex items-center ${hasEarlier && estimate.isCurrent ? 'pr-31' : ''}`}>
          <EstimateRow order={order} estimate={estimate} />
          {!estimate.isCurrent && estimate.version > 0 && (
            <Link
              to="/orders/$orderId/changes"
              params={{ orderId: order.id }}
              search={{ from: estimate.version }}
              aria-label={`What changed since estimate ${estimate.number}`}
              className="mr-3 w-28 shrink-0 rounded-md px-1.5 py-1.5 text-right whitespace-nowrap font-medium text-accent-ink hover:bg-hover"
            >
              What changed
            </Link>
          )}
        </li>
      ))}
      {invoices.map((invoice) => (
        <li key={invoice.id} className={`flex ${hasEarlier ? 'pr-31' : ''}`}>
          <Link to="/invoices/$invoiceId/print" params={{ invoiceId: invoice.id }} className={row}>
            <DocumentWords name={`Invoice ${invoice.number}`} date={format.dateTime(invoice.issuedAt)} />
            <InvoiceStatusBadge status={invoice.status} />
            <Amount cents={invoice.totalCents} className="min-w-20" />
          </Link>
        </li>
      ))}
    </ul>
  )
}

function EstimateRow({ order, estimate }: { order: Order; estimate: EstimateVersion }) {
  const format = useFormat()
  const { version, number, date, isCurrent, totalCents, authorizations } = estimate
  // Without a version the document follows what is changed on the order while it is open.
  const search = isCurrent ? {} : { version }
  return (
    <Link to="/orders/$orderId/estimate" params={{ orderId: order.id }} search={search} className={row}>
      <DocumentWords name={`Estimate ${number}`} date={format.day(date)}>
        {authorizations.length === 0 && <span className="block text-muted">Nobody has authorized this version.</span>}
        {authorizations.map((authorization) => (
          <AuthorizedBy key={`${authorization.authorizedAt} ${authorization.method}`} authorization={authorization} />
        ))}
      </DocumentWords>
      {isCurrent ? (
        <StatusBadge tone="info" icon={FileCheck2}>
          Current
        </StatusBadge>
      ) : (
        <StatusBadge tone="calm" icon={History}>
          Earlier
        </StatusBadge>
      )}
      <Amount cents={totalCents} className="min-w-20" />
    </Link>
  )
}

function DocumentWords({ name, date, children }: { name: string; date: string; children?: ReactNode }) {
  return (
    <>
      <FileText size={16} className="mt-0.5 shrink-0 text-muted" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="font-medium text-accent-ink">{name}</span>
        <span className="text-muted"> · {date}</span>
        {children}
      </span>
    </>
  )
}

function AuthorizedBy({ authorization }: { authorization: EstimateVersion['authorizations'][number] }) {
  const format = useFormat()
  const { approvedByName, method, contact, authorizedAt, recordedByName } = authorization
  const how = [authorizationWords[method].toLowerCase(), contact, format.dateTime(authorizedAt), `written down by ${recordedByName}`]
  return (
    <span className="block text-muted">
      Authorized by <span className="text-ink">{approvedByName}</span> · {how.filter(Boolean).join(' · ')}
    </span>
  )
}
