import { contentRow } from './content-row'
import { silentCash } from './silent-cash'
import { statePack } from './state-pack'

const FROM = '2017-02-01'
const cgs65f = {
  cite: 'Conn. Gen. Stat. 14-65f',
  url: 'https://lawserver.com/law/state/connecticut/ct-laws/connecticut_statutes_14-65f',
}
const cgs65g = { cite: 'Conn. Gen. Stat. 14-65g(e)', url: 'http://statutes.laws-info.com/connecticut/title14/chap246/Sec14-65g' }
const cgs65h = { cite: 'Conn. Gen. Stat. 14-65h', url: 'https://statutes.laws.com/connecticut/title14/chap246/Sec14-65h' }
const newsletter = {
  cite: 'LaBonte Law Group, Auto Law Newsletter (February 2017)',
  url: 'https://myemail.constantcontact.com/LaBonte-Law-Group---February-1--2017--Auto-Law-Newsletter.html?soid=1102852756406&aid=r3Q9knKIIV0',
}
const secondHand = "Read in a law firm's newsletter, not in the law: kept as if it were certain."

export const connecticut = statePack({
  state: 'CT',
  name: 'Connecticut',
  tolerance: [
    {
      validFrom: FROM,
      value: { percent: 0, flatCents: 0, which: 'none' },
      source: cgs65f,
      verified: true,
      cases: [{ authorizedCents: 20_000, allowedCents: 20_000 }],
    },
  ],
  fees: [],
  content: [
    contentRow({
      item: 'customer_phone',
      on: ['estimate', 'invoice'],
      severity: 'refuse',
      validFrom: FROM,
      source: cgs65g,
      verified: true,
    }),
    contentRow({ item: 'odometer_in', on: ['estimate', 'invoice'], severity: 'refuse', validFrom: FROM, source: cgs65g, verified: true }),
    contentRow({ item: 'complaint', on: ['estimate', 'invoice'], severity: 'refuse', validFrom: FROM, source: cgs65g, verified: true }),
    contentRow({
      item: 'odometer_out',
      on: ['invoice'],
      severity: 'refuse',
      validFrom: FROM,
      source: newsletter,
      verified: false,
      note: secondHand,
    }),
    contentRow({
      item: 'promised_date',
      on: ['estimate', 'invoice'],
      severity: 'refuse',
      validFrom: FROM,
      source: newsletter,
      verified: false,
      note: secondHand,
    }),
    contentRow({
      item: 'registration_number',
      on: ['estimate', 'invoice'],
      severity: 'refuse',
      validFrom: FROM,
      source: newsletter,
      verified: false,
      note: `The number of the repairer's license. ${secondHand}`,
    }),
    contentRow({
      item: 'guarantee_terms',
      on: ['invoice'],
      severity: 'refuse',
      validFrom: FROM,
      source: cgs65h,
      verified: true,
      note: 'A warranty is stated in writing; a shop that gives none says so.',
    }),
    contentRow({
      item: 'part_condition',
      on: ['invoice'],
      severity: 'warn',
      validFrom: FROM,
      source: cgs65h,
      verified: true,
      note: 'Used parts are to be said so.',
    }),
  ],
  notices: [
    {
      validFrom: FROM,
      value: {
        on: ['estimate'],
        title: 'Choice of repair shop',
        text: 'I am aware of my right to choose the licensed repair shop where the damage to the motor vehicle will be repaired.',
      },
      source: cgs65f,
      verified: true,
      cases: [{ on: 'estimate', facts: {}, prints: 'right to choose the licensed repair shop' }],
    },
    {
      validFrom: FROM,
      value: { on: ['invoice'], title: 'Guarantee', text: '{guarantee}' },
      source: cgs65h,
      verified: true,
      cases: [
        { on: 'invoice', facts: { guaranteeTerms: '12 months, parts and labor.' }, prints: '12 months, parts and labor.' },
        { on: 'invoice', facts: { guaranteeTerms: '' }, prints: null },
      ],
    },
    {
      validFrom: FROM,
      value: {
        on: ['estimate'],
        title: 'Replaced parts',
        text: 'Replaced parts are made available to you if you ask when you authorize the work; those that go back under a warranty or rebuilding arrangement for inspection only.',
      },
      source: cgs65h,
      verified: true,
      cases: [{ on: 'estimate', facts: {}, prints: 'for inspection only' }],
    },
  ],
  records: [
    {
      validFrom: FROM,
      value: { years: 5 },
      source: cgs65h,
      verified: false,
      note: 'The shop keeps a copy of each invoice; no period was found: the longest of any state is kept.',
      cases: [{ day: '2026-03-01', keptUntil: '2031-03-01' }],
    },
  ],
  cash: silentCash,
})
