import { cents, type Hundredths, type Millionths } from '../../../src-preload/contract/money'
import type { Choices, Line, Order } from '../../../src-preload/contract/orders'
import { grantOf, permissions, type Role } from '../../../src-preload/contract/permissions'
import type { SessionStatus } from '../../../src-preload/contract/session'
import type { OrderDesk } from './order-desk'

// Records for tests of the screens of this area: an invented customer with an empty estimate.

export const sampleId = (last: number): string => `0190f000-0000-7000-8000-${String(last).padStart(12, '0')}`

export const sampleChoices: Choices = {
  technicians: [{ id: sampleId(31), name: 'Tara Wrench' }],
  bays: [{ id: sampleId(41), name: 'Bay 1', occupiedBy: null }],
  laborRateCents: cents(13_500),
  taxable: { labor: false, part: true, fee: true },
}

const zero = cents(0)

export const sampleOrder: Order = {
  id: sampleId(1),
  number: 'RO-000001',
  status: 'draft',
  priority: 'normal',
  customer: {
    id: sampleId(2),
    kind: 'person',
    displayName: 'Zoë Testerson',
    phone: '5550100123',
    email: null,
    taxExempt: false,
    requiresPurchaseOrder: false,
    contacts: [],
  },
  vehicle: {
    id: sampleId(3),
    customerId: sampleId(2),
    label: '2019 Honda Civic',
    year: 2019,
    make: 'Honda',
    model: 'Civic',
    vin: null,
    plate: '5TST123',
    plateState: 'CA',
    color: null,
    currentOdometer: 50_000,
    openOrders: 1,
    lastVisitAt: null,
    deletedAt: null,
  },
  complaint: '',
  technicianNotes: '',
  internalNotes: '',
  odometer: null,
  odometerOut: null,
  odometerReason: '',
  oldPartsWanted: false,
  checkedInAt: '2026-06-01T15:00:00Z',
  promisedAt: null,
  completedAt: null,
  closedAt: null,
  technicianId: null,
  technicianName: null,
  bayId: null,
  bayName: null,
  purchaseOrder: '',
  payerContactId: null,
  driverContactId: null,
  approverContactId: null,
  jobs: [],
  lines: [],
  feeRules: [],
  taxRateMillionths: 82_500 as Millionths,
  laborCents: zero,
  partsCents: zero,
  feesCents: zero,
  subtotalCents: zero,
  discountCents: zero,
  taxCents: zero,
  totalCents: zero,
  authorizedCents: zero,
  estimateFingerprint: 'a'.repeat(64),
  headRoom: {
    toleranceCents: zero,
    rule: {
      stateName: 'California',
      sentence: 'The bill may not go beyond what the customer authorized, not by one cent.',
      cite: '16 CCR 3354',
      url: 'https://example.invalid/3354',
      isVerified: true,
      note: '',
    },
  },
  marginMillionths: null,
  costCents: null,
  authorizations: [],
  invoices: [],
  history: [],
  takenOff: [],
  revivals: [],
  unanswered: [],
  nextActions: [],
  nextByOthers: null,
  deletedAt: null,
}

/** A part for $120.00 that is still quoted. */
export const sampleLine: Line = {
  id: sampleId(61),
  jobId: null,
  type: 'part',
  status: 'quoted',
  description: 'Water pump',
  partNumber: '',
  partCondition: null,
  quantityHundredths: 100 as Hundredths,
  unitPriceCents: cents(12_000),
  costCents: null,
  taxable: false,
  inventoryItemId: null,
  totalCents: cents(12_000),
  declinedReason: '',
  sortOrder: 1,
}

export function sampleSession(role: Role): SessionStatus {
  const granted = permissions.map((permission) => [permission, grantOf(role, permission)] as const)
  return {
    stage: 'open',
    host: 'electron',
    demo: false,
    practice: false,
    version: '1.0.0',
    shop: { id: sampleId(9), name: 'Test Garage', timezone: 'America/Los_Angeles' },
    user: {
      id: sampleId(8),
      firstName: 'Olga',
      lastName: 'Owner',
      role,
      grants: Object.fromEntries(granted.filter(([, grant]) => grant !== 'no')),
      hasPin: true,
      mustChangePassword: false,
    },
    people: [],
    idleMinutes: 5,
  }
}

/** Somebody who may do everything with it and is asked for no approval. */
export const sampleDesk: OrderDesk = {
  order: sampleOrder,
  choices: sampleChoices,
  mayChangeLines: true,
  partsOnly: false,
  mayDecide: true,
  seesCosts: false,
  mayEdit: () => true,
  askReason: () => Promise.resolve(''),
  withApproval: (send) => send({}),
}
