import { sentenceFor } from '../../base/errors'
import { showToast, type ToastAction } from '../../components/toast'
import type { CheckInDraft } from './check-in-draft'
import { takeBack } from './orders-api'

export interface LeftOnFile {
  readonly text: string
  /** takes it back */
  readonly action: ToastAction
}

/** What a check-in stored on its way and leaves on file when it is given up, and the way to have it gone. */
export function leftOnFile({ storedCustomer: customer, storedVehicle: vehicle }: CheckInDraft): LeftOnFile | undefined {
  const car = vehicle && `the ${vehicle.name}`
  const names = [customer?.name, car].filter((name) => name !== undefined).join(' and ')
  if (names === '') return undefined
  const many = customer && vehicle
  const run = (): void => {
    takeBack({ customerId: customer?.id ?? null, vehicleId: vehicle?.id ?? null }).then(
      () => showToast(`${capital(names)} ${many ? 'are' : 'is'} off file again.`),
      (error: unknown) => showToast(sentenceFor(error), { isTrouble: true }),
    )
  }
  return { text: `${capital(names)} ${many ? 'stay' : 'stays'} on file.`, action: { label: 'Remove', run } }
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
