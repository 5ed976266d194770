import { type KeyboardEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { type Cents, formatDollars, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { useKey } from '../../base/keys'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { quickAmounts, stepQuickAmount } from './cash-change'
import { balanceOf, cashOf, type PaymentDraft, roundingOf, tenderedOf } from './payment-draft'
import type { PaymentFormProps } from './payment-form'

/** Cash received: typed, or one of the amounts people hand over; the change while it is typed. */
export function CashFields({ draft, dueCents, roundingCents, problems, locked, onEdit, mainRef }: PaymentFormProps) {
  const amount = cashOf(draft, dueCents, roundingCents)
  const tendered = tenderedOf(draft, dueCents, roundingCents)
  const quick = amount === null ? [] : quickAmounts(amount)

  // The field begins anew with each one: selected when it takes the focus, so that typing replaces it.
  const [picks, setPicks] = useState(0)
  const editAndSelect = (change: Partial<PaymentDraft>): void => {
    flushSync(() => {
      onEdit(change)
      setPicks((count) => count + 1)
    })
    mainRef.current?.focus()
  }
  const pick = (cents: Cents): void => editAndSelect({ tendered: { cents, valid: true } })
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowDown: 1 as const, ArrowUp: -1 as const }[event.key]
    if (direction === undefined || amount === null || locked) return
    event.preventDefault()
    pick(stepQuickAmount(quick, tendered.cents ?? amount, direction))
  }

  return (
    <>
      <Rounding draft={draft} dueCents={dueCents} roundingCents={roundingCents} />
      <Field key={picks} label="Received" error={problems.tenderedCents} hint="↓ ↑ for the usual amounts" required className="col-start-2">
        <MoneyInput
          ref={mainRef}
          value={tendered.cents}
          onValueChange={(cents, valid) => onEdit({ tendered: { cents, valid } })}
          onKeyDown={onKeyDown}
          readOnly={locked}
        />
      </Field>
      <div role="group" aria-label="Usual amounts" className="col-span-2 flex flex-wrap justify-end gap-1.5">
        {quick.map((cents, at) => (
          <Button
            key={cents}
            size="small"
            disabled={locked}
            aria-pressed={cents === tendered.cents}
            onClick={() => pick(cents)}
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
          >
            {at === 0 ? `Exact ${formatDollars(cents)}` : formatDollars(cents)}
          </Button>
        ))}
      </div>
      <Balance {...{ draft, dueCents, roundingCents, locked }} onEdit={editAndSelect} />
    </>
  )
}

/** Cash that is rounded: what is due in cash, and the rounding as its own amount. */
function Rounding({ draft, dueCents, roundingCents }: Pick<PaymentFormProps, 'draft' | 'dueCents' | 'roundingCents'>) {
  const rounding = roundingOf(draft, dueCents, roundingCents)
  const cash = cashOf(draft, dueCents, roundingCents)
  if (rounding === 0 || cash === null) return null
  return (
    <dl className="col-span-2 grid grid-cols-[1fr_auto] gap-x-3 rounded-md border border-line px-3 py-2">
      <dt className="text-muted">Rounding to 5 cents</dt>
      <dd className="text-right">
        <Amount cents={subtractCents(ZERO, rounding)} />
      </dd>
      <dt className="font-semibold">Due in cash</dt>
      <dd className="text-right">
        <Amount cents={cash} className="font-semibold" />
      </dd>
    </dl>
  )
}

function Balance({
  draft,
  dueCents,
  roundingCents,
  locked,
  onEdit,
}: Pick<PaymentFormProps, 'draft' | 'dueCents' | 'roundingCents' | 'locked' | 'onEdit'>) {
  const balance = balanceOf(draft, dueCents, roundingCents)
  const received = tenderedOf(draft, dueCents, roundingCents)
  const isShort = balance?.kind === 'short'
  return (
    <div className="col-span-2 flex min-h-14 flex-wrap items-center justify-between gap-3 rounded-md bg-sunken px-3 py-2">
      <span role="status" className="flex items-baseline gap-3">
        <span className="text-muted">{isShort ? 'Missing' : 'Change'}</span>
        {balance ? <Amount cents={balance.cents} className={`text-2xl font-semibold ${isShort ? 'text-warn' : ''}`} /> : '–'}
      </span>
      {isShort && received.cents !== null && received.cents > 0 && (
        <TakePart cents={received.cents} locked={locked} onTake={() => onEdit({ amount: received, tendered: null })} />
      )}
    </div>
  )
}

/** From the field for what was received by one key: cash that is too little is mostly meant as a part payment. */
function TakePart({ cents, locked, onTake }: { cents: Cents; locked: boolean; onTake: () => void }) {
  useKey({ keys: 'Alt+P', title: 'Take what was received as part payment', run: onTake }, !locked)
  return (
    <Button size="small" keys="Alt+P" disabled={locked} onClick={onTake}>
      Take {formatDollars(cents)} as part payment
    </Button>
  )
}
