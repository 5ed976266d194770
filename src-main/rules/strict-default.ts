import { contentRow } from './content-row'
import { silentCash } from './silent-cash'
import { type ContentItem, statePack } from './state-pack'

const FROM = '2000-01-01'
const strictest = {
  cite: 'The strictest rule of the states on record (16 CCR 3354, 3356)',
  url: 'https://www.law.cornell.edu/regulations/california/16-CCR-3356',
}
const note = 'No rules of this state are on record. The strictest of the others are kept to.'

const told = (item: ContentItem) =>
  contentRow({ item, on: ['estimate', 'invoice'], severity: 'warn', validFrom: FROM, source: strictest, verified: false, note })

/** For every state without a pack: no tolerance, no doubtful fee; what a paper should say is told and not enforced. */
export const strictDefault = statePack({
  state: null,
  name: 'Strict default',
  tolerance: [
    {
      validFrom: FROM,
      value: { percent: 0, flatCents: 0, which: 'none' },
      source: strictest,
      verified: false,
      note,
      cases: [{ authorizedCents: 20_000, allowedCents: 20_000 }],
    },
  ],
  fees: [
    {
      validFrom: FROM,
      value: { forbids: 'generic_name', why: 'A customer is told by name what each charge is for.' },
      source: strictest,
      verified: false,
      note,
      cases: [
        { description: 'Shop supplies', isRefused: true },
        { description: 'Used oil disposal', isRefused: false },
      ],
    },
    {
      validFrom: FROM,
      value: { forbids: 'percent', why: 'A charge is an amount that the customer can agree to, not a percentage.' },
      source: strictest,
      verified: false,
      note,
      cases: [
        { description: 'Used oil disposal, 5%', isRefused: true },
        { description: 'Used oil disposal', isPercent: true, isRefused: true },
      ],
    },
  ],
  content: (['shop_address', 'shop_phone', 'vehicle_identity', 'odometer_in', 'part_condition'] as const).map(told),
  notices: [],
  records: [
    {
      validFrom: FROM,
      value: { years: 5 },
      source: strictest,
      verified: false,
      note: 'No rules of this state are on record: the longest of any state is kept.',
      cases: [{ day: '2024-02-29', keptUntil: '2029-03-01' }],
    },
  ],
  cash: silentCash.map((row) => ({ ...row, validFrom: FROM })),
})
