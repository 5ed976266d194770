import type { Choices, LineFields, LineType, Order } from '../../../src-preload/contract/orders'
import type { Choice } from '../../components/select'

export const priorityChoices: readonly Choice<Order['priority']>[] = [
  { value: 'low', label: 'Low' },
  { value: 'normal', label: 'Normal' },
  { value: 'high', label: 'High' },
  { value: 'urgent', label: 'Urgent' },
]

export const conditionChoices: readonly Choice<NonNullable<LineFields['partCondition']> | ''>[] = [
  { value: '', label: 'Condition?' },
  { value: 'new', label: 'New' },
  { value: 'used', label: 'Used' },
  { value: 'rebuilt', label: 'Rebuilt' },
  { value: 'reconditioned', label: 'Reconditioned' },
  { value: 'oem', label: 'OEM new' },
]

export const lineTypeWords: Readonly<Record<LineType, string>> = { labor: 'Labor', part: 'Part', fee: 'Fee', discount: 'Discount' }

/** `present` = who has the order now, who may have left the shop meanwhile. */
export function technicianChoices(choices: Choices | undefined, present: { id: string; name: string } | null): Choice<string>[] {
  const people = choices?.technicians ?? []
  const gone = present && !people.some(({ id }) => id === present.id) ? [present] : []
  return [{ value: '', label: 'Nobody yet' }, ...[...people, ...gone].map(({ id, name }) => ({ value: id, label: name }))]
}

/** A bay with another car in it says so; it can be chosen all the same: the car goes in when work starts. */
export function bayChoices(
  choices: Choices | undefined,
  present: { id: string; name: string; orderNumber: string } | null,
): Choice<string>[] {
  const bays = choices?.bays ?? []
  const gone = present && !bays.some(({ id }) => id === present.id) ? [{ value: present.id, label: present.name }] : []
  return [
    { value: '', label: 'No bay yet' },
    ...bays.map(({ id, name, occupiedBy }) => ({
      value: id,
      label: occupiedBy === null || occupiedBy === present?.orderNumber ? name : `${name} (${occupiedBy})`,
    })),
    ...gone,
  ]
}
