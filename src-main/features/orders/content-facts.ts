import type { ShopSettings } from '../../../src-preload/contract/shop'
import type { ContentFacts } from '../../rules/state-pack'
import type { SnapshotRow } from './snapshot-queries'

const BASIS: Record<ShopSettings['laborBasis'], string> = {
  '': '',
  hourly: 'by the hour',
  flat_rate: 'at a flat rate',
  both: 'by the hour or at a flat rate',
}

/** What the rules of a state ask of a paper, from the same reading that the paper is made of. */
export function contentFacts(settings: ShopSettings, row: SnapshotRow): ContentFacts {
  const live = row.lines.filter(({ status }) => status !== 'declined')
  const { shop, vehicle } = row
  const manual = settings.laborManual.trim() === '' ? '' : ` after ${settings.laborManual.trim()}`
  return {
    registrationNumber: settings.registrationNumber,
    shopAddress: shop.address,
    shopPhone: shop.phone,
    customerPhone: row.customer.phone,
    plate: vehicle.plate,
    vin: vehicle.vin,
    odometerIn: vehicle.odometerIn,
    odometerOut: vehicle.odometerOut,
    promisedAt: row.promisedAt,
    complaint: row.complaint,
    partsWithoutCondition: live.filter((line) => line.type === 'part' && line.partCondition === null).map(({ description }) => description),
    hasLabor: live.some(({ type }) => type === 'labor'),
    hasFees: live.some(({ type }) => type === 'fee'),
    mechanics: [...row.mechanics],
    laborBasis: BASIS[settings.laborBasis] + (settings.laborBasis === 'flat_rate' || settings.laborBasis === 'both' ? manual : ''),
    guaranteeTerms: settings.guaranteeTerms,
    storageNotice: settings.storageNotice,
  }
}
