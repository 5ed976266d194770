import { blankCustomer, type CustomerFields } from '../../../src-preload/contract/customers'
import type { CheckIn } from '../../../src-preload/contract/orders'
import { blankVehicle, type VehicleFields } from '../../../src-preload/contract/vehicles'
import { tidyVin } from '../../../src-preload/contract/vin'
import { newId } from '../../base/new-id'

/** A customer who is written down at the counter: the rest of the facts can follow on the customer's own screen. */
export interface NewCustomerDraft {
  firstName: string
  lastName: string
  companyName: string
  phone: string
  /** gives no name or no phone; says nothing once there is a company */
  isWalkIn: boolean
}

export interface NewVehicleDraft {
  vin: string
  year: number | null
  /** what stands in the field and is no year; '' when it is one, or nothing */
  yearText: string
  make: string
  model: string
  /** only a VIN says them here; they can be typed on the vehicle's own screen */
  engine: string
  drivetrain: string
  licensePlate: string
  plateState: string
}

export interface VisitDraft {
  odometer: number | null
  /** what stands in the field is a number, or nothing */
  odometerValid: boolean
  /** what stands in the field and is no number; '' when it is one, or nothing */
  odometerText: string
  odometerReason: string
  complaint: string
  promisedAt: string | null
  promiseValid: boolean
  technicianId: string
  bayId: string
  priority: CheckIn['priority']
}

export type Who = { kind: 'none' } | { kind: 'chosen'; customerId: string } | { kind: 'new'; draft: NewCustomerDraft }
export type Which = { kind: 'none' } | { kind: 'chosen'; vehicleId: string } | { kind: 'new'; draft: NewVehicleDraft }

/** Where a check-in begins: with nobody, with a customer, with a car, or with a text that found nobody. */
export interface CheckInStart {
  readonly customerId?: string | undefined
  readonly vehicleId?: string | undefined
  readonly newCustomer?: string | undefined
  /** of a car that is in no file */
  readonly vin?: string | undefined
}

/** Everything that is typed and chosen at a check-in. */
export interface CheckInDraft {
  readonly start: CheckInStart
  /** made once, so that pressing the key twice, or again after a lost connection, is one customer, one car, one order */
  readonly ids: Readonly<{ order: string; customer: string; vehicle: string }>
  /** in the search box */
  readonly search: string
  readonly who: Who
  /** undefined: nobody said which car */
  readonly picked: Which | undefined
  /** written down, and left for another answer: the customer with the car, or the car alone */
  readonly typed: { readonly customer?: NewCustomerDraft; readonly picked?: Which | undefined; readonly car?: NewVehicleDraft }
  readonly visit: VisitDraft
  /** put on file by this check-in, before a later step of it was refused */
  readonly storedCustomer?: Stored | undefined
  readonly storedVehicle?: Stored | undefined
}

export interface Stored {
  readonly id: string
  readonly name: string
}

/** field -> sentence */
export type Problems = Readonly<Record<string, string>>

const { firstName, lastName, companyName, phone } = blankCustomer
export const emptyCustomer: NewCustomerDraft = { firstName, lastName, companyName, phone, isWalkIn: false }
const { vin, year, make, model, engine, drivetrain, licensePlate, plateState } = blankVehicle
export const emptyVehicle: NewVehicleDraft = { vin, year, yearText: '', make, model, engine, drivetrain, licensePlate, plateState }
export const emptyVisit: VisitDraft = {
  odometer: null,
  odometerValid: true,
  odometerText: '',
  odometerReason: '',
  complaint: '',
  promisedAt: null,
  promiseValid: true,
  technicianId: '',
  bayId: '',
  priority: 'normal',
}

export function newCheckIn(start: CheckInStart): CheckInDraft {
  const { customerId, vehicleId, newCustomer, vin: scanned } = start
  return {
    start,
    ids: { order: newId(), customer: newId(), vehicle: newId() },
    search: '',
    who: customerId
      ? { kind: 'chosen', customerId }
      : newCustomer
        ? { kind: 'new', draft: customerFromText(newCustomer) }
        : { kind: 'none' },
    picked: vehicleId ? { kind: 'chosen', vehicleId } : scanned ? { kind: 'new', draft: { ...emptyVehicle, vin: scanned } } : undefined,
    typed: {},
    visit: emptyVisit,
  }
}

/** Was anything typed or chosen since it began? */
export function isTouched({ ids: _, ...draft }: CheckInDraft, { ids: __, ...blank }: CheckInDraft): boolean {
  return JSON.stringify(draft) !== JSON.stringify(blank)
}

/** Each way to begin has a draft of its own, so that what was typed for one customer never stands under another. */
export function draftKey({ customerId = '', vehicleId = '', newCustomer = '', vin: scanned = '' }: CheckInStart): string {
  return `${CHECK_IN} ${JSON.stringify([customerId, vehicleId, newCustomer, scanned])}`
}

/** begins the keys of all drafts of check-ins */
export const CHECK_IN = 'check-in'

const MISSING = 'Please fill this in.'

/** What was typed into the search box and found nobody: a phone number, or a name. */
export function customerFromText(text: string): NewCustomerDraft {
  const typed = text.trim().replace(/\s+/g, ' ')
  if (/^[\d\s().+-]*$/.test(typed)) return { ...emptyCustomer, phone: typed }
  const [first = '', ...rest] = typed
    .split(' ')
    .map((word) => (word === word.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word))
  return { ...emptyCustomer, firstName: first, lastName: rest.join(' ') }
}

function kindOf({ companyName: company, isWalkIn }: NewCustomerDraft): CustomerFields['kind'] {
  if (company.trim() !== '') return 'company'
  return isWalkIn ? 'walk_in' : 'person'
}

export function customerProblems(draft: NewCustomerDraft): Problems {
  if (kindOf(draft) !== 'person') return {}
  return {
    ...(draft.firstName.trim() === '' && draft.lastName.trim() === '' ? { lastName: 'Enter a name, or a company.' } : {}),
    ...(draft.phone.trim() === '' ? { phone: 'Enter a phone number.' } : {}),
  }
}

export function vehicleProblems(draft: NewVehicleDraft): Problems {
  return {
    ...(draft.year === null ? { year: 'Enter a year.' } : {}),
    ...(draft.make.trim() === '' ? { make: MISSING } : {}),
    ...(draft.model.trim() === '' ? { model: MISSING } : {}),
  }
}

export function visitProblems(draft: VisitDraft, lastOdometer: number | null): Problems {
  return {
    ...(draft.odometerValid ? {} : { odometer: 'Enter a whole number.' }),
    ...(draft.promiseValid ? {} : { promisedAt: 'Enter a date and a time.' }),
    ...(isLower(draft, lastOdometer) && draft.odometerReason.trim() === '' ? { odometerReason: 'Say why it is lower.' } : {}),
  }
}

/** The odometer reads less than at the last visit: that needs a reason. */
export function isLower(draft: Pick<VisitDraft, 'odometer'>, lastOdometer: number | null): boolean {
  return draft.odometer !== null && lastOdometer !== null && draft.odometer < lastOdometer
}

export function customerFields(draft: NewCustomerDraft): CustomerFields {
  const { isWalkIn: _, ...typed } = draft
  return { ...blankCustomer, ...typed, kind: kindOf(draft) }
}

/** `year` must be there: see vehicleProblems. The odometer comes with the visit. */
export function vehicleFields({ yearText: _, ...draft }: NewVehicleDraft): VehicleFields {
  return {
    ...blankVehicle,
    ...draft,
    vin: tidyVin(draft.vin),
    year: draft.year ?? 0,
  }
}

export function toCheckIn(orderId: string, customerId: string, vehicleId: string, visit: VisitDraft) {
  return {
    orderId,
    customerId,
    vehicleId,
    odometer: visit.odometer,
    odometerReason: visit.odometerReason,
    complaint: visit.complaint,
    promisedAt: visit.promisedAt,
    technicianId: visit.technicianId || null,
    bayId: visit.bayId || null,
    priority: visit.priority,
    jobs: [],
  }
}
