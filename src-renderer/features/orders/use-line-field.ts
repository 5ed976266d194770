import type { Line, LineFields } from '../../../src-preload/contract/orders'
import { useStoredField, type StoredField } from '../../base/use-stored-field'
import { type OrderDesk, useDesk } from './order-desk'
import { updateLine } from './orders-api'

/** Fields that make another discount: the program wants a reason with them. */
const PRICED = new Set<keyof LineFields>(['quantityHundredths', 'unitPriceCents', 'type'])

/** Changes one field of a line, asking for the reason of a discount first. */
export async function changeLine<Name extends keyof LineFields>(
  { askReason, withApproval }: Pick<OrderDesk, 'askReason' | 'withApproval'>,
  line: Line,
  name: Name,
  values: { now: LineFields[Name]; was: LineFields[Name] },
): Promise<void> {
  const isDiscount = (name === 'type' ? values.now : line.type) === 'discount'
  const reason =
    isDiscount && PRICED.has(name) ? await askReason({ title: 'Another discount', label: 'Why is it given?', confirm: 'Store it' }) : ''
  await updateLine({ lineId: line.id, was: { [name]: values.was }, now: { [name]: values.now }, reason }, withApproval)
}

/** One cell of a line, stored when it is left. Null stands for an emptied number; it is never sent where the line needs one. */
export function useLineField<Name extends keyof LineFields>(line: Line, name: Name): StoredField<LineFields[Name] | null> {
  const desk = useDesk()
  return useStoredField<LineFields[Name] | null>({
    value: line[name],
    name,
    onStore: (now, was) => changeLine(desk, line, name, { now: now as LineFields[Name], was: was as LineFields[Name] }),
  })
}
