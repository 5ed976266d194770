import { contentRow } from './content-row'
import { silentCash } from './silent-cash'
import { type ContentItem, statePack } from './state-pack'

const FROM = '2012-01-01'
const fs909 = { cite: 'Fla. Stat. 559.909(1)', url: 'https://lawserver.com/law/state/florida/statutes/florida_statutes_559-909' }
const fs905 = { cite: 'Fla. Stat. 559.905(1)', url: 'http://www.lawserver.com/law/state/florida/statutes/florida_statutes_559-905' }
const fdacs = {
  cite: 'Florida Department of Agriculture and Consumer Services, Motor Vehicle Repair',
  url: 'https://www.freshfromflorida.com/Business-Services/Motor-Vehicle-Repair',
}

const onEstimate = (item: ContentItem) =>
  contentRow({
    item,
    on: ['estimate'],
    severity: 'refuse',
    validFrom: FROM,
    source: fs905,
    verified: true,
    note: 'The law asks for it above $100; it is asked for on every estimate.',
  })

export const florida = statePack({
  state: 'FL',
  name: 'Florida',
  tolerance: [
    {
      validFrom: FROM,
      value: { percent: 100_000, flatCents: 1000, which: 'greater', capCents: 5000 },
      source: fs909,
      verified: true,
      cases: [
        { authorizedCents: 5_000, allowedCents: 6_000 },
        { authorizedCents: 20_000, allowedCents: 22_000 },
        { authorizedCents: 60_000, allowedCents: 65_000 },
      ],
    },
  ],
  fees: [],
  content: [
    ...(['shop_address', 'shop_phone', 'customer_phone', 'vehicle_identity', 'promised_date', 'complaint', 'labor_basis'] as const).map(
      onEstimate,
    ),
    contentRow({
      item: 'odometer_in',
      on: ['estimate', 'invoice'],
      severity: 'refuse',
      validFrom: FROM,
      source: fdacs,
      verified: true,
    }),
    contentRow({
      item: 'part_condition',
      on: ['invoice'],
      severity: 'warn',
      validFrom: FROM,
      source: fdacs,
      verified: false,
      note: 'Not read in the law; used and rebuilt parts are to be said so everywhere.',
    }),
  ],
  notices: [
    {
      validFrom: FROM,
      value: {
        on: ['estimate', 'invoice'],
        title: 'Shop supplies and waste disposal',
        text: 'This charge represents costs and profits to the motor vehicle repair facility for miscellaneous shop supplies or waste disposal.',
        withFees: true,
      },
      source: fs905,
      verified: true,
      cases: [
        { on: 'estimate', facts: { hasFees: true }, prints: 'costs and profits' },
        { on: 'estimate', facts: { hasFees: false }, prints: null },
      ],
    },
    {
      validFrom: FROM,
      value: { on: ['estimate'], title: 'Labor', text: 'Labor is charged {laborBasis}.' },
      source: fs905,
      verified: true,
      cases: [
        { on: 'estimate', facts: { laborBasis: 'by the hour' }, prints: 'charged by the hour.' },
        { on: 'estimate', facts: { laborBasis: '' }, prints: null },
      ],
    },
  ],
  records: [
    { validFrom: FROM, value: { years: 1 }, source: fdacs, verified: true, cases: [{ day: '2026-12-31', keptUntil: '2027-12-31' }] },
  ],
  cash: silentCash,
})
