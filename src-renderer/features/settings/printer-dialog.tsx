import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { isShopAddress, PRINTER_PORTS, type Printer, type PrinterFields } from '../../../src-preload/contract/printing'
import { newId } from '../../base/new-id'
import { type GuardedDraft, useGuardedDraft } from '../../base/use-guarded-draft'
import { type Problems, useProblems } from '../../base/use-problems'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { PrinterTest } from './printer-test'
import { addPrinter, removePrinter, systemPrintersQuery, updatePrinter } from './printers-api'

const fresh: PrinterFields = {
  name: '',
  kind: 'escpos',
  host: '',
  port: PRINTER_PORTS.first,
  systemName: '',
  paperMm: 80,
  drawerPin: null,
}

const kinds = [
  { value: 'escpos', label: 'Receipt printer on the network' },
  { value: 'system', label: 'Printer of this computer' },
] as const
const rolls = [
  { value: '80', label: '80 mm' },
  { value: '58', label: '58 mm' },
] as const
const pins = [
  { value: '', label: 'No drawer' },
  { value: '2', label: 'Drawer on pin 2' },
  { value: '5', label: 'Drawer on pin 5' },
] as const
const ports = Array.from({ length: PRINTER_PORTS.last - PRINTER_PORTS.first + 1 }, (_, at) => {
  const value = String(PRINTER_PORTS.first + at)
  return { value, label: value }
})

function problemsOf({ name, kind, host, systemName }: PrinterFields): Record<string, string> {
  return {
    ...(name.trim() === '' ? { name: 'Please fill this in.' } : {}),
    ...(kind === 'escpos' && !isShopAddress(host.trim())
      ? { host: 'An address of the shop’s own network, in numbers, such as 192.168.1.50.' }
      : {}),
    ...(kind === 'system' && systemName === '' ? { systemName: 'Choose a printer.' } : {}),
  }
}

/** A printer's facts; one that is stored can be tried from here. */
export function PrinterDialog({ printer, onClose }: { printer?: Printer; onClose: () => void }) {
  const [printerId] = useState(() => printer?.id ?? newId())
  const { id: _, ...facts } = printer ?? { id: '', ...fresh }
  const form = useGuardedDraft<PrinterFields>(facts)
  const { draft } = form
  const save = useMutation({
    mutationFn: () => (printer ? updatePrinter({ printerId, ...form.edit() }) : addPrinter({ printerId, ...draft })),
    onSuccess: onClose,
    onError: form.refused,
  })
  const remove = useMutation({ mutationFn: () => removePrinter(printerId), onSuccess: onClose })
  const found = problemsOf(draft)
  const problems = useProblems(found, save.error)
  const submit = (): void => {
    problems.show()
    if (Object.keys(found).length === 0 && !form.hasConflict && !save.isPending) save.mutate()
  }
  const isChanged = Object.keys(form.edit().now).length > 0
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title={printer ? `Printer ${printer.name}` : 'New printer'}
      size="small"
      keepOpen
      footer={
        <>
          {printer && (
            <Button
              look="quiet"
              className="mr-auto"
              icon={<Trash2 size={16} aria-hidden="true" />}
              busy={remove.isPending}
              onClick={() => remove.mutate()}
            >
              Remove
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={form.hasConflict}>
            Save printer
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Name" required error={problems.of('name')} conflict={form.conflictOf('name')}>
          <TextInput value={draft.name} onValueChange={(name) => form.change({ name })} maxLength={50} />
        </Field>
        <Field label="Kind" conflict={form.conflictOf('kind')}>
          <Select
            value={draft.kind}
            onValueChange={(kind) => form.change(kind === 'system' ? { kind, drawerPin: null } : { kind })}
            choices={kinds}
          />
        </Field>
        {draft.kind === 'escpos' ? <NetworkFields form={form} problems={problems} /> : <SystemField form={form} problems={problems} />}
        {printer?.kind === 'escpos' && <PrinterTest printerId={printerId} isChanged={isChanged} />}
        <ErrorBanner error={remove.error} />
        {problems.other?.code !== 'EDIT_CONFLICT' && Object.keys(problems.other?.fields ?? {}).length === 0 && (
          <ErrorBanner error={problems.other} />
        )}
      </div>
    </Dialog>
  )
}

interface PartProps {
  form: GuardedDraft<PrinterFields>
  problems: Problems
}

function NetworkFields({ form, problems }: PartProps) {
  const { draft } = form
  return (
    <div className="grid grid-cols-3 gap-x-3 gap-y-4">
      <Field
        label="Address"
        required
        className="col-span-2"
        error={problems.of('host')}
        hint="In numbers, as its self-test page shows it."
        conflict={form.conflictOf('host')}
      >
        <TextInput
          value={draft.host}
          onValueChange={(host) => form.change({ host: host.trim() })}
          maxLength={45}
          placeholder="192.168.1.50"
        />
      </Field>
      <Field label="Port" conflict={form.conflictOf('port')}>
        <Select value={String(draft.port)} onValueChange={(port) => form.change({ port: Number.parseInt(port, 10) })} choices={ports} />
      </Field>
      <Field label="Paper" conflict={form.conflictOf('paperMm')}>
        <Select
          value={draft.paperMm === 58 ? '58' : '80'}
          onValueChange={(roll) => form.change({ paperMm: roll === '58' ? 58 : 80 })}
          choices={rolls}
        />
      </Field>
      <Field label="Cash drawer" className="col-span-2" error={problems.of('drawerPin')} conflict={form.conflictOf('drawerPin')}>
        <Select
          value={draft.drawerPin === null ? '' : draft.drawerPin === 2 ? '2' : '5'}
          onValueChange={(pin) => form.change({ drawerPin: pin === '' ? null : pin === '2' ? 2 : 5 })}
          choices={pins}
        />
      </Field>
    </div>
  )
}

/** The names come from the computer the window stands on; a browser is not told them. */
function SystemField({ form, problems }: PartProps) {
  const { data: system, error } = useQuery(systemPrintersQuery)
  const { draft } = form
  const names = new Set([...(draft.systemName === '' ? [] : [draft.systemName]), ...(system?.names ?? [])])
  const choices = [
    { value: '', label: names.size === 0 ? 'None found' : 'Choose…' },
    ...[...names].map((name) => ({ value: name, label: name })),
  ]
  const hint = system?.available === false ? 'Only the desktop program can see the printers of its computer.' : undefined
  return (
    <Field
      label="Printer"
      required
      error={problems.of('systemName') ?? error?.message}
      hint={hint}
      conflict={form.conflictOf('systemName')}
    >
      <Select value={draft.systemName} onValueChange={(systemName) => form.change({ systemName })} choices={choices} />
    </Field>
  )
}
