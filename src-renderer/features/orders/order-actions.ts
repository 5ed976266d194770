import type { NextAction, Order } from '../../../src-preload/contract/orders'

export type ActionName = NextAction['action']

interface ActionLook {
  word: string
  /** tinykeys notation; none for what is rare */
  key?: string
  /** not the way forward: shown quietly, behind the others */
  aside?: boolean
  danger?: boolean
}

/** Words and keys of everything that may be done with an order. */
const looks: Readonly<Record<ActionName, ActionLook>> = {
  send_estimate: { word: 'Estimate is ready', key: 'm' },
  authorize: { word: 'Record authorization', key: 'y' },
  start: { word: 'Start work', key: 's' },
  complete: { word: 'Complete work', key: 'c' },
  issue_invoice: { word: 'Issue invoice', key: 'i' },
  take_payment: { word: 'Take payment', key: 'F4' },
  close: { word: 'Close order', key: 'k' },
  reopen: { word: 'Reopen', key: 'r', aside: true },
  back_to_estimate: { word: 'Back to estimate', key: 'b', aside: true },
  decline: { word: 'Customer declines', key: 'n', aside: true },
  void_invoice: { word: 'Void invoice', key: 'v', aside: true },
  credit_invoice: { word: 'Credit or refund', aside: true },
  remove: { word: 'Remove draft', aside: true, danger: true },
}

export interface OfferedAction extends ActionLook {
  next: NextAction
  /** the one the screen suggests */
  main: boolean
}

function wordOf(next: NextAction): string {
  if (next.action === 'issue_invoice' && next.to === 'completed') return 'Complete and invoice'
  return looks[next.action].word
}

/** The order's next actions with words and keys; the first way forward that is possible now is the main one. */
export function offeredActions(order: Pick<Order, 'nextActions'>): OfferedAction[] {
  const main = order.nextActions.find(({ action, blockedBy }) => blockedBy === null && !looks[action].aside)
  const offered = order.nextActions.map((next) => ({ ...looks[next.action], word: wordOf(next), next, main: next === main }))
  return [...offered.filter(({ aside }) => !aside), ...offered.filter(({ aside }) => aside)]
}

export interface BlockedReason {
  sentence: string
  words: string[]
}

/** Why actions are not possible yet: each sentence once, with the actions it stops. */
export function blockedReasons(offered: readonly OfferedAction[]): BlockedReason[] {
  const bySentence = new Map<string, string[]>()
  for (const { next, word } of offered) {
    if (next.blockedBy !== null) bySentence.set(next.blockedBy, [...(bySentence.get(next.blockedBy) ?? []), word])
  }
  return [...bySentence].map(([sentence, words]) => ({ sentence, words }))
}

/** What F4 does with this order: pay its invoice, issue one first, or nothing. */
export function paymentStep(order: Pick<Order, 'nextActions' | 'invoices'>): 'pay' | 'issue' | 'none' {
  const possible = (name: ActionName): boolean => order.nextActions.some(({ action, blockedBy }) => action === name && blockedBy === null)
  if (possible('take_payment')) return 'pay'
  return possible('issue_invoice') ? 'issue' : 'none'
}
