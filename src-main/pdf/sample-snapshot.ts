import { DocumentSnapshot } from '../../src-preload/contract/invoices'

type Job = DocumentSnapshot['jobs'][number]
type Line = Job['lines'][number]

const line = (
  type: Line['type'],
  description: string,
  quantityHundredths: number,
  unitPriceCents: number,
  totalCents: number,
  more: Partial<Line> = {},
): Line => ({
  type,
  description,
  partNumber: '',
  partCondition: null,
  quantityHundredths,
  unitPriceCents,
  totalCents,
  taxable: type === 'part',
  ...more,
})

const BRAKES: Job = {
  name: 'Front brake service',
  complaint: 'Grinding noise when braking from highway speed.',
  cause: 'Front pads worn to 1 mm, rotors scored below the wear limit.',
  correction: 'Replaced front pads and rotors, cleaned and lubricated the slide pins, bedded the brakes and road tested.',
  lines: [
    line('labor', 'Replace front brake pads and rotors', 180, 14500, 26100),
    line('part', 'Brake pad set, ceramic, front', 100, 6895, 6895, { partNumber: 'BP-1184C', partCondition: 'new' }),
    line('part', 'Brake rotor, vented, front', 200, 5450, 10900, { partNumber: 'RT-88210', partCondition: 'oem' }),
    line('part', 'Caliper, front left', 100, 8900, 8900, { partNumber: 'CL-4471R', partCondition: 'rebuilt' }),
    line('fee', 'Hazardous waste disposal', 100, 450, 450),
  ],
}

const OIL: Job = {
  name: 'Oil and filter change',
  complaint: '',
  cause: '',
  correction: '',
  lines: [
    line('labor', 'Oil and filter change', 50, 14500, 7250),
    line('part', 'Engine oil 0W-20 full synthetic, quart', 450, 899, 4046, { partNumber: 'OIL-0W20' }),
    line('part', 'Oil filter', 100, 1275, 1275, { partNumber: 'OF-204', partCondition: 'new' }),
    line('discount', 'Seasonal coupon', 100, 1500, 1500),
  ],
}

const SHOP = {
  name: 'Harbor Street Auto Care',
  address: '1420 Harbor Street',
  city: 'Fairhaven',
  state: 'CA',
  zip: '95564',
  phone: '(555) 555-0142',
  email: 'service@harborstreet.example',
  registrationNumber: 'ARD 00301234',
  logoUrl: null,
  timezone: 'America/Los_Angeles',
}

const CUSTOMER = {
  name: 'Priya Samplewood',
  contactName: '',
  phone: '(555) 555-0117',
  email: 'priya@samplewood.example',
  address: '88 Larkspur Lane',
  city: 'Fairhaven',
  state: 'CA',
  zip: '95564',
  taxExempt: false,
  taxExemptNumber: '',
}

const VEHICLE = {
  label: '2019 Toyota Camry SE',
  vin: '4T1B11HK5KU000000',
  plate: '8TST042',
  plateState: 'CA',
  color: 'Silver',
  engine: '2.5L I4',
  odometerIn: 84210,
  odometerOut: 84213,
}

const AUTHORIZATIONS = [
  {
    estimateVersion: 1,
    authorizedCents: 42000,
    approvedByName: 'Priya Samplewood',
    method: 'in_person',
    contact: '',
    note: '',
    authorizedAt: '2026-11-19T16:42:00Z',
    recordedByName: 'Dana Whitfield',
  },
  {
    estimateVersion: 2,
    authorizedCents: 66957,
    approvedByName: 'Priya Samplewood',
    method: 'phone',
    contact: '(555) 555-0117',
    note: 'Rotors and caliper added after inspection',
    authorizedAt: '2026-11-19T22:05:00Z',
    recordedByName: 'Dana Whitfield',
  },
]

/** An invoice as a shop prints them, of invented people; tests change what they are about. */
export function sampleSnapshot(change: Partial<DocumentSnapshot> = {}): DocumentSnapshot {
  return DocumentSnapshot.parse({
    kind: 'invoice',
    shop: SHOP,
    number: 'INV-1042',
    orderNumber: 'RO-2087',
    estimateVersion: 2,
    date: '2026-11-20',
    dueDate: '2026-12-20',
    terms: 'net_30',
    promisedAt: '2026-11-20T23:00:00Z',
    serviceWriter: 'Dana Whitfield',
    technician: 'Marco Ellison',
    customer: CUSTOMER,
    vehicle: VEHICLE,
    complaint:
      'Grinding noise from the front when braking; also due for an oil change. Please check the cabin fan, it squeaks on cold mornings.',
    jobs: [BRAKES, OIL],
    declined: [{ name: 'Cabin blower motor', reason: 'Customer wants to wait until spring', totalCents: 28640 }],
    laborCents: 33350,
    partsCents: 32016,
    feesCents: 450,
    subtotalCents: 65816,
    discountCents: 1500,
    taxRateMillionths: 82500,
    taxCents: 2641,
    totalCents: 66957,
    authorizations: AUTHORIZATIONS,
    footer:
      'Warranty: 24 months or 24,000 miles on parts and labor of the work listed, whichever comes first. Thank you for your business.',
    ...change,
  })
}

/** `count` part lines in one job, with the totals that belong to them. */
export function longSnapshot(count: number): DocumentSnapshot {
  const lines = Array.from({ length: count }, (_, index) =>
    line('part', `Part number ${index + 1} of a long order`, 100, 1001, 1001, {
      partNumber: `LONG-${index + 1}`,
      partCondition: 'new',
      taxable: false,
    }),
  )
  const totalCents = count * 1001
  const none = { laborCents: 0, feesCents: 0, discountCents: 0, taxCents: 0 }
  return sampleSnapshot({
    jobs: [{ name: 'Fleet restock', complaint: '', cause: '', correction: '', lines }],
    ...none,
    partsCents: totalCents,
    subtotalCents: totalCents,
    totalCents,
  })
}
