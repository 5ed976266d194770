import type { ReactNode } from 'react'
import type { MergeField, MergePreview } from '../../../src-preload/contract/accounts'
import { formatCount, formatPhone } from '../../base/format'
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

function Moves({ preview }: { preview: MergePreview }) {
  const { kept, vehicles, orderCount, openOrders, invoiceCount, dueInvoices, others } = preview
  const open = openOrders.count > 0 ? `, open: ${listed(openOrders, ({ number }) => number)}` : ''
  const rows = [
    vehicles.count > 0 && { key: 'cars', text: listed(vehicles, ({ label, plate }) => [label, plate].filter(Boolean).join(' ')) },
    orderCount > 0 && { key: 'orders', text: `${counted(orderCount, 'repair order')}${open}` },
    invoiceCount > 0 && { key: 'invoices', text: counted(invoiceCount, 'invoice') },
    ...others.map(({ what, count }) => ({ key: what, text: `${otherWords[what] ?? what}: ${formatCount(count)}` })),
  ].filter((row) => row !== false)
  const moreDue = andMore(dueInvoices)
  return (
    <div>
      <h3 className="font-semibold">What moves to {kept.displayName}</h3>
      {rows.length === 0 && <p className="text-muted">Nothing: the other record is empty.</p>}
      <ul className="list-disc pl-5">
        {rows.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
        {dueInvoices.shown.map(({ id, number, dueCents }) => (
          <li key={id}>
            {number}: <Amount cents={dueCents} /> still to be paid
          </li>
        ))}
        {moreDue !== '' && <li>{moreDue} still to be paid</li>}
      </ul>
    </div>
  )
}

/** What the program calls by the name of its table. */
const otherWords: Readonly<Record<string, string>> = { 'customer contacts': 'contacts', 'customer credits': 'entries of account credit' }

interface Some<Row> {
  readonly count: number
  readonly shown: readonly Row[]
}

function listed<Row>(some: Some<Row>, textOf: (row: Row) => string): string {
  return [some.shown.map(textOf).join(', '), andMore(some)].filter(Boolean).join(' ')
}

function andMore({ count, shown }: Some<unknown>): string {
  return count > shown.length ? `and ${formatCount(count - shown.length)} more` : ''
}

function counted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`
}
