import { useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { useApproval } from '../../base/use-approval'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Textarea } from '../../components/textarea'
import { showToast } from '../../components/toast'
import { voidInvoice } from './invoices-api'

/** Says what voiding does, wants a reason, and asks for an approval where the role needs one. */
export function VoidInvoiceDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const reasonInput = useRef<HTMLTextAreaElement>(null)
  const withApproval = useApproval()
  const annul = useMutation({
    mutationFn: () => voidInvoice({ invoiceId: invoice.id, reason: reason.trim() }, withApproval),
    onSuccess: () => {
      showToast(`Invoice ${invoice.number} is void`)
      onClose()
    },
  })
  const submit = (): void => {
    const isMissing = reason.trim() === ''
    setMissing(isMissing)
    if (isMissing) reasonInput.current?.focus()
    else if (!annul.isPending) annul.mutate()
  }
  const footer = (
    <>
      <Button onClick={onClose}>Keep the invoice</Button>
      <Button type="submit" look="danger" busy={annul.isPending}>
        Void invoice
      </Button>
    </>
  )
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
      footer={footer}
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Reason"
          error={reasonError ?? (missing ? 'Say why the invoice is voided.' : undefined)}
          hint="Ctrl+Enter voids it."
          required
        >
          <Textarea
            ref={reasonInput}
            value={reason}
            onValueChange={(text) => {
              setReason(text)
              setMissing(false)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              submit()
            }}
            maxLength={500}
            rows={3}
          />
        </Field>
        {reasonError === undefined && <ErrorBanner error={annul.error} />}
      </div>
    </Dialog>
  )
}
