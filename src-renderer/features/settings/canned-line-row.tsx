import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { type Cents, formatCents } from '../../../src-preload/contract/money'
import type { PartHit } from '../../../src-preload/contract/orders'
import type { CannedLine } from '../../../src-preload/contract/pricing'
import { Autocomplete } from '../../components/autocomplete'
import { Field } from '../../components/field'
import { IconButton } from '../../components/icon-button'
import { MoneyInput } from '../../components/money-input'
import { QuantityInput } from '../../components/quantity-input'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { inventoryQuery } from './settings-api'

interface CannedLineRowProps {
  line: CannedLine
  number: number
  /** by the shop's rules today; null = no rule has one */
  priceCents: Cents | null
  problem: (name: string) => string | undefined
  change: (part: Partial<CannedLine>) => void
  remove: (() => void) | undefined
}

const words = { labor: 'Labor', part: 'Part', fee: 'Fee' } as const
const included = [
  { value: 'always', label: 'Always' },
  { value: 'usually', label: 'Asked: yes' },
  { value: 'on_request', label: 'Asked: no' },
] as const

export function CannedLineRow({ line, number, priceCents, problem, change, remove }: CannedLineRowProps) {
  const what = `${words[line.type].toLowerCase()} ${number}`
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_5rem_8rem_9.5rem_2.5rem] items-start gap-2">
      <Field label={`${words[line.type]} ${number}`} error={problem('description')}>
        {line.type === 'part' ? (
          <PartWords line={line} change={change} />
        ) : (
          <TextInput value={line.description} onValueChange={(description) => change({ description })} maxLength={2000} />
        )}
      </Field>
      <Field label={line.type === 'labor' ? 'Hours' : 'Quantity'} error={problem('quantityHundredths')}>
        <QuantityInput
          value={line.quantityHundredths}
          onValueChange={(quantityHundredths) => quantityHundredths !== null && change({ quantityHundredths })}
        />
      </Field>
      <Field
        label="Fixed price"
        hint={line.unitPriceCents === null ? (priceCents === null ? 'No rule has one' : `By rule ${formatCents(priceCents)}`) : undefined}
        error={problem('unitPriceCents')}
      >
        <MoneyInput value={line.unitPriceCents} onValueChange={(value) => change({ unitPriceCents: value })} />
      </Field>
      <Field label="Goes along">
        <Select value={line.included} onValueChange={(value) => change({ included: value })} choices={included} />
      </Field>
      {remove && (
        <div className="pt-6">
          <IconButton icon={<Trash2 size={16} aria-hidden="true" />} label={`Remove ${what}`} onClick={remove} />
        </div>
      )}
      {line.type === 'part' && line.inventoryItemId === null && (
        <Field label={`Cost of ${what}`} hint="A matrix makes its price of this." error={problem('costCents')} className="col-start-3">
          <MoneyInput value={line.costCents} onValueChange={(value) => change({ costCents: value })} />
        </Field>
      )}
    </div>
  )
}

/** A part of the inventory, or any words. */
function PartWords({ line, change }: Pick<CannedLineRowProps, 'line' | 'change'>) {
  const { data } = useQuery(inventoryQuery(line.inventoryItemId === null ? line.description : ''))
  return (
    <Autocomplete<PartHit>
      text={line.description}
      onTextChange={(description) =>
        change({ description, inventoryItemId: null, ...(line.inventoryItemId === null ? {} : { partNumber: '' }) })
      }
      items={data ?? []}
      itemKey={(part) => part.id}
      renderItem={(part) => (
        <span className="flex justify-between gap-3">
          <span className="truncate">{part.description}</span>
          <span className="text-sm text-muted">{part.partNumber}</span>
        </span>
      )}
      onChoose={(part) =>
        change({
          description: part.description,
          partNumber: part.partNumber,
          inventoryItemId: part.id,
          costCents: null,
          unitPriceCents: null,
        })
      }
      placeholder="Number, name or maker"
    />
  )
}
