import { ReceiptText } from 'lucide-react'
import { type Cents, formatDollars, subtractCents } from '../../src-preload/contract/money'
import type { ReceiptOf } from '../../src-preload/contract/printing'
import { useKey } from '../base/keys'
import { useReceipts } from '../base/receipts'
import { Button } from './button'
import { ReceiptState } from './receipt-state'

interface HandedOverProps {
  /** what to do with the amount below */
  words: string
  amountCents: Cents
  roundingCents: Cents
  /** what its receipt is about */
  about: ReceiptOf
  /** prints the receipt */
  keys: string
  /** tells this receipt from others on the screen */
  name: string
}

/** Money that goes out, large, for as long as the clerk wants to see it, and its receipt. */
export function HandedOver({ words, amountCents, roundingCents, about, keys, name }: HandedOverProps) {
  const receipts = useReceipts(about)
  const action = receipts.nextIsCopy ? 'Print a copy' : 'Print receipt'
  useKey({ keys, title: `${action} (${name})`, run: receipts.print }, receipts.hasPrinter)
  return (
    <div className="flex flex-col items-center gap-1">
      <p className="text-lg text-muted">{words}</p>
      <p className="text-4xl font-semibold tabular-nums">{formatDollars(subtractCents(amountCents, roundingCents))}</p>
      {roundingCents !== 0 && <p className="text-muted">rounded from {formatDollars(amountCents)}</p>}
      {receipts.hasPrinter && (
        <Button
          look="quiet"
          className="mt-2"
          icon={<ReceiptText size={16} aria-hidden="true" />}
          keys={keys}
          busy={receipts.busy}
          onClick={receipts.print}
        >
          {action}
        </Button>
      )}
      <ReceiptState receipts={receipts} />
    </div>
  )
}
