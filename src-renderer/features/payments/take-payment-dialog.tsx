import { type KeyboardEvent, type Ref, type RefObject, useEffect, useRef, useState } from 'react'
import { Printer, ReceiptText } from 'lucide-react'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { type Cents, formatDollars } from '../../../src-preload/contract/money'
import { useKey, useShortcut } from '../../base/keys'
import { tenderNames, tenderOf } from '../../base/payment-words'
import { type Receipts, useReceipts } from '../../base/receipts'
import { Amount } from '../../components/amount'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { cashOf, mostOf } from './payment-draft'
import { PaymentForm } from './payment-form'
import { PaymentTaken } from './payment-taken'
import { TenderList } from './tender-list'
import type { Taken } from './payments-api'
import type { SentPayment } from './unanswered-payments'
import { type TakingPayment, useTakePayment } from './use-take-payment'

export interface TakePaymentDialogProps {
  invoice: Invoice
  onClose: () => void
  /** the invoice as it stands after a payment */
  onInvoice: (invoice: Invoice) => void
  /** the invoice as it is now */
  refresh: () => Promise<Invoice>
  onPrint: () => void
}

/** What is due, how it is paid, what was received; after it the change, or the next part. */
export function TakePaymentDialog({ invoice, onClose, onInvoice, refresh, onPrint }: TakePaymentDialogProps) {
  const taking = useTakePayment({ invoice, onInvoice, refresh })
  const first = useRef<HTMLButtonElement & HTMLInputElement>(null)
  const { draft, taken, unanswered, busy } = taking
  // A part by check or card needs no look: the next part is chosen at once.
  const shown = taken && !draft && (taken.payment.method === 'cash' || taken.invoice.dueCents === 0) ? taken : null
  const isSettled = invoice.dueCents <= 0 && !taken && !unanswered && !busy
  const stage = isSettled ? 'settled' : unanswered ? 'unanswered' : draft ? 'entering' : shown ? 'shown' : 'choosing'
  useEffect(() => {
    if (stage !== 'entering' && stage !== 'settled' && !busy) first.current?.focus()
  }, [stage, busy])
  const receipts = useReceipts(shown && { paymentId: shown.payment.id })
  const { drawer } = receipts
  useEffect(() => {
    // The button that opened the drawer goes with what it mended.
    const { activeElement } = document
    if (drawer && (activeElement === document.body || activeElement?.matches('[role=dialog]'))) first.current?.focus()
  }, [drawer])
  const hasRest = shown !== null && shown.invoice.dueCents > 0
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${shown ? 'Payment taken' : 'Take payment'} · invoice ${invoice.number}`}
      description={`${invoice.customerName} · ${invoice.vehicleLabel}`}
      size="large"
      keepOpen
      initialFocus={first}
      {...(isSettled ? {} : { onSubmit: shown ? (hasRest ? taking.back : onClose) : taking.submit })}
      footer={
        isSettled ? (
          <Button onClick={onClose}>Close</Button>
        ) : shown ? (
          <TakenFooter taken={shown} receipts={receipts} onPrint={onPrint} firstRef={first} />
        ) : (
          <Footer taking={taking} invoice={invoice} onClose={onClose} firstRef={first} />
        )
      }
    >
      {shown ? (
        <PaymentTaken taken={shown} receipts={receipts} />
      ) : isSettled ? (
        <Settled invoice={invoice} />
      ) : (
        <Entry invoice={invoice} taking={taking} first={first} />
      )}
    </Dialog>
  )
}

/** Another counter was faster: said where the amount stood, and not dismissed by the key that would have taken the money. */
function Settled({ invoice }: { invoice: Invoice }) {
  const said = useRef<HTMLDivElement>(null)
  useEffect(() => said.current?.focus(), [])
  return (
    <div ref={said} tabIndex={-1} className="outline-none">
      <Banner tone="warn" alert>
        {invoice.status === 'void'
          ? 'This invoice was voided meanwhile.'
          : 'This invoice was paid meanwhile, at another counter or in another window.'}{' '}
        Nothing is due on it: take no money.
      </Banner>
    </div>
  )
}

interface EntryProps {
  invoice: Invoice
  taking: TakingPayment
  first: RefObject<(HTMLButtonElement & HTMLInputElement) | null>
}

function Entry({ invoice, taking, first }: EntryProps) {
  const { draft, busy, unanswered } = taking
  const stepBack = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !draft || unanswered || busy) return
    event.stopPropagation()
    taking.back()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc is heard from the fields inside
    <div onKeyDown={stepBack} className="flex flex-col gap-4">
      <div className="flex items-baseline justify-between gap-4 rounded-md bg-sunken px-4 py-2">
        <span className="text-lg text-muted">Amount due</span>
        <Amount cents={invoice.dueCents} className="text-4xl font-semibold" />
      </div>
      <Messages taking={taking} />
      <DueChanged dueCents={invoice.dueCents} takenPaymentId={taking.taken?.payment.id} />
      <div className="grid gap-5 md:grid-cols-[13rem_minmax(0,1fr)]">
        <TenderList
          chosen={draft?.method ?? (unanswered ? sentBy(unanswered) : null)}
          accountCreditCents={invoice.accountCreditCents}
          onChoose={taking.choose}
          disabled={busy || unanswered !== undefined}
          firstRef={draft || unanswered ? undefined : first}
        />
        <div>
          {draft && !unanswered && (
            <PaymentForm
              key={draft.method}
              draft={draft}
              dueCents={mostOf(draft.method, invoice)}
              roundingCents={invoice.cashRoundingCents}
              checkReturnedOn={invoice.checkReturnedOn}
              problems={taking.problems}
              locked={busy}
              onEdit={taking.edit}
              mainRef={first}
            />
          )}
          {!draft && !unanswered && <p className="p-2 text-muted">Press a digit for how it is paid.</p>}
        </div>
      </div>
    </div>
  )
}

/** Another counter took or gave back something: said where the amount changed. What was typed stays as it was typed. */
function DueChanged({ dueCents, takenPaymentId }: { dueCents: Cents; takenPaymentId: string | undefined }) {
  const [seen, setSeen] = useState({ dueCents, takenPaymentId })
  // What was taken in this very dialog is no surprise.
  if (seen.takenPaymentId !== takenPaymentId) setSeen({ dueCents, takenPaymentId })
  if (seen.dueCents === dueCents || seen.takenPaymentId !== takenPaymentId) return null
  const seenIt = (
    <Button size="small" onClick={() => setSeen({ dueCents, takenPaymentId })}>
      All right
    </Button>
  )
  return (
    <Banner tone="warn" alert actions={seenIt}>
      The amount due was {formatDollars(seen.dueCents)} and is {formatDollars(dueCents)} now: something was booked at another counter
      meanwhile. Look at the amount again.
    </Banner>
  )
}

function Messages({ taking }: { taking: TakingPayment }) {
  const { unanswered, taken, draft, busy } = taking
  return (
    <>
      {taken && !draft && (
        <Banner tone="good">
          {tenderNames[tenderOf(taken.payment)]} {formatDollars(taken.payment.amountCents)} {taken.payment.isFromCredit ? 'used' : 'taken'}.
        </Banner>
      )}
      {unanswered ? <Unanswered payment={unanswered} busy={busy} onStartOver={taking.startOver} /> : <ErrorBanner error={taking.error} />}
    </>
  )
}

function sentBy({ method, fromCredit = false }: SentPayment) {
  return tenderOf({ method, isFromCredit: fromCredit })
}

function Unanswered({ payment, busy, onStartOver }: { payment: SentPayment; busy: boolean; onStartOver: () => void }) {
  const startOver = (
    <Button size="small" disabled={busy} onClick={onStartOver}>
      Start over
    </Button>
  )
  return (
    <Banner tone="warn" alert actions={startOver}>
      {tenderNames[sentBy(payment)]} {formatDollars(payment.amountCents)} was sent, but no answer came: it may be taken or not. Send it
      again: it is the same payment and is taken only once.
    </Banner>
  )
}

interface FooterProps {
  taking: TakingPayment
  invoice: Invoice
  onClose: () => void
  firstRef: Ref<HTMLButtonElement>
}

function Footer({ taking, invoice, onClose, firstRef }: FooterProps) {
  const { draft, busy, unanswered, taken } = taking
  const amount = draft && cashOf(draft, mostOf(draft.method, invoice), invoice.cashRoundingCents)
  const isIdle = !draft && !unanswered
  return (
    <>
      <Button onClick={onClose}>{unanswered || (taken && isIdle) ? 'Close' : 'Cancel'}</Button>
      <Button
        {...(unanswered ? { ref: firstRef } : {})}
        type="submit"
        look="primary"
        busy={busy}
        disabled={isIdle}
        {...(isIdle || busy ? {} : { keys: 'Enter' })}
      >
        {unanswered
          ? 'Send again'
          : amount
            ? `${draft.method === 'account_credit' ? 'Use' : 'Take'} ${formatDollars(amount)}`
            : 'Take payment'}
      </Button>
    </>
  )
}

interface TakenFooterProps {
  taken: Taken
  receipts: Receipts
  onPrint: () => void
  firstRef: Ref<HTMLButtonElement>
}

/** F9 is the receipt where the station has a printer for it, else the invoice. */
function TakenFooter({ taken: { invoice }, receipts, onPrint, firstRef }: TakenFooterProps) {
  const { hasPrinter, nextIsCopy, print, busy } = receipts
  const receiptWords = nextIsCopy ? 'Print a copy' : 'Print receipt'
  useShortcut('print', hasPrinter ? print : onPrint, { title: hasPrinter ? receiptWords : 'Print the invoice' })
  useKey({ keys: 'i', title: 'Print the invoice', run: onPrint }, hasPrinter)
  return (
    <>
      <Button icon={<Printer size={16} aria-hidden="true" />} keys={hasPrinter ? 'i' : 'F9'} onClick={onPrint}>
        Print invoice
      </Button>
      {hasPrinter && (
        <Button icon={<ReceiptText size={16} aria-hidden="true" />} keys="F9" busy={busy} onClick={print}>
          {receiptWords}
        </Button>
      )}
      {/* a key still held down from taking the payment must not dismiss the change */}
      <Button ref={firstRef} type="submit" look="primary" keys="Enter" onKeyDown={(event) => event.repeat && event.preventDefault()}>
        {invoice.dueCents > 0 ? `Take the rest, ${formatDollars(invoice.dueCents)}` : 'Done'}
      </Button>
    </>
  )
}
