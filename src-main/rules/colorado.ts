import { contentRow } from './content-row'
import { silentCash } from './silent-cash'
import { statePack } from './state-pack'

const crs105 = {
  cite: 'C.R.S. 42-9-105 (with 42-9-103)',
  url: 'https://law.justia.com/codes/colorado/2016/title-42/motor-vehicle-repairs/article-9/section-42-9-105/index.html',
}
const crs102 = { cite: 'C.R.S. 42-9-102', url: 'https://colorado.public.law/statutes/crs_42-9-102' }

export const colorado = statePack({
  state: 'CO',
  name: 'Colorado',
  tolerance: [
    {
      validFrom: '2016-01-01',
      value: { percent: 100_000, flatCents: 2500, which: 'lesser', exemptCents: 10_000 },
      source: crs105,
      verified: true,
      note: 'The act does not apply where labor and parts are $100 or less; a first authorization is asked for all the same.',
      cases: [
        { authorizedCents: 20_000, allowedCents: 22_000 },
        { authorizedCents: 25_000, allowedCents: 27_500 },
        { authorizedCents: 40_000, allowedCents: 42_500 },
        { authorizedCents: 8_000, allowedCents: 10_000 },
        { authorizedCents: 10_000, allowedCents: 11_000 },
      ],
    },
  ],
  fees: [],
  content: [
    contentRow({
      item: 'part_condition',
      on: ['estimate', 'invoice'],
      severity: 'refuse',
      validFrom: '2016-01-01',
      source: crs102,
      verified: true,
      note: 'An estimate states of all parts whether they are new, used, reconditioned or rebuilt.',
    }),
    contentRow({
      item: 'promised_date',
      on: ['estimate'],
      severity: 'warn',
      validFrom: '2016-01-01',
      source: crs105,
      verified: true,
      note: 'A change of the expected completion date is told to the customer, so there is one.',
    }),
  ],
  notices: [],
  records: [
    {
      validFrom: '2016-01-01',
      value: { years: 5 },
      source: crs105,
      verified: false,
      note: 'No period was found in what was read of the act: the longest of any state is kept.',
      cases: [{ day: '2026-03-01', keptUntil: '2031-03-01' }],
    },
  ],
  cash: silentCash,
})
