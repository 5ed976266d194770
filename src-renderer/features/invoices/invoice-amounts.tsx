import type { ReactNode } from 'react'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { formatPercent, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { Amount } from '../../components/amount'
import { Card } from '../../components/card'

/** What is due, large, and how it comes about. */
export function InvoiceAmounts({ invoice, actions }: { invoice: Invoice; actions?: ReactNode }) {
  const isVoid = invoice.status === 'void'
  return (
    <Card title="Amounts">
      <dl className="flex flex-col gap-1.5">
        <Row label="Work, parts and fees">
          <Amount cents={subtractCents(invoice.totalCents, invoice.taxCents)} />
        </Row>
        <Row label={invoice.taxRateMillionths === null ? 'Tax' : `Tax (${formatPercent(invoice.taxRateMillionths)})`}>
          <Amount cents={invoice.taxCents} />
        </Row>
        <Row label="Total" strong>
          <Amount cents={invoice.totalCents} />
        </Row>
        {invoice.creditedCents > 0 && (
          <Row label="Credited">
            <Amount cents={subtractCents(ZERO, invoice.creditedCents)} />
          </Row>
        )}
        <Row label="Paid">
          <Amount cents={invoice.paidCents} />
        </Row>
        <div className="mt-1 flex flex-wrap items-baseline justify-between gap-x-3 rounded-md bg-sunken px-3 py-2">
          <dt className="text-lg text-muted">{isVoid ? 'Was due' : 'Due'}</dt>
          <dd className={`ml-auto text-4xl font-semibold ${isVoid ? 'text-muted line-through' : ''}`}>
            <Amount cents={invoice.dueCents} />
          </dd>
        </div>
      </dl>
      {invoice.accountCreditCents > 0 && (
        <p className="mt-2 flex justify-between gap-3 px-3 text-good">
          The customer has on account <Amount cents={invoice.accountCreditCents} className="font-semibold" />
        </p>
      )}
      {actions && <div className="mt-4 flex flex-col gap-2">{actions}</div>}
    </Card>
  )
}

function Row({ label, strong = false, children }: { label: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className={`flex justify-between gap-3 ${strong ? 'border-t border-line pt-1.5 text-lg font-semibold' : ''}`}>
      <dt className={strong ? '' : 'text-muted'}>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
