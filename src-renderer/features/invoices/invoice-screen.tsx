import { type ComponentType, useEffect, useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Ban, Download, Printer, Undo2, Wallet } from 'lucide-react'
import type { Invoice } from '../../../src-preload/contract/invoices'
import type { NextAction } from '../../../src-preload/contract/orders'
import { useFormat } from '../../base/format'
import { useBack, useKey, useShortcut } from '../../base/keys'
import { termNames } from '../../base/payment-words'
import { queryClient } from '../../base/query-client'
import { useRecent } from '../../base/recent-records'
import { useGrant } from '../../base/session'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { Fact } from '../../components/fact'
import { InvoiceStatusBadge } from '../../components/invoice-status-badge'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { BilledWork } from './billed-work'
import { CheckReturnDialog, type CheckOf } from './check-return-dialog'
import { CreditDialog } from './credit-dialog'
import { CreditNotes } from './credit-notes'
import { downloadPdf } from './download-pdf'
import { InvoiceAmounts } from './invoice-amounts'
import { invoicePdfQuery, invoiceQuery, loadCopyForNewOwner, loadInvoiceNow, showInvoice } from './invoices-api'
import { PaymentList } from './payment-list'
import { VoidInvoiceDialog } from './void-invoice-dialog'

/** What the dialog that takes a payment gets from the screen around it. */
export interface PaymentDialogProps {
  invoice: Invoice
  onClose: () => void
  onInvoice: (invoice: Invoice) => void
  refresh: () => Promise<Invoice>
  onPrint: () => void
}

export interface InvoiceScreenProps {
  invoiceId: string
  /** opens with the payment dialog */
  pay?: boolean
  PaymentDialog: ComponentType<PaymentDialogProps>
}

export function InvoiceScreen({ invoiceId, pay = false, PaymentDialog }: InvoiceScreenProps) {
  const { data: invoice, error, refetch } = useQuery(invoiceQuery(invoiceId))
  if (!invoice)
    return <Page title="Invoice">{error ? <ErrorBanner error={error} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  return <LoadedInvoice invoice={invoice} pay={pay} PaymentDialog={PaymentDialog} />
}

function LoadedInvoice({ invoice, pay, PaymentDialog }: Omit<InvoiceScreenProps, 'invoiceId'> & { invoice: Invoice }) {
  const navigate = useNavigate()
  const possible = (action: NextAction['action']): NextAction | undefined => invoice.nextActions.find((one) => one.action === action)
  const mayPay = possible('take_payment')?.blockedBy === null
  useRecent('invoice', invoice.id, `Invoice ${invoice.number}`)
  const [dialog, setDialog] = useState<'pay' | 'void' | 'credit' | null>(pay && mayPay ? 'pay' : null)
  const [check, setCheck] = useState<CheckOf | null>(null)
  const close = (): void => {
    setDialog(null)
    // the address would open the dialog again after a reload
    if (pay) void navigate({ to: '/invoices/$invoiceId', params: { invoiceId: invoice.id }, search: {}, replace: true })
  }
  const print = (): void => void navigate({ to: '/invoices/$invoiceId/print', params: { invoiceId: invoice.id } })
  const printCredit = (creditNoteId: string): void =>
    void navigate({ to: '/invoices/$invoiceId/credit/$creditNoteId', params: { invoiceId: invoice.id, creditNoteId } })
  useFocusAfter(dialog !== null || check !== null)
  useShortcut('take-payment', () => setDialog('pay'), { enabled: mayPay, place: 'first' })
  useKey(
    { keys: 'F8', title: 'Credit or refund', run: () => setDialog('credit'), place: 'last' },
    possible('credit_invoice')?.blockedBy === null,
  )
  useBack(() => void navigate({ to: '/orders/$orderId', params: { orderId: invoice.orderId } }), 'Back to the repair order')
  return (
    <Page
      title={`Invoice ${invoice.number}`}
      aside={<InvoiceStatusBadge status={invoice.status} />}
      actions={<Documents invoice={invoice} onPrint={print} />}
    >
      {invoice.status === 'void' && <VoidMark invoice={invoice} />}
      {/* amounts first: on a narrow screen they come before everything else */}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="lg:col-start-2 lg:row-start-1">
          <InvoiceAmounts
            invoice={invoice}
            actions={
              <Actions
                isPaidPart={invoice.paidCents > 0}
                pay={possible('take_payment')}
                annul={possible('void_invoice')}
                onPay={() => setDialog('pay')}
                onVoid={() => setDialog('void')}
                credit={possible('credit_invoice')}
                onCredit={() => setDialog('credit')}
              />
            }
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:col-start-1 lg:row-start-1">
          <InvoiceFacts invoice={invoice} />
          <BilledWork jobs={invoice.jobs} />
          <Payments invoice={invoice} onCheck={setCheck} />
          <CreditNotes invoice={invoice} onPrint={printCredit} />
        </div>
      </div>
      {dialog === 'pay' && (
        <PaymentDialog
          invoice={invoice}
          onClose={close}
          onInvoice={showInvoice}
          refresh={() => loadInvoiceNow(invoice.id)}
          onPrint={print}
        />
      )}
      {dialog === 'credit' && <CreditDialog invoice={invoice} onClose={close} onPrint={printCredit} />}
      {check && <CheckReturnDialog {...check} onClose={() => setCheck(null)} />}
      {dialog === 'void' && <VoidInvoiceDialog invoice={invoice} onClose={close} />}
    </Page>
  )
}

/** What was pressed to open a dialog may be gone with what was done in it. */
function useFocusAfter(isOpen: boolean): void {
  useEffect(() => {
    if (isOpen) return
    const later = setTimeout(() => document.activeElement === document.body && document.querySelector<HTMLElement>('main h1')?.focus(), 50)
    return () => clearTimeout(later)
  }, [isOpen])
}

/** The parts counter sees the bill, not its document: that shows prices and people. */
function Documents({ invoice, onPrint }: { invoice: Invoice; onPrint: () => void }) {
  const maySee = useGrant('invoices.see') === 'yes'
  const save = useMutation({ mutationFn: async () => downloadPdf(await queryClient.fetchQuery(invoicePdfQuery(invoice.id))) })
  const copy = useMutation({ mutationFn: async () => downloadPdf(await loadCopyForNewOwner(invoice.id)) })
  useKey(
    { keys: 'o', title: 'Copy for the new owner, without the former one’s name', run: () => copy.mutate() },
    maySee && invoice.carWasSold,
  )
  useShortcut('print', onPrint, { enabled: maySee, title: 'See and print the invoice' })
  useKey({ keys: '$mod+s', title: 'Save the PDF', run: () => save.mutate() }, maySee)
  useEffect(() => {
    if (!maySee) return
    // Fetched while nobody waits for it: F9 then shows the document at once.
    const later = setTimeout(() => void import('./pdf-view'), 500)
    return () => clearTimeout(later)
  }, [maySee])
  if (!maySee) return null
  return (
    <>
      <ErrorBanner error={save.error ?? copy.error} />
      {invoice.carWasSold && (
        <Button keys="o" busy={copy.isPending} onClick={() => copy.mutate()}>
          Copy for the new owner
        </Button>
      )}
      <Button icon={<Download size={16} aria-hidden="true" />} keys="$mod+s" busy={save.isPending} onClick={() => save.mutate()}>
        Save PDF
      </Button>
      <Button icon={<Printer size={16} aria-hidden="true" />} keys="F9" onClick={onPrint}>
        Print
      </Button>
    </>
  )
}

function VoidMark({ invoice }: { invoice: Invoice }) {
  const format = useFormat()
  return (
    <Banner tone="bad">
      <strong className="font-semibold">Void{invoice.voidedAt ? ` since ${format.dateTime(invoice.voidedAt)}` : ''}.</strong> Reason: “
      {invoice.voidReason}”. Nothing can be paid on it; the order can be invoiced again.
    </Banner>
  )
}

const linkLook = 'font-medium text-accent-ink underline-offset-2 hover:underline'

function InvoiceFacts({ invoice }: { invoice: Invoice }) {
  const format = useFormat()
  const mayCustomers = useGrant('customers.see') === 'yes'
  return (
    <Card title="Bill">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 xl:grid-cols-3">
        <Fact label="Customer">
          {mayCustomers ? (
            <Link to="/customers/$customerId" params={{ customerId: invoice.customerId }} className={linkLook}>
              {invoice.customerName}
            </Link>
          ) : (
            invoice.customerName
          )}
        </Fact>
        <Fact label="Vehicle">
          <Link to="/vehicles/$vehicleId" params={{ vehicleId: invoice.vehicleId }} className={linkLook}>
            {invoice.vehicleLabel}
          </Link>
        </Fact>
        <Fact label="Repair order">
          <Link to="/orders/$orderId" params={{ orderId: invoice.orderId }} className={linkLook}>
            {invoice.orderNumber}
          </Link>
        </Fact>
        <Fact label="Issued">{format.day(invoice.issueDate)}</Fact>
        <Fact label="Due">{invoice.dueDate ? format.day(invoice.dueDate) : 'On receipt'}</Fact>
        <Fact label="Terms">{invoice.terms ? termNames[invoice.terms] : '–'}</Fact>
        {invoice.purchaseOrder && <Fact label="Purchase order number">{invoice.purchaseOrder}</Fact>}
      </dl>
    </Card>
  )
}

function Payments({ invoice, onCheck }: { invoice: Invoice; onCheck: (of: CheckOf) => void }) {
  const maySee = useGrant('invoices.see') === 'yes'
  if (!maySee) return null
  return (
    <Card title="Payments">
      {invoice.payments.length > 0 ? (
        <PaymentList payments={invoice.payments} onCheck={onCheck} />
      ) : (
        <p className="flex items-center gap-2 text-muted">
          <Wallet size={16} aria-hidden="true" /> {invoice.status === 'void' ? 'None was taken.' : 'None yet. F4 takes one.'}
        </p>
      )}
    </Card>
  )
}

interface ActionsProps {
  /** something was paid: voiding gives it back */
  isPaidPart: boolean
  pay: NextAction | undefined
  annul: NextAction | undefined
  onPay: () => void
  onVoid: () => void
  credit: NextAction | undefined
  onCredit: () => void
}

function Actions({ isPaidPart, pay, annul, credit, onPay, onVoid, onCredit }: ActionsProps) {
  useKey({ keys: '', title: 'Take payment', run: onPay, whyNot: pay?.blockedBy ?? '' }, (pay?.blockedBy ?? null) !== null)
  const whyNotVoid = annul?.blockedBy ?? undefined
  useKey(
    { keys: '', title: 'Void invoice', run: onVoid, place: 'last', ...(whyNotVoid === undefined ? {} : { whyNot: whyNotVoid }) },
    annul !== undefined,
  )
  if (!pay && !annul && !credit) return null
  return (
    <>
      {pay && (
        <Button look="primary" size="large" keys="F4" disabled={pay.blockedBy !== null} onClick={onPay}>
          Take payment
        </Button>
      )}
      {credit && (
        <Button look="quiet" icon={<Undo2 size={16} aria-hidden="true" />} keys="F8" onClick={onCredit}>
          Credit or refund…
        </Button>
      )}
      {annul?.blockedBy === null && (
        <Button look="quiet" icon={<Ban size={16} aria-hidden="true" />} onClick={onVoid}>
          {isPaidPart ? 'Refund and void…' : 'Void invoice…'}
        </Button>
      )}
      {annul?.blockedBy && <p className="text-sm text-muted">{annul.blockedBy}</p>}
    </>
  )
}
