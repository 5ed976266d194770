import { useQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { type Cents, formatDollars, formatFactor, parseFactor, subtractCents } from '../../../src-preload/contract/money'
import type { MatrixBand, MatrixFields, PriceRules } from '../../../src-preload/contract/pricing'
import { Button } from '../../components/button'
import { ConflictChoice, Field } from '../../components/field'
import { IconButton } from '../../components/icon-button'
import { MoneyInput } from '../../components/money-input'
import { ParsedInput } from '../../components/parsed-input'
import { PercentInput } from '../../components/percent-input'
import { Select } from '../../components/select'
import { nextBand } from './price-drafts'
import { PriceRuleDialog } from './price-rule-dialog'
import { matrixPreviewQuery } from './settings-api'
import { usePriceRule, withoutId } from './use-price-rule'

const check = ({ name }: MatrixFields): Record<string, string> => (name.trim() === '' ? { name: 'Please fill this in.' } : {})

interface MatrixDialogProps {
  matrix: PriceRules['matrices'][number] | undefined
  categories: readonly string[]
  onClose: () => void
}

export function MatrixDialog({ matrix, categories, onClose }: MatrixDialogProps) {
  const start: MatrixFields = matrix ? withoutId(matrix) : { name: '', category: '', isActive: true, bands: [nextBand([])] }
  const form = usePriceRule<MatrixFields>('matrix', matrix?.id, start, check, onClose)
  const { draft, change, problems, conflictOf } = form
  const known = [...new Set([...categories, draft.category])].filter(Boolean).toSorted()
  const bandConflict = conflictOf('bands')
  const set = (at: number, part: Partial<MatrixBand>): void =>
    change({ bands: draft.bands.map((band, place) => (place === at ? { ...band, ...part } : band)) })
  return (
    <PriceRuleDialog
      form={form}
      title={matrix ? `Matrix ${matrix.name}` : 'New matrix'}
      onClose={onClose}
      size="large"
      inUseHint="Out of use, parts have the price of the inventory again."
    >
      <Field label="For parts of" error={problems.of('category')} conflict={conflictOf('category')} className="max-w-72">
        <Select
          value={draft.category}
          onValueChange={(category) => change({ category })}
          choices={[{ value: '', label: 'Every other kind' }, ...known.map((value) => ({ value, label: value }))]}
        />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">Price by cost</legend>
        {draft.bands.map((band, at) => (
          <BandRow
            // oxlint-disable-next-line react/no-array-index-key -- a band is its place; nothing else of it stays
            key={at}
            band={band}
            number={at + 1}
            problem={(name) => problems.of(`bands.${at}.${name}`)}
            change={(part) => set(at, part)}
            remove={draft.bands.length > 1 ? () => change({ bands: draft.bands.filter((_, place) => place !== at) }) : undefined}
          />
        ))}
        <div>
          <Button
            size="small"
            icon={<Plus size={14} aria-hidden="true" />}
            onClick={() => change({ bands: [...draft.bands, nextBand(draft.bands)] })}
          >
            Add a band
          </Button>
        </div>
        {bandConflict && <ConflictChoice conflict={bandConflict} showTheirs={(theirs) => `${(theirs as unknown[]).length} bands`} />}
      </fieldset>
      <Preview category={draft.category} bands={draft.bands} />
    </PriceRuleDialog>
  )
}

interface BandRowProps {
  band: MatrixBand
  number: number
  problem: (name: string) => string | undefined
  change: (part: Partial<MatrixBand>) => void
  remove: (() => void) | undefined
}

const ways = [
  { value: 'multiplier', label: 'Cost times' },
  { value: 'margin', label: 'Margin of' },
] as const
const FACTORS = { multiplier: 2_000_000, margin: 400_000 } as const

function BandRow({ band, number, problem, change, remove }: BandRowProps) {
  // The first row's labels stand above all rows.
  const of = number > 1 ? `, band ${number}` : ''
  return (
    <div className="grid grid-cols-[1fr_7.5rem_1fr_1fr_1fr_2.5rem] items-start gap-2">
      <Field label={`Cost from${of}`} hideLabel={number > 1} error={problem('costFromCents')}>
        <MoneyInput value={band.costFromCents} onValueChange={(value) => value !== null && change({ costFromCents: value })} />
      </Field>
      <Field label={`Price${of}`} hideLabel={number > 1}>
        <Select value={band.way} onValueChange={(way) => change({ way, factorMillionths: FACTORS[way] })} choices={ways} />
      </Field>
      <Field label={`Factor${of}`} hideLabel={number > 1} error={problem('factorMillionths')}>
        {band.way === 'margin' ? (
          <PercentInput
            value={band.factorMillionths as NonNullable<Parameters<typeof PercentInput>[0]['value']>}
            onValueChange={(value) => value !== null && change({ factorMillionths: value })}
          />
        ) : (
          <ParsedInput<number>
            value={band.factorMillionths}
            onValueChange={(value) => value !== null && change({ factorMillionths: value })}
            parse={parseFactor}
            format={formatFactor}
            problem="Enter a factor like 2.5."
            suffix="×"
          />
        )}
      </Field>
      <Field label={`At least${of}`} hideLabel={number > 1} error={problem('minCents')}>
        <MoneyInput value={band.minCents} onValueChange={(value) => change({ minCents: value })} />
      </Field>
      <Field label={`At most${of}`} hideLabel={number > 1} error={problem('maxCents')}>
        <MoneyInput value={band.maxCents} onValueChange={(value) => change({ maxCents: value })} />
      </Field>
      {remove && (
        <div className={number > 1 ? '' : 'pt-6'}>
          <IconButton icon={<Trash2 size={16} aria-hidden="true" />} label={`Remove band ${number}`} onClick={remove} />
        </div>
      )}
    </div>
  )
}

function Preview({ category, bands }: Pick<MatrixFields, 'category' | 'bands'>) {
  const { data } = useQuery(matrixPreviewQuery({ category, bands }))
  return (
    <p role="status" className="rounded-md bg-sunken px-3 py-2 text-sm">
      {data ? previewWords(data.lineCount, data.soldCents, data.wouldBeCents) : 'Looking at what was sold …'}
    </p>
  )
}

function previewWords(count: number, sold: Cents, wouldBe: Cents): string {
  if (count === 0) return 'No part of this kind was sold in the last 30 days, or none at such a cost.'
  const more = wouldBe >= sold
  const difference = more ? subtractCents(wouldBe, sold) : subtractCents(sold, wouldBe)
  return `${count} parts of the last 30 days: sold for ${formatDollars(sold)}, with this matrix ${formatDollars(wouldBe)}, ${formatDollars(difference)} ${more ? 'more' : 'less'}.`
}
