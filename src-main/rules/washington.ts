import { contentRow } from './content-row'
import { silentCash } from './silent-cash'
import { type ContentItem, statePack } from './state-pack'

const FROM = '2013-01-01'
const rcw015 = { cite: 'RCW 46.71.015', url: 'https://app.leg.wa.gov/RCW/default.aspx?cite=46.71.015' }
const rights = {
  cite: 'RCW 46.71.031, as quoted by the Department of Revenue',
  url: 'https://dor.wa.gov/book/export/html/1294',
}

const onBoth = (item: ContentItem) =>
  contentRow({
    item,
    on: ['estimate', 'invoice'],
    severity: 'refuse',
    validFrom: FROM,
    source: rcw015,
    verified: true,
    note: 'The law asks for it on estimates above $100 and on every invoice.',
  })

export const washington = statePack({
  state: 'WA',
  name: 'Washington',
  tolerance: [
    {
      validFrom: FROM,
      value: { percent: 100_000, flatCents: 0, which: 'percent' },
      source: rights,
      verified: true,
      note: 'Ten percent of the estimate before sales tax.',
      cases: [
        { authorizedCents: 20_000, allowedCents: 22_000 },
        { authorizedCents: 100_000, allowedCents: 110_000 },
      ],
    },
  ],
  fees: [],
  content: [
    ...(['shop_address', 'shop_phone', 'vehicle_identity', 'odometer_in', 'complaint'] as const).map(onBoth),
    contentRow({
      item: 'customer_phone',
      on: ['estimate', 'invoice'],
      severity: 'warn',
      validFrom: FROM,
      source: rcw015,
      verified: true,
      note: 'If there is one.',
    }),
    contentRow({
      item: 'part_condition',
      on: ['invoice'],
      severity: 'warn',
      validFrom: FROM,
      source: rcw015,
      verified: true,
      note: 'Rebuilt and used parts are to be said so.',
    }),
  ],
  notices: [
    {
      validFrom: FROM,
      value: {
        on: ['estimate'],
        title: 'Replaced parts',
        text: 'Replaced parts are returned or shown to you if you ask for them when you authorize the work.',
      },
      source: rights,
      verified: true,
      cases: [{ on: 'estimate', facts: {}, prints: 'returned or shown' }],
    },
  ],
  records: [
    {
      validFrom: FROM,
      value: { years: 5 },
      source: rcw015,
      verified: false,
      note: 'The period was not read in the law: the longest of any state is kept.',
      cases: [{ day: '2026-03-01', keptUntil: '2031-03-01' }],
    },
  ],
  cash: silentCash,
})
