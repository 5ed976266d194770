import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { CircleCheck, CircleOff, Plus, Warehouse } from 'lucide-react'
import type { Bay, BayFields } from '../../../src-preload/contract/shop'
import { useKey } from '../../base/keys'
import { newId } from '../../base/new-id'
import { useGuardedDraft } from '../../base/use-guarded-draft'
import { useProblems } from '../../base/use-problems'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Checkbox } from '../../components/checkbox'
import { type Column, DataTable } from '../../components/data-table'
import { Dialog } from '../../components/dialog'
import { EmptyState } from '../../components/empty-state'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { ScreenProgress } from '../../components/spinner'
import { StatusBadge } from '../../components/status-badge'
import { TextInput } from '../../components/text-input'
import { addBay, baysQuery, updateBay } from './settings-api'

const typeNames: Readonly<Record<Bay['type'], string>> = { lift: 'Lift', alignment: 'Alignment', tire: 'Tires', general: 'General' }
const typeChoices = (['lift', 'alignment', 'tire', 'general'] as const).map((value) => ({ value, label: typeNames[value] }))

const columns: readonly Column<Bay>[] = [
  { key: 'name', header: 'Bay', cell: (bay) => <span className="font-medium">{bay.name}</span> },
  { key: 'type', header: 'Kind', cell: (bay) => typeNames[bay.type], width: 'w-40' },
  {
    key: 'state',
    header: 'State',
    width: 'w-40',
    cell: (bay) => (
      <StatusBadge tone={bay.isActive ? 'good' : 'calm'} icon={bay.isActive ? CircleCheck : CircleOff}>
        {bay.isActive ? 'In use' : 'Closed'}
      </StatusBadge>
    ),
  },
]

/** Where cars are worked on. */
export function BaysTab() {
  const { data: bays, error } = useQuery(baysQuery)
  const [edited, setEdited] = useState<Bay | 'new'>()
  useKey({ keys: 'n', title: 'New bay', run: () => setEdited('new') })
  if (error) return <ErrorBanner error={error} />
  if (!bays) return <ScreenProgress />
  return (
    <Card
      title="Bays"
      actions={
        <Button size="small" icon={<Plus size={14} aria-hidden="true" />} keys="n" onClick={() => setEdited('new')}>
          New bay
        </Button>
      }
    >
      <DataTable
        label="Bays"
        columns={columns}
        rows={bays}
        rowKey={(bay) => bay.id}
        onOpen={setEdited}
        empty={
          <EmptyState icon={Warehouse} title="No bays yet">
            Press N to add the lifts and places where cars are worked on; check-in then offers the free ones.
          </EmptyState>
        }
      />
      {edited && <BayDialog {...(edited === 'new' ? {} : { bay: edited })} onClose={() => setEdited(undefined)} />}
    </Card>
  )
}

function fieldsOf({ name, type, isActive }: Bay): BayFields {
  return { name, type, isActive }
}

function BayDialog({ bay, onClose }: { bay?: Bay; onClose: () => void }) {
  const [bayId] = useState(() => bay?.id ?? newId())
  const form = useGuardedDraft<BayFields>(bay ? fieldsOf(bay) : { name: '', type: 'lift', isActive: true })
  const { draft } = form
  const save = useMutation({
    mutationFn: () => (bay ? updateBay({ bayId, ...form.edit() }) : addBay({ bayId, ...draft })),
    onSuccess: onClose,
    onError: form.refused,
  })
  const isEmpty = draft.name.trim() === ''
  const problems = useProblems(isEmpty ? { name: 'Please fill this in.' } : {}, save.error)
  const submit = (): void => {
    problems.show()
    if (!isEmpty && !form.hasConflict && !save.isPending) save.mutate()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      onSubmit={submit}
      title={bay ? `Bay ${bay.name}` : 'New bay'}
      size="small"
      keepOpen
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={form.hasConflict}>
            Save bay
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Name" required error={problems.of('name')} conflict={form.conflictOf('name')}>
          <TextInput value={draft.name} onValueChange={(name) => form.change({ name })} maxLength={50} />
        </Field>
        <Field
          label="Kind"
          error={problems.of('type')}
          conflict={form.conflictOf('type')}
          showTheirs={(theirs) => typeNames[theirs as Bay['type']]}
        >
          <Select value={draft.type} onValueChange={(type) => form.change({ type })} choices={typeChoices} />
        </Field>
        <Checkbox
          label="In use"
          hint="A closed bay is not offered at check-in."
          checked={draft.isActive}
          onCheckedChange={(isActive) => form.change({ isActive })}
          conflict={form.conflictOf('isActive')}
        />
        {problems.other?.code !== 'EDIT_CONFLICT' && <ErrorBanner error={problems.other} />}
      </div>
    </Dialog>
  )
}
