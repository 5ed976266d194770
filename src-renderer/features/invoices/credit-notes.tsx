import { Printer } from 'lucide-react'
import type { CreditNote, Invoice } from '../../../src-preload/contract/invoices'
import { type Format, useFormat } from '../../base/format'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { type Column, DataTable } from '../../components/data-table'

const columns = (format: Format, onPrint: (creditNoteId: string) => void): Column<CreditNote>[] => [
  { key: 'number', header: 'Number', cell: (note) => <span className="font-medium whitespace-nowrap">{note.number}</span> },
  { key: 'when', header: 'Date', cell: (note) => <span className="whitespace-nowrap">{format.day(note.issueDate)}</span> },
  { key: 'why', header: 'Reason', cell: (note) => note.reason },
  { key: 'by', header: 'By', cell: (note) => note.createdByName },
  { key: 'tax', header: 'Tax', align: 'right', cell: (note) => <Amount cents={note.taxCents} bare /> },
  { key: 'total', header: 'Credit', align: 'right', cell: (note) => <Amount cents={note.totalCents} bare className="font-semibold" /> },
  {
    key: 'print',
    header: '',
    align: 'right',
    cell: (note) => (
      <Button
        size="small"
        icon={<Printer size={14} aria-hidden="true" />}
        aria-label={`Print credit note ${note.number}`}
        onClick={() => onPrint(note.id)}
      >
        Print
      </Button>
    ),
  },
]

/** What corrected the invoice. */
export function CreditNotes({ invoice, onPrint }: { invoice: Invoice; onPrint: (creditNoteId: string) => void }) {
  const format = useFormat()
  if (invoice.creditNotes.length === 0) return null
  return (
    <Card title="Credit notes">
      <DataTable label="Credit notes" columns={columns(format, onPrint)} rows={invoice.creditNotes} rowKey={(note) => note.id} />
    </Card>
  )
}
