import type { DecodedVin } from '../../src-preload/contract/vehicles'

/** What a VIN can tell of a vehicle, as it stands in the fields; '' and null: nothing there. */
export interface VinFields {
  readonly year: number | null
  readonly make: string
  readonly model: string
  readonly engine: string
  readonly drivetrain: string
}

/** Stands for something in the field of the year that is no year: it is not empty, and never what a VIN says. */
export const UNREADABLE_YEAR = 0

export type VinField = keyof VinFields
export type VinPart = Partial<VinFields>

export const vinFieldNames: Readonly<Record<VinField, string>> = {
  year: 'Year',
  make: 'Make',
  model: 'Model',
  engine: 'Engine',
  drivetrain: 'Drive',
}
const fieldsInOrder = Object.keys(vinFieldNames) as VinField[]
/** An engine is written in many ways; only what names the car is worth a question. */
const compared: readonly VinField[] = ['year', 'make', 'model']

const isEmpty = (value: string | number | null): boolean => value === null || String(value).trim() === ''
const key = (value: string | number | null): string =>
  String(value ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Only what is empty is filled: what a person typed stays. A car that is called something else by hand gets no engine of another one. */
export function fillFrom(decoded: DecodedVin, there: VinFields): VinPart {
  const isAnother = differencesTo(decoded, there).length > 0
  const filled = fieldsInOrder.filter((name) => isEmpty(there[name]) && !isEmpty(decoded[name]) && (!isAnother || compared.includes(name)))
  return Object.fromEntries(filled.map((name) => [name, decoded[name]])) as VinPart
}

/** Where the VIN says something else than what stands there. "F150" and "F-150" are the same; so is a longer name that begins alike. */
export function differencesTo(decoded: DecodedVin, there: VinFields): { name: VinField; says: string | number }[] {
  return compared.flatMap((name) => {
    const says = decoded[name]
    if (says === null || isEmpty(says) || isEmpty(there[name])) return []
    const [theirs, ours] = [key(says), key(there[name])]
    const isSame = name === 'model' ? theirs.startsWith(ours) || ours.startsWith(theirs) : theirs === ours
    return isSame ? [] : [{ name, says }]
  })
}

/** What undo empties: the fields that still hold what was filled in. */
export function emptied(filled: VinPart, there: VinFields): VinPart {
  const same = fieldsInOrder.filter((name) => name in filled && there[name] === filled[name])
  return Object.fromEntries(same.map((name) => [name, name === 'year' ? null : ''])) as VinPart
}
