import type { z } from 'zod'
import type { CheckIn, NewLine } from '../../src-preload/contract/orders'
import { uuid7 } from '../base/uuid7'

/** What an order needs before it exists. */
export interface Car {
  readonly customerId: string
  readonly vehicleId: string
}

type LineAsSent = z.input<typeof NewLine>

/** A line as the screen sends it: one hour of labor, untaxed, unless told otherwise. */
export function lineAsSent(fields: Partial<LineAsSent> = {}): LineAsSent {
  return {
    lineId: uuid7(),
    jobId: null,
    type: 'labor',
    description: 'Replace brake pads',
    partNumber: '',
    quantityHundredths: 100,
    unitPriceCents: 12_000,
    costCents: null,
    taxable: false,
    partCondition: null,
    inventoryItemId: null,
    ...fields,
  }
}

/** A car at the counter, as the check-in sends it: nothing chosen but who and which. */
export function arrivalAsSent(car: Car): z.input<typeof CheckIn> {
  return {
    orderId: uuid7(),
    ...car,
    odometer: null,
    complaint: 'Squeals when braking',
    promisedAt: null,
    technicianId: null,
    bayId: null,
  }
}

/** A line of a canned job: labor, at the shop's rate of the day it is sold. */
export const cannedLineAsSent = (fields: object) => ({
  lineId: uuid7(),
  type: 'labor',
  description: 'Change oil and filter',
  partNumber: '',
  inventoryItemId: null,
  quantityHundredths: 100,
  unitPriceCents: null,
  costCents: null,
  taxable: null,
  partCondition: null,
  included: 'always',
  ...fields,
})
