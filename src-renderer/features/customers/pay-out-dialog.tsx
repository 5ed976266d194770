import { type RefObject, useEffect, useRef, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { type PaidOut, type Payout, PayoutMethod } from '../../../src-preload/contract/account-credit'
import type { Customer } from '../../../src-preload/contract/customers'
import { type Cents, formatDollars, ZERO } from '../../../src-preload/contract/money'
import { isCancelled } from '../../base/errors'
import { newId } from '../../base/new-id'
import { methodNames } from '../../base/payment-words'
import { useApproval } from '../../base/use-approval'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { HandedOver } from '../../components/handed-over'
import { MoneyInput } from '../../components/money-input'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { payOutCredit } from './customers-api'

const choices = PayoutMethod.options.map((value) => ({ value, label: methodNames[value] }))

interface Draft {
  amount: Cents | null
  method: PayoutMethod
  checkNumber: string
  reference: string
  reason: string
}

/** What is wrong with the draft, by field. */
function problemsOf({ amount, method, checkNumber, reference, reason }: Draft, most: Cents): Partial<Record<keyof Draft, string>> {
  return {
    ...(amount === null || amount <= ZERO ? { amount: 'Enter an amount.' } : {}),
    ...(amount !== null && amount > most ? { amount: `${formatDollars(most)} is on account.` } : {}),
    ...(method === 'check' && checkNumber.trim() === '' ? { checkNumber: 'Enter the number of the check you write.' } : {}),
    ...(method !== 'check' && method !== 'cash' && reference.trim() === '' ? { reference: 'Enter the reference of this payment.' } : {}),
    ...(reason.trim() === '' ? { reason: 'Say why.' } : {}),
  }
}

/** Account credit in money: how much, how, and why; after it what to hand over. */
export function PayOutDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const [payoutId] = useState(newId)
  const [draft, setDraft] = useState<Draft>({
    amount: customer.accountCreditCents,
    method: 'cash',
    checkNumber: '',
    reference: '',
    reason: '',
  })
  const [tried, setTried] = useState(false)
  const [most] = useState(customer.accountCreditCents)
  const first = useRef<HTMLInputElement>(null)
  const done = useRef<HTMLButtonElement>(null)
  const withApproval = useApproval()
  const send = useMutation({
    mutationFn: ({ amount, method, ...words }: Draft) => {
      const [checkNumber, reference, reason] = [words.checkNumber.trim(), words.reference.trim(), words.reason.trim()]
      const facts = { payoutId, customerId: customer.id, method, amountCents: amount ?? ZERO, reason }
      return payOutCredit({ ...facts, checkNumber, reference }, withApproval)
    },
  })
  const paid = send.data
  useEffect(() => {
    if (paid) done.current?.focus()
  }, [paid])
  const problems = problemsOf(draft, most)
  const submit = (): void => {
    setTried(true)
    if (Object.keys(problems).length === 0 && !send.isPending) send.mutate(draft)
  }
  const word = draft.amount === null ? 'Pay out' : `Pay out ${formatDollars(draft.amount)}`
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={paid ? onClose : submit}
      title={`${paid ? 'Paid out' : 'Pay out account credit'} · ${customer.displayName}`}
      {...(paid ? {} : { description: `${formatDollars(most)} is on account. What is paid out is gone from it.` })}
      initialFocus={first}
      keepOpen
      footer={
        paid ? (
          <Button ref={done} type="submit" look="primary">
            Done
          </Button>
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
      {paid ? (
        <Done {...paid} />
      ) : (
        <div className="flex flex-col gap-4">
          <PayOutFields draft={draft} onDraft={setDraft} problems={tried ? problems : {}} firstRef={first} />
          <ErrorBanner error={send.error && !isCancelled(send.error) ? send.error : null} />
        </div>
      )}
    </Dialog>
  )
}

interface PayOutFieldsProps {
  draft: Draft
  onDraft: (draft: Draft) => void
  problems: Partial<Record<keyof Draft, string>>
  firstRef: RefObject<HTMLInputElement | null>
}

function PayOutFields({ draft, onDraft, problems, firstRef }: PayOutFieldsProps) {
  const edit = (change: Partial<Draft>): void => onDraft({ ...draft, ...change })
  const { method } = draft
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <Field label="Amount" error={problems.amount} required>
          <MoneyInput ref={firstRef} value={draft.amount} onValueChange={(amount, valid) => edit({ amount: valid ? amount : null })} />
        </Field>
        <Field label="How">
          <Select value={method} onValueChange={(value) => edit({ method: PayoutMethod.parse(value) })} choices={choices} />
        </Field>
      </div>
      {method === 'check' && (
        <Field label="Number of your check" error={problems.checkNumber} className="max-w-60" required>
          <TextInput value={draft.checkNumber} onValueChange={(checkNumber) => edit({ checkNumber })} maxLength={50} inputMode="numeric" />
        </Field>
      )}
      {method !== 'check' && method !== 'cash' && (
        <Field label="Reference" error={problems.reference} hint="Pay it there first; never a card number." required>
          <TextInput value={draft.reference} onValueChange={(reference) => edit({ reference })} maxLength={100} />
        </Field>
      )}
      <Field label="Why" error={problems.reason} required>
        <TextInput value={draft.reason} onValueChange={(reason) => edit({ reason })} maxLength={500} />
      </Field>
    </>
  )
}

function Done({ payout, accountCreditCents }: PaidOut) {
  return (
    <div role="status" className="flex min-h-64 flex-col items-center justify-center gap-6 text-center">
      <p className="flex items-center gap-2 text-lg">
        <CircleCheck size={20} className="text-good" aria-hidden="true" /> Taken off the account
      </p>
      <HandedOver
        words={whatToDo(payout)}
        amountCents={payout.amountCents}
        roundingCents={payout.roundingCents}
        about={{ payoutId: payout.id }}
        keys="1"
        name={methodNames[payout.method]}
      />
      <p className="text-muted">{formatDollars(accountCreditCents)} is on account now</p>
    </div>
  )
}

function whatToDo({ method, checkNumber, reference }: Payout): string {
  if (method === 'cash') return 'Hand over in cash'
  return method === 'check' ? `Hand over check ${checkNumber}` : `Paid by ${methodNames[method].toLowerCase()}, ${reference}`
}
