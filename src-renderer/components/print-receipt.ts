import type { PrintJob, ReceiptOf } from '../../src-preload/contract/printing'
import { client } from '../base/client'
import { sentenceFor } from '../base/errors'
import { endOf } from '../base/receipts'
import { showToast } from './toast'

/** The receipt of a payment or refund of the past, at this station's printer: a copy, unless it was never printed. */
export function printReceipt(of: ReceiptOf): void {
  void print(client.printing.receipt(of), ({ isCopy }) => (isCopy ? 'A copy of the receipt is printed.' : 'The receipt is printed.'))
}

/** A copy of the receipt that this station printed last. */
export function reprintLast(): void {
  void print(client.printing.reprintLast({}), () => 'A copy of the last receipt is printed.')
}

/** There is no field it belongs to: how it ended is said where what is done is said. */
async function print(asked: Promise<PrintJob>, printed: (job: PrintJob) => string): Promise<void> {
  try {
    const job = await endOf(await asked)
    if (job.state === 'printed') showToast(printed(job))
    else showToast(job.problem || 'The printer is still at it.', { isTrouble: true })
  } catch (error) {
    showToast(sentenceFor(error), { isTrouble: true })
  }
}
