import { contentRow } from './content-row'
import { silentCash } from './silent-cash'
import { statePack } from './state-pack'

const ccr3354 = {
  cite: '16 CCR 3354',
  url: 'https://govt.westlaw.com/calregs/Document/IC3131AAFAF8D424595D048416B715AB2?viewType=FullText&originationContext=documenttoc&transitionType=CategoryPageItem&contextData=(sc.Default)',
}
const ccr3355 = {
  cite: '16 CCR 3355',
  url: 'https://govt.westlaw.com/calregs/Document/I1777A8234C8211EC89E5000D3A7C4BC3?viewType=FullText&originationContext=documenttoc&transitionType=CategoryPageItem&contextData=(sc.Default)',
}
const ccr3356 = { cite: '16 CCR 3356', url: 'https://www.law.cornell.edu/regulations/california/16-CCR-3356' }

export const california = statePack({
  state: 'CA',
  name: 'California',
  tolerance: [
    {
      validFrom: '2018-01-01',
      value: { percent: 0, flatCents: 0, which: 'none' },
      source: ccr3354,
      verified: true,
      cases: [
        { authorizedCents: 20_000, allowedCents: 20_000 },
        { authorizedCents: 100, allowedCents: 100 },
      ],
    },
  ],
  fees: [
    {
      validFrom: '2018-01-01',
      value: { forbids: 'generic_name', why: 'Each thing that is charged has its own name and price in California.' },
      source: {
        cite: 'Bureau of Automotive Repair on 16 CCR 3356, as told by Autobody News',
        url: 'https://www.autobodynews.com/index.php/industry-news/item/1070-bar-amends-invoice-requirements-in-regards-to-lump-sum-bills-ensures-itemized-invoices.html',
      },
      verified: false,
      note: 'Read in the trade press; the text of the regulation says that each part and service is itemized.',
      cases: [
        { description: 'Shop supplies', isRefused: true },
        { description: 'Misc. shop materials', isRefused: true },
        { description: 'Shop supplies (8%)', isRefused: true },
        { description: 'Other charges', isRefused: true },
        { description: 'Other', isRefused: false },
        { description: 'Brake cleaner, 1 can', isRefused: false },
        { description: 'Hazardous waste disposal', isRefused: false },
      ],
    },
  ],
  content: [
    contentRow({
      item: 'registration_number',
      on: ['estimate', 'invoice'],
      severity: 'refuse',
      validFrom: '2018-01-01',
      source: ccr3356,
      verified: true,
    }),
    contentRow({
      item: 'shop_address',
      on: ['estimate', 'invoice'],
      severity: 'refuse',
      validFrom: '2018-01-01',
      source: ccr3356,
      verified: true,
      note: 'Name and address as they are registered.',
    }),
    contentRow({
      item: 'part_condition',
      on: ['estimate', 'invoice'],
      severity: 'warn',
      validFrom: '2018-01-01',
      source: ccr3356,
      verified: true,
      note: 'Parts are new unless stated otherwise, which is printed; used, rebuilt and reconditioned ones are to be said so.',
    }),
  ],
  notices: [
    {
      validFrom: '2018-01-01',
      value: {
        on: ['estimate'],
        title: 'Replaced parts',
        text: 'Replaced parts are returned to you if you ask for them when you authorize the work. Parts that go back to their maker under a warranty or exchange are shown to you if you ask, and are not returned.',
      },
      source: ccr3355,
      verified: true,
      cases: [
        { on: 'estimate', facts: {}, prints: 'are not returned' },
        { on: 'invoice', facts: {}, prints: null },
      ],
    },
  ],
  records: [
    {
      validFrom: '2018-01-01',
      value: { years: 3 },
      source: { cite: '16 CCR 3358', url: 'https://www.law.cornell.edu/regulations/california/16-CCR-3358' },
      verified: true,
      cases: [{ day: '2026-02-28', keptUntil: '2029-02-28' }],
    },
  ],
  cash: silentCash,
})
