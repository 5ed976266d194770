import { contentRow } from './content-row'
import { silentCash } from './silent-cash'
import { statePack } from './state-pack'

const invoices = {
  cite: 'Michigan Secretary of State, Invoices (1974 PA 300)',
  url: 'https://origin-sl.michigan.gov/sos/0,4670,7-127-1631_50301_50324-28779--,00.html',
}
const manual = {
  cite: 'Michigan Repair Facility Manual, chapter 4 (copy)',
  url: 'https://bettingidols.com/michigan-requirement-for-vehicle-repair-work-4565',
}

export const michigan = statePack({
  state: 'MI',
  name: 'Michigan',
  tolerance: [
    {
      validFrom: '2006-01-01',
      value: { percent: 100_000, flatCents: 1000, which: 'lesser' },
      source: {
        cite: 'Michigan Secretary of State, Amended estimates',
        url: 'https://origin-sl.michigan.gov/sos/0,4670,7-127-1631_50301_50324-28761--,00.html',
      },
      verified: false,
      note: "The state's own pages disagree: the lesser of 10 % and $10 here, and $50 on another. The stricter one is kept.",
      cases: [
        { authorizedCents: 20_000, allowedCents: 21_000 },
        { authorizedCents: 5_000, allowedCents: 5_500 },
      ],
    },
  ],
  fees: [
    {
      validFrom: '2006-01-01',
      value: {
        forbids: 'percent',
        why: 'Supplies are estimated in dollars and billed at what they cost in Michigan, not as a percentage.',
      },
      source: manual,
      verified: false,
      note: "Read in a copy of the state's manual.",
      cases: [
        { description: 'Shop supplies', isPercent: true, isRefused: true },
        { description: 'Shop supplies 8 %', isRefused: true },
        { description: 'Shop supplies', isRefused: false },
      ],
    },
  ],
  content: [
    contentRow({ item: 'mechanics', on: ['invoice'], severity: 'refuse', validFrom: '2006-01-01', source: invoices, verified: true }),
    contentRow({ item: 'part_condition', on: ['invoice'], severity: 'refuse', validFrom: '2006-01-01', source: invoices, verified: true }),
    contentRow({
      item: 'registration_number',
      on: ['estimate', 'invoice'],
      severity: 'warn',
      validFrom: '2006-01-01',
      source: manual,
      verified: false,
      note: 'Facilities are registered; that the number stands on the papers was not read in the law.',
    }),
  ],
  notices: [
    {
      validFrom: '2006-01-01',
      value: {
        on: ['invoice'],
        title: 'Certification',
        text: 'I certify that the repairs on this invoice were done properly. Mechanics and their certification numbers: {mechanics}.',
        signed: true,
      },
      source: invoices,
      verified: true,
      cases: [
        { on: 'invoice', facts: { mechanics: [{ name: 'Tara Wrench', number: 'M-1234' }] }, prints: 'Tara Wrench (M-1234)' },
        { on: 'estimate', facts: {}, prints: null },
      ],
    },
    {
      validFrom: '2006-01-01',
      value: {
        on: ['estimate'],
        title: 'Replaced parts',
        text: 'You are entitled to all replaced parts. Exchange parts are shown to you, or kept for two business days, before they go back.',
      },
      source: manual,
      verified: false,
      note: "Read in a copy of the state's guide to the auto repair law (AR-0097).",
      cases: [{ on: 'estimate', facts: {}, prints: 'entitled to all replaced parts' }],
    },
  ],
  records: [
    {
      validFrom: '2006-01-01',
      value: { years: 5 },
      source: {
        cite: 'Michigan Secretary of State, Record keeping requirements',
        url: 'https://origin-sl.michigan.gov/sos/0,4670,7-127-1631_50301_50324-28866--,00.html',
      },
      verified: false,
      note: "The state's page says five years, MCL 257.1318 at least three. The longer one is kept.",
      cases: [{ day: '2026-05-31', keptUntil: '2031-05-31' }],
    },
  ],
  cash: silentCash,
})
