import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ReceiptText } from 'lucide-react'
import type { Payout } from '../../../src-preload/contract/account-credit'
import type { AccountEntry, Customer } from '../../../src-preload/contract/customers'
import { formatDollars } from '../../../src-preload/contract/money'
import { type Format, useFormat } from '../../base/format'
import { useKey } from '../../base/keys'
import { useHasReceiptPrinter } from '../../base/receipts'
import { useGrant } from '../../base/session'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { type Column, DataTable } from '../../components/data-table'
import { ErrorBanner } from '../../components/error-banner'
import { IconButton } from '../../components/icon-button'
import { printReceipt } from '../../components/print-receipt'
import { accountNote, accountSentence } from './account-words'
import { accountQuery } from './customers-api'
import { PayOutDialog } from './pay-out-dialog'

const columns = (format: Format): Column<AccountEntry>[] => [
  { key: 'when', header: 'When', cell: ({ at }) => <span className="block min-w-24">{format.dateTime(at)}</span> },
  {
    key: 'what',
    header: 'What',
    cell: (entry) => (
      <>
        <span className="block">{accountSentence(entry)}</span>
        <span className="block text-sm text-muted">{accountNote(entry)}</span>
      </>
    ),
  },
  {
    key: 'invoice',
    header: 'Paper',
    cell: ({ invoiceId, invoiceNumber, payout }) =>
      invoiceId === null ? (
        payout && <PayoutReceipt payout={payout} />
      ) : (
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

/** No invoice is about it: its receipt is the only paper. */
function PayoutReceipt({ payout: { id: payoutId, amountCents } }: { payout: Payout }) {
  const hasPrinter = useHasReceiptPrinter()
  if (!hasPrinter) return null
  return (
    <IconButton
      icon={<ReceiptText size={16} aria-hidden="true" />}
      label={`Print the receipt of ${formatDollars(amountCents)} paid out`}
      onClick={() => printReceipt({ payoutId })}
    />
  )
}

/** What the customer has on account, and everything that put it there or took it off. Nothing for those who never had any. */
export function AccountCard({ customer }: { customer: Customer }) {
  const format = useFormat()
  const { data: entries = [], error } = useQuery(accountQuery(customer.id))
  const [isPayingOut, setPayingOut] = useState(false)
  const hasCredit = customer.accountCreditCents > 0
  const mayPayOut = useGrant('payments.refund_cash') !== 'no' && hasCredit && customer.deletedAt === null
  useKey({ keys: 'o', title: 'Pay out account credit', run: () => setPayingOut(true) }, mayPayOut)
  if (entries.length === 0) return <ErrorBanner error={error} />
  return (
    <Card title="Account credit">
      <div className="flex flex-wrap items-baseline gap-3 px-3 pb-2">
        <Amount cents={customer.accountCreditCents} className="text-2xl font-semibold" />
        {hasCredit && <span className="text-muted">to pay with: key 8 when a payment is taken.</span>}
        {mayPayOut && (
          <Button keys="o" className="ml-auto" onClick={() => setPayingOut(true)}>
            Pay out
          </Button>
        )}
      </div>
      <DataTable label="Account credit" columns={columns(format)} rows={entries} rowKey={({ id }) => id} />
      {isPayingOut && <PayOutDialog customer={customer} onClose={() => setPayingOut(false)} />}
    </Card>
  )
}
