import { all, clicked, focused, opened, refused, type Screen, seen } from './screen'
import { modal } from '../support/browser'

const parts = ['shop', 'pricing', 'rules', 'bays', 'people', 'printers'] as const

const part = (key: (typeof parts)[number]) => () => `/settings?part=${key}`

const row =
  (name: RegExp) =>
  async (page: Parameters<NonNullable<Screen['steps']>>[0]): Promise<void> => {
    await page.getByRole('row', { name }).first().press('Enter')
    await modal(page).waitFor()
  }

const pricing = [
  { file: 'canned-job-dialog', add: 'New canned job', there: /^OIL|Oil/ },
  { file: 'matrix-dialog', add: 'New matrix', there: /^Electrical parts/ },
  { file: 'fee-rule-dialog', add: 'New fee rule', there: /^Supplies/ },
  { file: 'labor-rate-dialog', add: 'New labor rate', there: /^Fleet/ },
  { file: 'preset-dialog', add: 'New discount', there: /^Veteran/ },
].flatMap(({ file, add, there }): Screen[] => {
  const shows = [`features/settings/${file}`, 'features/settings/price-rule-dialog']
  return [
    { name: `${add}, refused`, shows, address: part('pricing'), steps: all(clicked(add), refused) },
    { name: `${file}, of one that is there`, shows, address: part('pricing'), steps: row(there) },
  ]
})

/** The parts of the settings and their dialogs. */
export const settingsScreens: readonly Screen[] = [
  ...parts.map((key) => ({ name: `settings, ${key}`, address: part(key) })),
  {
    name: 'settings, come to for the registration number',
    address: () => '/settings?part=shop&field=registrationNumber',
    steps: focused('Registration number'),
  },
  {
    name: 'settings, come to for a mechanic’s number',
    shows: ['features/settings/person-dialog'],
    address: () => '/settings?part=people&field=certificationNumber',
    steps: focused('Certification number'),
  },
  ...pricing,
  { name: 'new bay, refused', shows: ['features/settings/bays-tab'], address: part('bays'), steps: all(opened('n'), refused) },
  { name: 'new person, refused', shows: ['features/settings/person-dialog'], address: part('people'), steps: all(opened('n'), refused) },
  { name: 'person', shows: ['features/settings/person-dialog'], address: part('people'), steps: row(/Adam Advisor/) },
  {
    name: 'a new password for somebody',
    shows: ['features/settings/reset-password-dialog'],
    address: part('people'),
    steps: all(row(/Adam Advisor/), clicked('Give a new password')),
  },
  {
    name: 'new printer, refused',
    shows: ['features/settings/printer-dialog'],
    address: part('printers'),
    steps: all(opened('n'), refused),
  },
  {
    name: 'printer, tried and not there',
    shows: ['features/settings/printer-dialog'],
    address: part('printers'),
    steps: all(row(/Front counter/), clicked(/^Page and pin 2|^Test page/), seen(/did not answer|printer/i)),
  },
]
