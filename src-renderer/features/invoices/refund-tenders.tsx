import type { Invoice } from '../../../src-preload/contract/invoices'
import { formatDollars } from '../../../src-preload/contract/money'
import { tenderNames, tenderOf } from '../../base/payment-words'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { TextInput } from '../../components/text-input'
import { missingOf, type RefundDraft, type RefundDrafts, refundablePayments } from './refund-draft'

interface RefundTendersProps {
  invoice: Invoice
  drafts: RefundDrafts
  onDrafts: (drafts: RefundDrafts) => void
  /** whether what is missing is said already */
  tried: boolean
  /** everything goes back: the amounts stand */
  fixed?: boolean
}

/** Where the money goes back to: to what it came from, with what finds it again there; or on the customer's account. */
export function RefundTenders({ invoice, drafts, onDrafts, tried, fixed = false }: RefundTendersProps) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">Goes back to</legend>
      {refundablePayments(invoice).map((payment) => {
        const draft = drafts[payment.id]
        if (!draft) return null
        const edit = (change: Partial<RefundDraft>): void => onDrafts({ ...drafts, [payment.id]: { ...draft, ...change } })
        const name = tenderNames[tenderOf(payment)]
        const isShown = draft.amount !== 0 && !draft.toCredit
        const missing = tried ? (missingOf(payment, draft) ?? undefined) : undefined
        return (
          <div key={payment.id} className="grid grid-cols-2 gap-4">
            <Field label={name} hint={`${formatDollars(payment.refundableCents)} is left of it.`}>
              <MoneyInput
                value={draft.amount}
                onValueChange={(amount, valid) => edit({ amount: valid ? amount : null })}
                readOnly={fixed}
              />
            </Field>
            {isShown && payment.method === 'check' && (
              <Field label="Number of your check" error={missing} required>
                <TextInput
                  value={draft.checkNumber}
                  onValueChange={(checkNumber) => edit({ checkNumber })}
                  maxLength={50}
                  inputMode="numeric"
                />
              </Field>
            )}
            {isShown && payment.method !== 'check' && payment.method !== 'cash' && (
              <Field label={`Reference (${name})`} error={missing} hint="Refund it there first; never a card number." required>
                <TextInput value={draft.reference} onValueChange={(reference) => edit({ reference })} maxLength={100} />
              </Field>
            )}
            {draft.amount !== 0 && !payment.isFromCredit && (
              <div className="col-span-2">
                <Checkbox
                  label={`Keep it as account credit instead of giving it back (${name})`}
                  checked={draft.toCredit}
                  onCheckedChange={(toCredit) => edit({ toCredit })}
                />
              </div>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
