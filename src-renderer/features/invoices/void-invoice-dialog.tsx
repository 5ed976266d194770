import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { formatDollars } from '../../../src-preload/contract/money'
import { useApproval } from '../../base/use-approval'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Textarea } from '../../components/textarea'
import { showToast } from '../../components/toast'
import { voidInvoice } from './invoices-api'
import { RefundDone } from './refund-done'
import { missingOf, type RefundDrafts, refundablePayments, requestsOf, spread } from './refund-draft'
import { RefundTenders } from './refund-tenders'

/** Says what voiding does, wants a reason, and asks for an approval where the role needs one. */
export function VoidInvoiceDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [{ paid, drafts }, setTyped] = useState(() => ({ paid: invoice.paidCents, drafts: spread(invoice, invoice.paidCents) }))
  const setDrafts = (next: RefundDrafts): void => setTyped({ paid, drafts: next })
  const reasonInput = useRef<HTMLTextAreaElement>(null)
  const withApproval = useApproval()
  const annul = useMutation({
    mutationFn: async () => {
      const refunds = requestsOf(invoice, drafts)
      const done = await voidInvoice({ invoiceId: invoice.id, reason: reason.trim(), refunds }, withApproval)
      return { invoice: done, refundIds: refunds.map(({ refundId }) => refundId) }
    },
    onSuccess: ({ refundIds }) => {
      if (refundIds.length > 0) return // said in the dialog, with what to hand over
      showToast(`Invoice ${invoice.number} is void`)
      onClose()
    },
  })
  // Somebody took or gave back money meanwhile.
  if (paid !== invoice.paidCents && !annul.isPending && !annul.data) {
    setTyped({ paid: invoice.paidCents, drafts: spread(invoice, invoice.paidCents, drafts) })
  }
  const isMissing = reason.trim() === ''
  const submit = (): void => {
    const lacksReference = refundablePayments(invoice).some((payment) => missingOf(payment, drafts[payment.id]) !== null)
    setTried(true)
    if (isMissing) reasonInput.current?.focus()
    else if (!lacksReference && !annul.isPending) annul.mutate()
  }
  if (annul.data) return <Refunded {...annul.data} onClose={onClose} />
  const reasonError = annul.error?.fieldMessage('reason')
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title={`Void invoice ${invoice.number}?`}
      description="This cannot be taken back. The number stays used, the printed invoice is marked void, and the order can be invoiced again."
      initialFocus={reasonInput}
      keepOpen
      footer={<Footer invoice={invoice} busy={annul.isPending} onClose={onClose} />}
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Reason"
          error={reasonError ?? (tried && isMissing ? 'Say why the invoice is voided.' : undefined)}
          hint="Ctrl+Enter voids it."
          required
        >
          <Textarea
            ref={reasonInput}
            value={reason}
            onValueChange={setReason}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              submit()
            }}
            maxLength={500}
            rows={3}
          />
        </Field>
        {invoice.paidCents > 0 && <RefundTenders invoice={invoice} drafts={drafts} onDrafts={setDrafts} tried={tried} fixed />}
        {reasonError === undefined && <ErrorBanner error={annul.error} />}
      </div>
    </Dialog>
  )
}

function Footer({ invoice, busy, onClose }: { invoice: Invoice; busy: boolean; onClose: () => void }) {
  return (
    <>
      <Button onClick={onClose}>Keep the invoice</Button>
      <Button type="submit" look="danger" busy={busy}>
        {invoice.paidCents > 0 ? `Refund ${formatDollars(invoice.paidCents)} and void` : 'Void invoice'}
      </Button>
    </>
  )
}

function Refunded({ invoice, refundIds, onClose }: { invoice: Invoice; refundIds: string[]; onClose: () => void }) {
  const done = useRef<HTMLButtonElement>(null)
  const footer = (
    <Button ref={done} type="submit" look="primary">
      Done
    </Button>
  )
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={onClose}
      title={`Invoice ${invoice.number} is void`}
      initialFocus={done}
      footer={footer}
      keepOpen
    >
      <RefundDone invoice={invoice} refundIds={refundIds} what="Everything paid on it goes back" />
    </Dialog>
  )
}
