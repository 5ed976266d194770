import type { NewLine } from '../../../src-preload/contract/orders'
import { codeKey } from '../../base/scan-shapes'
import { useScans } from '../../base/scans'
import { sentenceFor, toCallError } from '../../base/errors'
import { newId } from '../../base/new-id'
import { showToast } from '../../components/toast'
import { newDraft, toNewLine, withPart } from './line-draft'
import type { OrderDesk } from './order-desk'
import { addLines, findPartsNow, removeLine } from './orders-api'

/** A part that is scanned on the work of an order is a line of it: one more for each scan, in the job that `jobIdNow` names. */
export function useWorkScans(desk: OrderDesk, jobIdNow: () => string | null): void {
  const { order, choices, mayChangeLines, withApproval } = desk
  const takeBack = async ({ lineId, partNumber }: NewLine): Promise<void> => {
    try {
      await removeLine({ lineId, reason: '' }, withApproval)
    } catch (error) {
      showToast(`${partNumber} was not taken off again: ${sentenceFor(toCallError(error))}`, { isTrouble: true })
    }
  }
  useScans(
    async ({ kind, text }) => {
      if (kind !== 'code' || !choices) return false
      const part = (await findPartsNow(text)).find(({ partNumber }) => codeKey(partNumber) === codeKey(text))
      const line = part && toNewLine(withPart(newDraft(newId(), 'part', choices), part), jobIdNow())
      if (!line) return false
      try {
        await addLines({ orderId: order.id, lines: [line] }, withApproval)
        showToast(`Added ${line.partNumber}, ${line.description}.`, { undo: () => void takeBack(line) })
      } catch (error) {
        showToast(`${line.partNumber} was not added: ${sentenceFor(toCallError(error))}`, { isTrouble: true })
      }
      return true
    },
    { enabled: mayChangeLines },
  )
}
