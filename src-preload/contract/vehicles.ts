import { z } from 'zod'
import { call, Day, Done, Id, Moment, requiredText, seen, text } from './call'
import { CustomerSummary, VehicleSummary } from './customers'

export const VehicleFields = z.strictObject({
  vin: text(20),
  licensePlate: text(20),
  plateState: text(2),
  year: z.int('Enter a year.').min(1886, 'Enter a year from 1886 on.').max(2100, 'Enter a year up to 2100.'),
  make: requiredText(100),
  model: requiredText(100),
  engine: text(100),
  transmission: text(100),
  drivetrain: text(50),
  color: text(50),
  currentOdometer: z.int().min(0).max(9_999_999).nullable(),
  notes: text(4000),
})
export type VehicleFields = z.output<typeof VehicleFields>

/** Nothing is known yet; year, make and model have to be before it can be stored. */
export const blankVehicle: Readonly<Omit<VehicleFields, 'year'>> & { readonly year: null } = {
  vin: '',
  licensePlate: '',
  plateState: '',
  year: null,
  make: '',
  model: '',
  engine: '',
  transmission: '',
  drivetrain: '',
  color: '',
  currentOdometer: null,
  notes: '',
}

export const Vehicle = VehicleSummary.extend({
  engine: z.string(),
  transmission: z.string(),
  drivetrain: z.string(),
  notes: z.string(),
  customer: CustomerSummary,
  /** the present owner first */
  owners: z.array(
    z.object({
      /** of the period; the transfer's own id */
      id: Id,
      customerId: Id,
      customerName: z.string(),
      from: Moment,
      to: Moment.nullable(),
    }),
  ),
  /** the plate it wears first */
  plates: z.array(z.object({ plate: z.string(), plateState: z.string(), from: Moment, to: Moment.nullable() })),
})
export type Vehicle = z.output<typeof Vehicle>

/** What a VIN says of its car. Text is '' and the year null where nothing is known. */
export const DecodedVin = z.object({
  /** as it is stored */
  vin: z.string(),
  year: z.int().nullable(),
  make: z.string(),
  model: z.string(),
  engine: z.string(),
  drivetrain: z.string(),
  body: z.string(),
  /** the company that gave the number out */
  maker: z.string(),
  /** wrong is a warning: cars of other countries have none; not_applicable: not 17 characters of a VIN */
  checkDigit: z.enum(['right', 'wrong', 'not_applicable']),
  /** year, make and model are known */
  complete: z.boolean(),
  /** false for some seconds after the first start, while the catalogue is loaded */
  ready: z.boolean(),
  /** what was found, or what is to be typed by hand */
  message: z.string(),
})
export type DecodedVin = z.output<typeof DecodedVin>

const CatalogueYear = z.int().min(1886).max(2100).optional()
const Names = z.array(z.string())

export const vehiclesCalls = {
  get: call('customers.see', z.strictObject({ vehicleId: Id }), Vehicle),
  /** DUPLICATE with the vehicle that has this VIN or plate already. */
  create: call(
    'customers.edit',
    z.strictObject({ vehicleId: Id, customerId: Id, fields: VehicleFields, movesPlate: z.boolean().default(false) }),
    Vehicle,
  ),
  /** `movesPlate`: the plate comes off the car that has it; without it that car is a DUPLICATE. */
  update: call(
    'customers.edit',
    z.strictObject({ vehicleId: Id, was: seen(VehicleFields), now: VehicleFields.partial(), movesPlate: z.boolean().default(false) }),
    Vehicle,
  ),
  /**
   * Another owner from this day of the shop on; the car keeps its history. IN_USE while work is open that cannot go along, or that can
   * and `movesWork` does not say so.
   */
  transfer: call(
    'customers.edit',
    z.strictObject({ transferId: Id, vehicleId: Id, customerId: Id, on: Day, movesWork: z.boolean().default(false) }),
    Vehicle,
  ),
  /** The last transfer only, and only while nothing was done for the new owner. */
  undoTransfer: call('customers.edit', z.strictObject({ vehicleId: Id, transferId: Id }), Vehicle),
  remove: call('customers.edit', z.strictObject({ vehicleId: Id }), Done),
  restore: call('customers.edit', z.strictObject({ vehicleId: Id }), Done),
  /** Needs no network. A VIN that cannot be read is an answer too. */
  decodeVin: call('customers.see', z.strictObject({ vin: text(25) }), DecodedVin),
  /** For typing by hand: at most twelve names that begin so, the most usual first. */
  makes: call('customers.see', z.strictObject({ text: text(100), year: CatalogueYear }), Names),
  models: call('customers.see', z.strictObject({ make: text(100), text: text(100), year: CatalogueYear }), Names),
}
