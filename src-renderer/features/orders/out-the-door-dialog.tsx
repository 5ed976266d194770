import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Order } from '../../../src-preload/contract/orders'
import { type Cents, formatDollars, subtractCents } from '../../../src-preload/contract/money'
import { sentenceFor } from '../../base/errors'
import { newId } from '../../base/new-id'
import { useProblems } from '../../base/use-problems'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { TextInput } from '../../components/text-input'
import { showToast } from '../../components/toast'
import { useDesk } from './order-desk'
import { outTheDoor, removeLine } from './orders-api'

/** The total as the customer shall pay it, tax included: a discount makes up the difference. */
export function OutTheDoorDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { withApproval } = useDesk()
  const [lineId] = useState(newId)
  const [seenTotalCents] = useState(order.totalCents)
  const [wanted, setWanted] = useState<Cents | null>(null)
  const [reason, setReason] = useState('')
  const apply = useMutation({
    mutationFn: (wantedCents: Cents) =>
      outTheDoor({ orderId: order.id, lineId, seenTotalCents, wantedCents: wantedCents, reason }, withApproval),
    onSuccess: (after, wantedCents) => {
      showToast(resultWords(after.totalCents, wantedCents), {
        undo: () => void removeLine({ lineId }, withApproval).catch((error: unknown) => showToast(sentenceFor(error), { isTrouble: true })),
      })
      onClose()
    },
  })
  const found = {
    ...(wanted === null ? { wantedCents: 'Enter what the customer shall pay in all.' } : {}),
    ...(reason.trim() === '' ? { reason: 'Say why this discount is given.' } : {}),
  }
  const problems = useProblems(found, apply.error)
  const submit = (): void => {
    problems.show()
    if (wanted !== null && Object.keys(found).length === 0 && !apply.isPending) apply.mutate(wanted)
  }
  // The discount that makes the total may be refused as a discount.
  const wrongTotal = problems.of('wantedCents') ?? apply.error?.fieldMessage('unitPriceCents')
  const atField = wrongTotal !== undefined || problems.of('reason') !== undefined
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title="Out the door"
      description={`The total is ${formatDollars(seenTotalCents)}, tax included.`}
      size="small"
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={apply.isPending}>
            Give discount
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Total wanted" required error={wrongTotal} hint={differenceWords(seenTotalCents, wanted)}>
          <MoneyInput value={wanted} onValueChange={(value) => setWanted(value)} />
        </Field>
        <Field label="Why is it given?" required error={problems.of('reason')}>
          <TextInput value={reason} onValueChange={setReason} maxLength={500} />
        </Field>
        {!atField && <ErrorBanner error={apply.error} />}
      </div>
    </Dialog>
  )
}

function differenceWords(total: Cents, wanted: Cents | null): string {
  if (wanted === null || wanted >= total) return 'Tax included; the discount is reckoned from it.'
  return `${formatDollars(subtractCents(total, wanted))} less than now, tax included.`
}

function resultWords(total: Cents, wanted: Cents): string {
  if (total === wanted) return `The total is ${formatDollars(total)}.`
  return `The total is ${formatDollars(total)}: no discount makes it ${formatDollars(wanted)}, the rounding of the tax skips that cent.`
}
