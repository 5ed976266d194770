import {
  Banknote,
  CreditCard,
  HandCoins,
  Landmark,
  type LucideIcon,
  PiggyBank,
  ReceiptText,
  UserRoundCheck,
  WalletCards,
} from 'lucide-react'
import type { TenderKey } from '../../base/payment-words'

export interface Tender {
  method: TenderKey
  /** the digit that chooses it */
  keys: string
  icon: LucideIcon
  /** what has to be written down besides the amount */
  detail: 'tendered' | 'checkNumber' | 'reference' | 'none'
}

/** The ways to pay, by their keys. Those with a reference are taken elsewhere (card terminal, bank, lender) and only recorded here. */
export const tenders: readonly Tender[] = [
  { method: 'cash', keys: '1', icon: Banknote, detail: 'tendered' },
  { method: 'check', keys: '2', icon: ReceiptText, detail: 'checkNumber' },
  { method: 'credit_card', keys: '3', icon: CreditCard, detail: 'reference' },
  { method: 'debit_card', keys: '4', icon: WalletCards, detail: 'reference' },
  { method: 'ach', keys: '5', icon: Landmark, detail: 'reference' },
  { method: 'financing', keys: '6', icon: PiggyBank, detail: 'reference' },
  { method: 'other', keys: '7', icon: HandCoins, detail: 'reference' },
  { method: 'account_credit', keys: '8', icon: UserRoundCheck, detail: 'none' },
]

export function detailOf(method: TenderKey): Tender['detail'] {
  return tenders.find((tender) => tender.method === method)?.detail ?? 'reference'
}
