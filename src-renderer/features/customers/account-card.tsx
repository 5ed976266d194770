import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AccountEntry, Customer } from '../../../src-preload/contract/customers'
import { type Format, useFormat } from '../../base/format'
import { Amount } from '../../components/amount'
import { Card } from '../../components/card'
import { type Column, DataTable } from '../../components/data-table'
import { ErrorBanner } from '../../components/error-banner'
import { accountQuery } from './customers-api'

const kindWords: Readonly<Record<AccountEntry['kind'], string>> = {
  credited: 'Credit kept',
  overpaid: 'Check over more',
  used: 'Paid with it',
  given_back: 'Came back',
  check_returned: 'Check returned',
  check_restored: 'Check was not returned',
}

const columns = (format: Format): Column<AccountEntry>[] => [
  { key: 'when', header: 'When', cell: ({ at }) => <span className="whitespace-nowrap">{format.dateTime(at)}</span> },
  {
    key: 'what',
    header: 'What',
    cell: ({ kind, reason, recordedByName, approvedByName }) => (
      <>
        <span className="block font-medium">{kindWords[kind]}</span>
        <span className="block text-sm text-muted">
          {[reason, recordedByName && `by ${recordedByName}`, approvedByName && `approved by ${approvedByName}`]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </>
    ),
  },
  {
    key: 'invoice',
    header: 'Invoice',
    cell: ({ invoiceId, invoiceNumber }) => (
      <Link
        to="/invoices/$invoiceId"
        params={{ invoiceId }}
        className="font-medium whitespace-nowrap text-accent-ink underline-offset-2 hover:underline"
      >
        {invoiceNumber}
      </Link>
    ),
  },
  {
    key: 'amount',
    header: 'Amount',
    align: 'right',
    cell: ({ amountCents }) => <Amount cents={amountCents} bare className="font-semibold" />,
  },
  { key: 'balance', header: 'On account', align: 'right', cell: ({ balanceCents }) => <Amount cents={balanceCents} bare /> },
]

/** What the customer has on account, and everything that put it there or took it off. Nothing for those who never had any. */
export function AccountCard({ customer }: { customer: Customer }) {
  const format = useFormat()
  const { data: entries = [], error } = useQuery(accountQuery(customer.id))
  if (entries.length === 0) return <ErrorBanner error={error} />
  return (
    <Card title="Account credit">
      <p className="flex items-baseline gap-3 px-3 pb-2">
        <Amount cents={customer.accountCreditCents} className="text-2xl font-semibold" />
        {customer.accountCreditCents > 0 && <span className="text-muted">to pay with: key 8 when a payment is taken.</span>}
      </p>
      <DataTable label="Account credit" columns={columns(format)} rows={entries} rowKey={({ id }) => id} />
    </Card>
  )
}
