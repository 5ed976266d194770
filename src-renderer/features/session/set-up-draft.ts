import type { Cents, Millionths } from '../../../src-preload/contract/money'
import { NewShop, type US_STATES } from '../../../src-preload/contract/session'

export const machineZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'America/New_York'

/** What is typed into the set-up, complete or not. */
export interface SetUpDraft {
  shop: {
    name: string
    address: string
    city: string
    state: (typeof US_STATES)[number] | ''
    zip: string
    phone: string
    registrationNumber: string
    timezone: string
    taxRateMillionths: Millionths | null
    laborRateCents: Cents | null
  }
  owner: { firstName: string; lastName: string; email: string; password: string }
}

export function emptySetUp(): SetUpDraft {
  return {
    shop: {
      name: '',
      address: '',
      city: '',
      state: '',
      zip: '',
      phone: '',
      registrationNumber: '',
      timezone: machineZone,
      taxRateMillionths: null,
      laborRateCents: null,
    },
    owner: { firstName: '', lastName: '', email: '', password: '' },
  }
}

const numbersMissing: Readonly<Record<string, string>> = {
  'shop.taxRateMillionths': 'Enter a percentage like 8.25, or 0.',
  'shop.laborRateCents': 'Enter what an hour of labor costs, like 145.',
}

/** The complete shop, or a sentence for each field (path -> sentence) that needs another look. */
export function checkSetUp(draft: SetUpDraft): { shop: NewShop } | { problems: Record<string, string> } {
  const checked = NewShop.safeParse(draft)
  if (checked.success) return { shop: checked.data }
  const problems: Record<string, string> = {}
  for (const issue of checked.error.issues) {
    const path = issue.path.join('.')
    problems[path] ??= numbersMissing[path] ?? issue.message
  }
  return { problems }
}
