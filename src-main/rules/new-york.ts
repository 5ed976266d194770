import { contentRow } from './content-row'
import { silentCash } from './silent-cash'
import { statePack } from './state-pack'

const FROM = '2015-12-01'
const s825 = { cite: '15 NYCRR 82.5', url: 'http://nyrules.elaws.us/register/1/31/2007/mtv-05-07-00002-p' }
const s828 = {
  cite: '15 NYCRR 82.8',
  url: 'https://e.casetext.com/regulation/new-york-codes-rules-and-regulations/title-15-department-of-motor-vehicles/chapter-i-regulations-of-the-commissioner/subchapter-f-businesses-requiring-licenses/part-82-motor-vehicle-repair-shops/section-828-charges',
}

export const newYork = statePack({
  state: 'NY',
  name: 'New York',
  tolerance: [
    {
      validFrom: FROM,
      value: { percent: 0, flatCents: 0, which: 'none' },
      source: s825,
      verified: true,
      cases: [{ authorizedCents: 20_000, allowedCents: 20_000 }],
    },
  ],
  fees: [],
  content: [
    contentRow({
      item: 'registration_number',
      on: ['estimate', 'invoice'],
      severity: 'refuse',
      validFrom: FROM,
      source: s825,
      verified: true,
      note: 'The facility number.',
    }),
    contentRow({ item: 'vehicle_identity', on: ['estimate'], severity: 'refuse', validFrom: FROM, source: s825, verified: true }),
    contentRow({ item: 'complaint', on: ['estimate'], severity: 'refuse', validFrom: FROM, source: s825, verified: true }),
    contentRow({
      item: 'labor_basis',
      on: ['estimate'],
      severity: 'refuse',
      validFrom: FROM,
      source: s828,
      verified: true,
      note: 'By clock hours or flat rate; for a flat rate with the manual that is used.',
    }),
    contentRow({
      item: 'part_condition',
      on: ['estimate', 'invoice'],
      severity: 'warn',
      validFrom: FROM,
      source: s825,
      verified: true,
      note: 'Parts that are not new and of original quality are to be said so.',
    }),
  ],
  notices: [
    {
      validFrom: FROM,
      value: {
        on: ['estimate'],
        title: 'Replaced parts',
        text: 'You have the right to receive the replaced parts if you ask for them in writing.',
      },
      source: s825,
      verified: true,
      cases: [{ on: 'estimate', facts: {}, prints: 'ask for them in writing' }],
    },
    {
      validFrom: FROM,
      value: { on: ['estimate'], title: 'Labor', text: 'Labor is charged {laborBasis}.' },
      source: s828,
      verified: true,
      cases: [{ on: 'estimate', facts: { laborBasis: 'at a flat rate' }, prints: 'charged at a flat rate.' }],
    },
    {
      validFrom: FROM,
      value: { on: ['estimate'], title: 'Storage', text: '{storage}' },
      source: s828,
      verified: true,
      note: 'Storage may be charged only where notice was given in writing.',
      cases: [
        { on: 'estimate', facts: { storageNotice: '$25 a day after three days.' }, prints: '$25 a day' },
        { on: 'estimate', facts: { storageNotice: '' }, prints: null },
      ],
    },
  ],
  records: [
    {
      validFrom: FROM,
      value: { years: 2 },
      source: { cite: '15 NYCRR 82.9', url: 'http://nyrules.elaws.us/nycrr/title15_chapteri_subchapterf_part82_s82.9' },
      verified: true,
      cases: [{ day: '2026-02-28', keptUntil: '2028-02-28' }],
    },
  ],
  cash: silentCash,
})
