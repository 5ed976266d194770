import type { KeyboardEvent, Ref } from 'react'
import { type Cents, formatDollars } from '../../../src-preload/contract/money'
import { useKey } from '../../base/keys'
import { type TenderKey, tenderNames } from '../../base/payment-words'
import { useGrant } from '../../base/session'
import { Kbd } from '../../components/kbd'
import { type Tender, tenders } from './tenders'

export interface TenderListProps {
  chosen: TenderKey | null
  onChoose: (method: TenderKey) => void
  /** what the customer has on account: with nothing there it is no way to pay */
  accountCreditCents: Cents
  disabled: boolean
  /** the first way to pay; the focus when the dialog opens */
  firstRef: Ref<HTMLButtonElement> | undefined
}

/** The ways to pay: by digit, by arrows and Enter, or with the mouse. */
export function TenderList({ chosen, onChoose, accountCreditCents, disabled, firstRef }: TenderListProps) {
  const mayRecord = useGrant('payments.record_elsewhere') !== 'no'
  const shown = tenders.filter(({ method, detail }) =>
    method === 'account_credit' ? accountCreditCents > 0 : mayRecord || detail !== 'reference',
  )
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const buttons = [...event.currentTarget.querySelectorAll('button')]
    const at = buttons.findIndex((button) => button === document.activeElement)
    buttons[(at + step + buttons.length) % buttons.length]?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between the buttons inside, which take the focus
    <div role="group" aria-label="How it is paid" onKeyDown={onKeyDown} className="flex flex-col gap-1">
      {shown.map((tender, at) => (
        <TenderButton
          key={tender.method}
          tender={tender}
          pressed={tender.method === chosen}
          disabled={disabled}
          onChoose={onChoose}
          {...(tender.method === 'account_credit' ? { detail: formatDollars(accountCreditCents) } : {})}
          {...(at === 0 && firstRef ? { buttonRef: firstRef } : {})}
        />
      ))}
    </div>
  )
}

interface TenderButtonProps {
  tender: Tender
  pressed: boolean
  disabled: boolean
  onChoose: (method: TenderKey) => void
  /** what there is of it */
  detail?: string
  buttonRef?: Ref<HTMLButtonElement>
}

function TenderButton({ tender, pressed, disabled, onChoose, detail, buttonRef }: TenderButtonProps) {
  const { method, keys, icon: Icon } = tender
  const choose = (): void => onChoose(method)
  useKey({ keys, title: tenderNames[method], run: choose }, !disabled)
  return (
    <button
      ref={buttonRef}
      type="button"
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      disabled={disabled}
      onClick={choose}
      className="flex h-10 items-center gap-2.5 rounded-md border border-transparent px-2.5 text-left font-medium hover:bg-hover disabled:cursor-not-allowed disabled:text-muted aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
    >
      <Icon size={16} aria-hidden="true" className="shrink-0" />
      <span className="flex-1">
        {tenderNames[method]}
        {detail !== undefined && <span className="block text-sm leading-4 font-normal text-muted">{detail}</span>}
      </span>
      <Kbd keys={keys} />
    </button>
  )
}
