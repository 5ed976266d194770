import { blankCustomer, type CustomerFields } from '../../../src-preload/contract/customers'
import type { CheckIn } from '../../../src-preload/contract/orders'
import { blankVehicle, type VehicleFields } from '../../../src-preload/contract/vehicles'
import { tidyVin } from '../../../src-preload/contract/vin'

/** A customer who is written down at the counter: the rest of the facts can follow on the customer's own screen. */
export interface NewCustomerDraft {
  firstName: string
  lastName: string
  companyName: string
  phone: string
}

export interface NewVehicleDraft {
  vin: string
  year: number | null
  make: string
  model: string
  licensePlate: string
  plateState: string
}

export interface VisitDraft {
  odometer: number | null
  /** what stands in the field is a number, or nothing */
  odometerValid: boolean
  odometerReason: string
  complaint: string
  promisedAt: string | null
  promiseValid: boolean
  technicianId: string
  bayId: string
  priority: CheckIn['priority']
}

/** field -> sentence */
export type Problems = Readonly<Record<string, string>>

export const emptyCustomer: NewCustomerDraft = { firstName: '', lastName: '', companyName: '', phone: '' }
export const emptyVehicle: NewVehicleDraft = { vin: '', year: null, make: '', model: '', licensePlate: '', plateState: '' }
export const emptyVisit: VisitDraft = {
  odometer: null,
  odometerValid: true,
  odometerReason: '',
  complaint: '',
  promisedAt: null,
  promiseValid: true,
  technicianId: '',
  bayId: '',
  priority: 'normal',
}

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

export function customerProblems(draft: NewCustomerDraft): Problems {
  const isCompany = draft.companyName.trim() !== ''
  return {
    ...(!isCompany && draft.firstName.trim() === '' && draft.lastName.trim() === '' ? { lastName: 'Enter a name, or a company.' } : {}),
    ...(!isCompany && draft.phone.trim() === '' ? { phone: 'Enter a phone number.' } : {}),
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
  return {
    ...blankCustomer,
    ...draft,
    kind: draft.companyName.trim() === '' ? 'person' : 'company',
  }
}

/** `year` must be there: see vehicleProblems. The odometer comes with the visit. */
export function vehicleFields(draft: NewVehicleDraft): VehicleFields {
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
