import { useNavigate } from '@tanstack/react-router'
import { formatDollars, formatHundredths, type Hundredths } from '../../../src-preload/contract/money'
import { sentenceFor, toCallError } from '../../base/errors'
import { codeKey, type Scan } from '../../base/scan-shapes'
import { isDialogOpen, useScans } from '../../base/scans'
import { searchFor } from '../../base/search-for'
import { useGrant } from '../../base/session'
import { showToast } from '../../components/toast'
import { decode, findNow, findParts } from './search-api'

/** Where a scan leads that no part of the screen takes: to the car, order or invoice it names; else it is said what was scanned. */
export function useScanRouting(): void {
  const navigate = useNavigate()
  const mayCheckIn = useGrant('orders.create') !== 'no'
  const maySearch = useGrant('customers.see') !== 'no'
  const mayParts = useGrant('parts.see') !== 'no'

  const openCar = async (vehicleId: string): Promise<void> => navigate({ to: '/vehicles/$vehicleId', params: { vehicleId } })

  const openVin = async (vin: string): Promise<boolean> => {
    const known = (await findNow(vin)).find((hit) => hit.vin === vin)
    if (known?.vehicleId) {
      await openCar(known.vehicleId)
      return true
    }
    const { message, checkDigit } = await decode(vin)
    const warning = checkDigit === 'wrong' ? ' Its check digit does not fit: compare it with the car.' : ''
    const checkIn = (): void => void navigate({ to: '/orders/new', search: { vin } })
    showToast(`VIN ${vin} is in no file. ${message}${warning}`, mayCheckIn ? { action: { label: 'Check it in', run: checkIn } } : {})
    return true
  }
  const openNumber = async ({ kind, text }: Scan): Promise<boolean> => {
    const hit = (await findNow(text)).find((one) => one.kind === kind)
    if (kind === 'order' && hit?.orderId) await navigate({ to: '/orders/$orderId', params: { orderId: hit.orderId } })
    else if (kind === 'invoice' && hit?.invoiceId) await navigate({ to: '/invoices/$invoiceId', params: { invoiceId: hit.invoiceId } })
    else return false
    return true
  }
  const openPlate = async (text: string): Promise<boolean> => {
    const cars = (await findNow(text)).filter(
      ({ vehicleId, plate }) => vehicleId !== null && plate !== null && codeKey(plate) === codeKey(text),
    )
    const [only, second] = new Set(cars.map(({ vehicleId }) => vehicleId))
    if (only && !second) await openCar(only)
    else if (second) searchFor(text) // the same plate in two states
    return only !== undefined
  }
  const showPart = async (text: string): Promise<boolean> => {
    const part = (await findParts(text)).find(({ partNumber }) => codeKey(partNumber) === codeKey(text))
    if (part)
      showToast(
        `Part ${part.partNumber}: ${part.description}, ${formatDollars(part.priceCents)}, ${formatHundredths(part.onHandHundredths as Hundredths)} in stock.`,
      )
    return part !== undefined
  }
  const route = async (scan: Scan): Promise<boolean> => {
    if (scan.kind === 'vin') return maySearch && openVin(scan.text)
    if (scan.kind !== 'code') return maySearch && openNumber(scan)
    return (maySearch && (await openPlate(scan.text))) || (mayParts && (await showPart(scan.text)))
  }

  useScans(
    async (scan) => {
      // What is half typed in a dialog is not thrown away for a scan.
      if (isDialogOpen()) {
        showToast(`Scanned ${scan.text}. Finish this dialog first, then scan again.`, { isTrouble: true })
        return true
      }
      const search = maySearch ? { action: { label: 'Search for it', run: () => searchFor(scan.text) } } : {}
      try {
        if (!(await route(scan))) showToast(`Scanned ${scan.text}: nothing here has this number.`, { ...search, isTrouble: true })
      } catch (error) {
        showToast(`Scanned ${scan.text}: ${sentenceFor(toCallError(error))}`, { ...search, isTrouble: true })
      }
      return true
    },
    { always: true },
  )
}
