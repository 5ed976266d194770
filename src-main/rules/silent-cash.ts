import type { z } from 'zod'
import type { StatePack } from './state-pack'

/** No state with a pack was found to say how cash is rounded after the penny; tax is reckoned on the exact price in any case. */
export const silentCash: z.input<typeof StatePack>['cash'] = [
  {
    validFrom: '2025-11-12',
    value: { rounding: 'silent' },
    source: {
      cite: 'Avalara, No more pennies (December 2025)',
      url: 'https://www.avalara.com/blog/en/north-america/2025/12/no-more-pennies-how-cash-rounding-will-disrupt-sales-tax-compliance.html',
    },
    verified: false,
    note: 'No rule of this state was found. Cash is rounded only if the shop says so in its settings.',
    cases: [
      { setting: 'none', dueCents: 1003, roundingCents: 0 },
      { setting: 'symmetric', dueCents: 1002, roundingCents: 2 },
      { setting: 'symmetric', dueCents: 1003, roundingCents: -2 },
      { setting: 'symmetric', dueCents: 1005, roundingCents: 0 },
      { setting: 'down', dueCents: 1004, roundingCents: 4 },
    ],
  },
]
