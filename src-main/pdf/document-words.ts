import type { DocumentSnapshot, PaymentMethod } from '../../src-preload/contract/invoices'
import type { PrintedDocument } from './document-parts'

type Terms = NonNullable<DocumentSnapshot['terms']>
type Line = DocumentSnapshot['jobs'][number]['lines'][number]
type Method = DocumentSnapshot['authorizations'][number]['method']

export const TERMS: Record<Terms, string> = { due_on_receipt: 'Due on receipt', net_10: 'Net 10 days', net_30: 'Net 30 days' }

/** The words of California's Automotive Repair Act for what a part is (Business and Professions Code 9884.8). */
export const CONDITIONS: Record<NonNullable<Line['partCondition']>, string> = {
  new: 'New',
  used: 'Used',
  rebuilt: 'Rebuilt',
  reconditioned: 'Reconditioned',
  oem: 'OEM',
}

export const TENDERS: Record<PaymentMethod, string> = {
  cash: 'Cash',
  check: 'Check',
  credit_card: 'Credit card',
  debit_card: 'Debit card',
  ach: 'Bank transfer (ACH)',
  financing: 'Financing',
  other: 'Other',
}

export const METHODS: Record<Method, string> = {
  in_person: 'In person',
  phone: 'By phone',
  text: 'By text message',
  email: 'By e-mail',
  signature: 'By signature',
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** '2026-11-22' -> 'Nov 22, 2026' */
export function dayWords(day: string): string {
  const [year = '', month = '1', date = ''] = day.split('-')
  return `${MONTHS[parseInt(month, 10) - 1] ?? month} ${date.replace(/^0/, '')}, ${year}`
}

/** A moment on the shop's clock: 'Nov 22, 2026, 3:05 PM'. Only figures are asked of the platform: its words change from version to version. */
export function momentWords(moment: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const parts = Object.fromEntries(format.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]))
  const hour = parseInt(parts['hour'] ?? '0', 10)
  const day = dayWords(`${parts['year'] ?? ''}-${parts['month'] ?? ''}-${parts['day'] ?? ''}`)
  return `${day}, ${hour % 12 === 0 ? 12 : hour % 12}:${parts['minute'] ?? ''} ${hour < 12 ? 'AM' : 'PM'}`
}

/** 84210 -> '84,210 mi' */
export function milesWords(miles: number): string {
  return `${String(miles).replace(/\B(?=(\d{3})+$)/g, ',')} mi`
}

/** 'Sacramento, CA 95814' of what is known. */
export function cityWords({ city, state, zip }: { city: string; state: string; zip: string }): string {
  return [city, [state, zip].filter(Boolean).join(' ')].filter(Boolean).join(', ')
}

export function titleWords({ kind, title }: Pick<PrintedDocument, 'kind' | 'title'>): string {
  return title ?? { estimate: 'Estimate', invoice: 'Invoice', credit_note: 'Credit note' }[kind]
}

/** Unicode's mark that what follows it reads from the left. */
const FROM_LEFT = '\u200e'

/** Those that are not empty, side by side: a name that reads from the right keeps its place and takes no number of its neighbour along. */
export function joinWords(...words: readonly string[]): string {
  const [first = '', ...more] = words.filter(Boolean)
  return more.length === 0 ? first : `${FROM_LEFT}${[first, ...more].join(`${FROM_LEFT}  ·  `)}`
}
