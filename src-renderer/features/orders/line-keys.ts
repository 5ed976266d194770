import type { LineType } from '../../../src-preload/contract/orders'

/** Keys that start a line, when no field has the focus. */
export const lineKeys: readonly { type: LineType; keys: string; word: string }[] = [
  { type: 'labor', keys: 'l', word: 'Labor' },
  { type: 'part', keys: 'p', word: 'Part' },
  { type: 'fee', keys: 'e', word: 'Fee' },
  { type: 'discount', keys: 'd', word: 'Discount' },
]
