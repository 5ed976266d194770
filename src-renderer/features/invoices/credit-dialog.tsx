import { type RefObject, useEffect, useRef } from 'react'
import { Printer } from 'lucide-react'
import type { Invoice } from '../../../src-preload/contract/invoices'
import { formatDollars } from '../../../src-preload/contract/money'
import { isCancelled } from '../../base/errors'
import { useKey, useShortcut } from '../../base/keys'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { TextInput } from '../../components/text-input'
import { usualReasons } from './refund-draft'
import { RefundDone } from './refund-done'
import { RefundLines } from './refund-lines'
import { RefundTenders } from './refund-tenders'
import { type Crediting, useCredit } from './use-credit'

export interface CreditDialogProps {
  invoice: Invoice
  onClose: () => void
  onPrint: (creditNoteId: string) => void
}

/** What is credited, why, and where the money goes back to; after it what to hand over. */
export function CreditDialog({ invoice, onClose, onPrint }: CreditDialogProps) {
  const crediting = useCredit(invoice)
  const first = useRef<HTMLButtonElement>(null)
  const { send, quoted, creditNoteId } = crediting
  const done = send.data
  useEffect(() => {
    if (done) first.current?.focus()
  }, [done])
  const note = done?.invoice.creditNotes.find(({ id }) => id === creditNoteId)
  const isKept = Object.values(crediting.drafts).every(({ amount, toCredit }) => toCredit || amount === 0)
  const word =
    quoted && quoted.owedCents > 0
      ? `${isKept ? 'Keep' : 'Refund'} ${formatDollars(quoted.owedCents)}${isKept ? ' on account' : ''}`
      : quoted
        ? quoted.totalCents === 0
          ? 'Take back for $0.00'
          : `Credit ${formatDollars(quoted.totalCents)}`
        : 'Credit'
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${done ? 'Credited' : 'Credit or refund'} · invoice ${invoice.number}`}
      description={
        done
          ? undefined
          : 'The invoice stays as it is; a credit note corrects it. Money goes back the way it came, or stays as account credit.'
      }
      size="large"
      keepOpen
      initialFocus={first}
      onSubmit={done ? onClose : crediting.submit}
      footer={
        done ? (
          <DoneFooter onPrint={() => onPrint(creditNoteId)} firstRef={first} />
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" busy={send.isPending}>
              {word}
            </Button>
          </>
        )
      }
    >
      {done ? (
        <RefundDone {...done} what={`Credit note ${note?.number ?? ''}`} isWorthNothing={note?.totalCents === 0} />
      ) : (
        <Entry invoice={invoice} crediting={crediting} first={first} />
      )}
    </Dialog>
  )
}

function DoneFooter({ onPrint, firstRef }: { onPrint: () => void; firstRef: RefObject<HTMLButtonElement | null> }) {
  useShortcut('print', onPrint, { title: 'Print the credit note' })
  return (
    <>
      <Button icon={<Printer size={16} aria-hidden="true" />} keys="F9" onClick={onPrint}>
        Print credit note
      </Button>
      <Button ref={firstRef} type="submit" look="primary">
        Done
      </Button>
    </>
  )
}

interface EntryProps {
  invoice: Invoice
  crediting: Crediting
  first: RefObject<HTMLButtonElement | null>
}

function Entry({ invoice, crediting, first }: EntryProps) {
  const { mode, picked, setPicked, amount, setAmount, quoted, quoteError, drafts, setDrafts, tried, problem, send } = crediting
  return (
    <div className="flex flex-col gap-4">
      <Modes crediting={crediting} first={first} />
      {mode === 'lines' ? (
        <RefundLines invoice={invoice} picked={picked} onPick={setPicked} />
      ) : (
        <Field label="Amount, tax included" className="max-w-60" required>
          <MoneyInput value={amount} onValueChange={(cents, valid) => setAmount(valid ? cents : null)} autoFocus />
        </Field>
      )}
      <Reason crediting={crediting} />
      {quoted && <Sums quoted={quoted} />}
      {quoted && quoted.owedCents > 0 && <RefundTenders invoice={invoice} drafts={drafts} onDrafts={setDrafts} tried={tried} />}
      {tried && problem && (
        <p role="alert" className="font-medium text-bad">
          {problem}
        </p>
      )}
      <ErrorBanner error={quoteError ?? (send.error && !isCancelled(send.error) ? send.error : null)} />
    </div>
  )
}

function Modes({ crediting: { mode, setMode }, first }: Pick<EntryProps, 'crediting' | 'first'>) {
  useKey({ keys: 'Alt+1', title: 'By line', run: () => setMode('lines') }, true)
  useKey({ keys: 'Alt+2', title: 'An amount', run: () => setMode('amount') }, true)
  return (
    <div role="group" aria-label="What is credited" className="flex gap-2">
      <Button
        ref={first}
        aria-pressed={mode === 'lines'}
        look={mode === 'lines' ? 'primary' : 'secondary'}
        keys="Alt+1"
        onClick={() => setMode('lines')}
      >
        By line
      </Button>
      <Button
        aria-pressed={mode === 'amount'}
        look={mode === 'amount' ? 'primary' : 'secondary'}
        keys="Alt+2"
        onClick={() => setMode('amount')}
      >
        An amount
      </Button>
    </div>
  )
}

function Reason({ crediting: { reason, setReason, tried } }: Pick<EntryProps, 'crediting'>) {
  return (
    <Field label="Reason" error={tried && reason.trim() === '' ? 'Say why.' : undefined} required>
      <TextInput value={reason} onValueChange={setReason} maxLength={500} list="usual-reasons" />
      <datalist id="usual-reasons">
        {usualReasons.map((usual) => (
          <option key={usual} value={usual}>
            {usual}
          </option>
        ))}
      </datalist>
    </Field>
  )
}

function Sums({ quoted }: { quoted: NonNullable<Crediting['quoted']> }) {
  const { taxCents, totalCents, owedCents } = quoted
  return (
    <dl className="grid grid-cols-3 gap-4 rounded-md bg-sunken px-4 py-2" aria-live="polite">
      {(
        [
          ['Credit', totalCents],
          ['Tax in it', taxCents],
          ['Goes back', owedCents],
        ] as const
      ).map(([label, value]) => (
        <div key={label}>
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="text-xl font-semibold">
            <Amount cents={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
