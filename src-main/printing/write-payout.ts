import { formatDollars, subtractCents, ZERO } from '../../src-preload/contract/money'
import type { Payout } from '../../src-preload/contract/account-credit'
import { momentWords } from '../pdf/document-words'
import { type ReceiptLine, ReceiptPaper } from './receipt-lines'
import { dollars, type Receipt, tenderWords, writeShop, writeSigning } from './write-receipt'

/** What is on the receipt of account credit that was paid out: no invoice is about it. */
export interface PayoutReceipt {
  readonly shop: Receipt['document']['shop']
  readonly isCopy: boolean
  readonly payout: Omit<Payout, 'id' | 'reference'> & {
    readonly customerName: string
    readonly paidByName: string
    /** what is on account after it */
    readonly accountCreditCents: Payout['amountCents']
  }
}

/** The receipt for paper of so many columns; who takes cash or a check signs for it on the shop's copy. */
export function writePayout({ shop, isCopy, payout }: PayoutReceipt, columns: number): readonly ReceiptLine[] {
  const { method, amountCents, roundingCents, checkNumber, reason, paidAt, paidByName, customerName, accountCreditCents } = payout
  const paper = new ReceiptPaper(columns)
  writeShop(paper, shop)
  paper.text('PAID OUT', { strong: true, large: true, align: 'center' })
  if (isCopy) paper.text('*** COPY ***', { strong: true, large: true, align: 'center' })
  paper.gap()
  paper.text('Account credit', { strong: true })
  paper.text(momentWords(paidAt, shop.timezone))
  paper.text(customerName)
  if (paidByName !== '') paper.text(`Served by ${paidByName}`)
  paper.rule()
  paper.text(`Reason: ${reason}`)
  paper.rule()
  paper.pair(`Paid out: ${tenderWords(method, checkNumber)}`, dollars(amountCents), { strong: true })
  if (roundingCents !== ZERO) paper.pair('Cash rounding', dollars(-roundingCents))
  if (method === 'cash') paper.pair('Handed over', formatDollars(subtractCents(amountCents, roundingCents)), { strong: true, large: true })
  paper.pair('Account credit now', dollars(accountCreditCents), { strong: true })
  if (method === 'cash' || method === 'check') writeSigning(paper)
  paper.gap()
  if (isCopy) paper.text('*** COPY ***', { strong: true, align: 'center' })
  return paper.lines
}
