import { type ReactNode, useState } from 'react'
import { CircleCheck, CircleOff, type LucideIcon, Plus } from 'lucide-react'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { type Column, DataTable } from '../../components/data-table'
import { EmptyState } from '../../components/empty-state'
import { StatusBadge } from '../../components/status-badge'

interface Rule {
  id: string
  name: string
  isActive: boolean
}

interface PriceRuleCardProps<Row extends Rule> {
  title: string
  /** 'New labor rate' */
  newLabel: string
  icon: LucideIcon
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  /** what these rules do, while there are none */
  teach: string
  renderDialog: (rule: Row | undefined, onClose: () => void) => ReactNode
}

const nameOf = ({ name }: Rule): ReactNode => <span className="font-medium">{name}</span>
const stateOf = ({ isActive }: Rule): ReactNode => (
  <StatusBadge tone={isActive ? 'good' : 'calm'} icon={isActive ? CircleCheck : CircleOff}>
    {isActive ? 'In use' : 'Out of use'}
  </StatusBadge>
)

/** One kind of price rule: a list, and a dialog for each. */
export function PriceRuleCard<Row extends Rule>({ title, newLabel, icon, rows, columns, teach, renderDialog }: PriceRuleCardProps<Row>) {
  const [open, setOpen] = useState<Row | 'new'>()
  const all: readonly Column<Row>[] = [
    { key: 'name', header: 'Name', cell: nameOf },
    ...columns,
    { key: 'state', header: 'State', width: 'w-32', cell: stateOf },
  ]
  return (
    <Card
      title={title}
      actions={
        <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onClick={() => setOpen('new')}>
          {newLabel}
        </Button>
      }
    >
      <DataTable
        label={title}
        columns={all}
        rows={rows}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        empty={
          <EmptyState icon={icon} title="None yet">
            {teach}
          </EmptyState>
        }
      />
      {open && renderDialog(open === 'new' ? undefined : open, () => setOpen(undefined))}
    </Card>
  )
}
