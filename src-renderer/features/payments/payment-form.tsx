import { type RefObject, useLayoutEffect, useRef } from 'react'
import { type Cents, formatDollars } from '../../../src-preload/contract/money'
import { useFormat } from '../../base/format'
import { useGrant } from '../../base/session'
import { Banner } from '../../components/banner'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { TextInput } from '../../components/text-input'
import { CashFields } from './cash-fields'
import { amountOf, excessOf, type PaymentDraft, type Problems } from './payment-draft'
import { detailOf } from './tenders'

export interface PaymentFormProps {
  draft: PaymentDraft
  dueCents: Cents
  /** what rounding takes off all that is due when it is paid in cash */
  roundingCents: Cents
  /** when a check of this customer last came back */
  checkReturnedOn: string | null
  problems: Problems
  /** sent, and not answered yet: nothing may change */
  locked: boolean
  onEdit: (change: Partial<PaymentDraft>) => void
  /** what is typed next after the way to pay was chosen */
  mainRef: RefObject<HTMLInputElement | null>
}

/** What has to be known about a payment, by how it is paid; mounted anew for another way. */
export function PaymentForm({ draft, dueCents, roundingCents, checkReturnedOn, problems, locked, onEdit, mainRef }: PaymentFormProps) {
  const detail = detailOf(draft.method)
  const amount = amountOf(draft, dueCents)
  const needsApproval = useGrant('payments.record_elsewhere') === 'approval'
  const form = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => mainRef.current?.focus(), [mainRef])
  const firstProblem = Object.keys(problems)[0]
  useLayoutEffect(() => {
    if (locked) return
    const wrong = firstProblem === undefined ? null : form.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    if (wrong) wrong.focus()
    else if (document.activeElement === document.body) mainRef.current?.focus() // it was on the button that was at work
  }, [firstProblem, locked, mainRef])
  return (
    <div ref={form} className="grid grid-cols-2 gap-x-4 gap-y-3">
      <Field
        label="Amount"
        error={problems.amountCents}
        hint={draft.amount === null || excessOf(draft, dueCents) > 0 ? undefined : 'What is left stays due.'}
        required
      >
        <MoneyInput
          {...(detail === 'none' ? { ref: mainRef } : {})}
          value={amount.cents}
          onValueChange={(cents, valid) => onEdit({ amount: { cents, valid } })}
          readOnly={locked}
        />
      </Field>
      {detail === 'tendered' && <CashFields {...{ draft, dueCents, roundingCents, checkReturnedOn, problems, locked, onEdit, mainRef }} />}
      {detail === 'checkNumber' && (
        <Field label="Check number" error={problems.checkNumber} required>
          <TextInput
            ref={mainRef}
            value={draft.checkNumber}
            onValueChange={(checkNumber) => onEdit({ checkNumber })}
            inputMode="numeric"
            maxLength={50}
            readOnly={locked}
          />
        </Field>
      )}
      {draft.method === 'check' && checkReturnedOn !== null && <CheckWarning on={checkReturnedOn} />}
      <Excess {...{ draft, dueCents, locked, onEdit }} />
      {detail === 'reference' && (
        <Field
          label="Reference"
          className="col-span-2"
          error={problems.reference}
          hint={`Number of the slip or transfer; never a card number. Taken elsewhere, only recorded here${needsApproval ? '; needs an approver’s PIN' : ''}.`}
          required
        >
          <TextInput
            ref={mainRef}
            value={draft.reference}
            onValueChange={(reference) => onEdit({ reference })}
            maxLength={100}
            readOnly={locked}
          />
        </Field>
      )}
      <Field label="Note" error={problems.note} className="col-span-2">
        <TextInput value={draft.note} onValueChange={(note) => onEdit({ note })} maxLength={500} readOnly={locked} />
      </Field>
    </div>
  )
}

function CheckWarning({ on }: { on: string }) {
  const format = useFormat()
  return (
    <Banner tone="warn" className="col-span-2">
      A check of this customer came back on {format.day(on)}.
    </Banner>
  )
}

/** More than is due stands on a check: cash gives change, a check keeps it. */
function Excess({ draft, dueCents, locked, onEdit }: Pick<PaymentFormProps, 'draft' | 'dueCents' | 'locked' | 'onEdit'>) {
  const excess = excessOf(draft, dueCents)
  if (excess === 0) return null
  return (
    <div className="col-span-2">
      <Checkbox
        label={`Keep ${formatDollars(excess)} as account credit`}
        hint="More than is due. It pays this customer’s next bills."
        checked={draft.keepsExcess}
        onCheckedChange={(keepsExcess) => onEdit({ keepsExcess })}
        disabled={locked}
      />
    </div>
  )
}
