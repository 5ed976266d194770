import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus, Printer as PrinterIcon } from 'lucide-react'
import type { PaperChoice, PaperKind, Printer, StationPapers } from '../../../src-preload/contract/printing'
import { useKey } from '../../base/keys'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Checkbox } from '../../components/checkbox'
import { type Column, DataTable } from '../../components/data-table'
import { EmptyState } from '../../components/empty-state'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { ScreenProgress } from '../../components/spinner'
import { choosePrinter, papersQuery, printersQuery } from './printers-api'
import { PrinterDialog } from './printer-dialog'

const columns: readonly Column<Printer>[] = [
  { key: 'name', header: 'Printer', cell: (printer) => <span className="font-medium">{printer.name}</span> },
  {
    key: 'where',
    header: 'Where',
    cell: (printer) => (printer.kind === 'escpos' ? `${printer.host}, port ${printer.port}` : `this computer: ${printer.systemName}`),
  },
  {
    key: 'paper',
    header: 'Paper',
    width: 'w-28',
    cell: (printer) => (printer.kind === 'escpos' ? `${printer.paperMm} mm roll` : 'Letter'),
  },
  {
    key: 'drawer',
    header: 'Drawer',
    width: 'w-28',
    cell: (printer) => (printer.drawerPin === null ? 'none' : `pin ${printer.drawerPin}`),
  },
]

/** The printers of the shop, and what comes out of which at this station. */
export function PrintersTab() {
  const { data: printers, error } = useQuery(printersQuery)
  const { data: papers, error: papersError } = useQuery(papersQuery)
  const [edited, setEdited] = useState<Printer | 'new'>()
  useKey({ keys: 'n', title: 'New printer', run: () => setEdited('new') })
  const problem = error ?? papersError
  if (problem) return <ErrorBanner error={problem} />
  if (!printers || !papers) return <ScreenProgress />
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Card
        title="Printers of the shop"
        actions={
          <Button size="small" icon={<Plus size={14} aria-hidden="true" />} keys="n" onClick={() => setEdited('new')}>
            New printer
          </Button>
        }
      >
        <DataTable
          label="Printers"
          columns={columns}
          rows={printers}
          rowKey={(printer) => printer.id}
          onOpen={setEdited}
          empty={
            <EmptyState icon={PrinterIcon} title="No printers yet">
              Press N to add a receipt printer: it needs its address on the shop’s network, which its self-test page shows. Hold its feed
              button while you switch it on.
            </EmptyState>
          }
        />
      </Card>
      <Station printers={printers} papers={papers} />
      {edited && <PrinterDialog {...(edited === 'new' ? {} : { printer: edited })} onClose={() => setEdited(undefined)} />}
    </div>
  )
}

const sheets = [
  { paper: 'invoice', label: 'Invoices' },
  { paper: 'estimate', label: 'Estimates' },
  { paper: 'work_order', label: 'Work orders' },
] as const satisfies readonly { paper: PaperKind; label: string }[]

function Station({ printers, papers }: { printers: readonly Printer[]; papers: StationPapers }) {
  const save = useMutation({ mutationFn: choosePrinter })
  const choose = (paper: PaperKind, change: Partial<PaperChoice>): void =>
    save.mutate({ paper, was: papers[paper], now: { ...papers[paper], ...change } })
  const onRolls = printers.filter(({ kind }) => kind === 'escpos')
  const onSheets = printers.filter(({ kind }) => kind === 'system')
  return (
    <Card title="This station">
      <div className="flex flex-col gap-4">
        <p className="text-muted">Each computer of the shop has its own choice.</p>
        <Choice label="Receipts" paper="receipt" papers={papers} printers={onRolls} none="No receipts" onChoose={choose} />
        <Checkbox
          label="Print a receipt after every payment"
          hint="Else F9 prints it. Cash opens the drawer either way."
          checked={papers.receipt.byItself}
          disabled={papers.receipt.printerId === null}
          onCheckedChange={(byItself) => choose('receipt', { byItself })}
        />
        {sheets.map(({ paper, label }) => (
          <Choice key={paper} label={label} paper={paper} papers={papers} printers={onSheets} none="Ask every time" onChoose={choose} />
        ))}
        <ErrorBanner error={save.error} />
      </div>
    </Card>
  )
}

interface ChoiceProps {
  label: string
  paper: PaperKind
  papers: StationPapers
  printers: readonly Printer[]
  /** how it reads when no printer is chosen */
  none: string
  onChoose: (paper: PaperKind, change: Partial<PaperChoice>) => void
}

function Choice({ label, paper, papers, printers, none, onChoose }: ChoiceProps) {
  const choices = [{ value: '', label: none }, ...printers.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <Field label={label}>
      <Select
        value={papers[paper].printerId ?? ''}
        onValueChange={(printerId) => onChoose(paper, { printerId: printerId === '' ? null : printerId })}
        choices={choices}
      />
    </Field>
  )
}
