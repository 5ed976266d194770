import type { ReactNode } from 'react'
import type { MergeField, MergePreview } from '../../../src-preload/contract/accounts'
import { formatPhone } from '../../base/format'
import { Amount } from '../../components/amount'
import { contactChoices, fieldNames } from './customer-draft'

const labels: Readonly<Record<MergeField, string>> = { ...fieldNames, preferredContact: 'Reach them by' }

function shown(name: MergeField, value: string): string {
  if (value === '') return '–'
  if (name === 'preferredContact') return contactChoices.find((choice) => choice.value === value)?.label ?? value
  return name === 'phone' || name === 'alternatePhone' ? formatPhone(value) : value
}

export interface MergeFactsProps {
  preview: MergePreview
  taken: ReadonlySet<MergeField>
  onTake: (name: MergeField, fromMerged: boolean) => void
}

/** Field by field whose value stays, and everything that moves. */
export function MergeFacts({ preview, taken, onTake }: MergeFactsProps) {
  const { kept, merged, fields, tags, notes } = preview
  return (
    <>
      {fields.length > 0 && (
        <table className="w-full table-fixed border-collapse text-base">
          <caption className="pb-1 text-left font-semibold">What stays</caption>
          <thead>
            <tr className="text-left text-sm text-muted">
              <th scope="col" className="w-32 py-1 pr-3 font-medium">
                Field
              </th>
              <th scope="col" className="py-1 pr-3 font-medium">
                {kept.displayName} (stays)
              </th>
              <th scope="col" className="py-1 font-medium">
                {merged.displayName}
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <FieldRow key={field.name} field={field} isTaken={taken.has(field.name)} onTake={onTake} />
            ))}
          </tbody>
        </table>
      )}
      {(tags.length > 0 || notes !== '') && (
        <p className="text-muted">Tags and notes of both are put together{tags.length > 0 && `: ${tags.join(', ')}`}.</p>
      )}
      <Moves preview={preview} />
    </>
  )
}

interface FieldRowProps {
  field: MergePreview['fields'][number]
  isTaken: boolean
  onTake: MergeFactsProps['onTake']
}

function FieldRow({ field: { name, kept, merged }, isTaken, onTake }: FieldRowProps) {
  const choice = (value: string, fromMerged: boolean): ReactNode => (
    <label className="flex cursor-pointer items-center gap-2">
      <input type="radio" name={name} checked={isTaken === fromMerged} onChange={() => onTake(name, fromMerged)} />
      <span className={`min-w-0 wrap-anywhere ${isTaken === fromMerged ? 'font-medium' : 'text-muted'}`}>
        <span className="sr-only">{labels[name]}: </span>
        {shown(name, value)}
      </span>
    </label>
  )
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 pr-3 text-left font-normal text-muted">
        {labels[name]}
      </th>
      <td className="max-w-0 py-1.5 pr-3">{choice(kept, false)}</td>
      <td className="max-w-0 py-1.5">{choice(merged, true)}</td>
    </tr>
  )
}

function Moves({ preview: { kept, vehicles, orders, invoices, others } }: { preview: MergePreview }) {
  const open = orders.filter(({ isOpen }) => isOpen)
  const due = invoices.filter(({ dueCents }) => dueCents > 0)
  const rows = [
    vehicles.length > 0 && { key: 'cars', text: vehicles.map(({ label, plate }) => [label, plate].filter(Boolean).join(' ')).join(', ') },
    orders.length > 0 && {
      key: 'orders',
      text: `${counted(orders.length, 'repair order')}${open.length > 0 ? `, open: ${open.map(({ number }) => number).join(', ')}` : ''}`,
    },
    invoices.length > 0 && { key: 'invoices', text: counted(invoices.length, 'invoice') },
    ...others.map(({ what, count }) => ({ key: what, text: `${what}: ${count}` })),
  ].filter((row) => row !== false)
  return (
    <div>
      <h3 className="font-semibold">What moves to {kept.displayName}</h3>
      {rows.length === 0 && <p className="text-muted">Nothing: the other record is empty.</p>}
      <ul className="list-disc pl-5">
        {rows.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
        {due.map(({ id, number, dueCents }) => (
          <li key={id}>
            {number}: <Amount cents={dueCents} /> still to be paid
          </li>
        ))}
      </ul>
    </div>
  )
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
