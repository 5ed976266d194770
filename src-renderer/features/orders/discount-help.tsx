import { useQuery } from '@tanstack/react-query'
import { type Cents, shareOf, ZERO } from '../../../src-preload/contract/money'
import type { PriceOffers } from '../../../src-preload/contract/pricing'
import { Field } from '../../components/field'
import { PercentInput } from '../../components/percent-input'
import { Select } from '../../components/select'
import type { LineDraft } from './line-draft'
import { useDesk } from './order-desk'
import { offersQuery } from './orders-api'

interface DiscountHelpProps {
  jobId: string | null
  change: (changes: Partial<LineDraft>) => void
}

type Preset = PriceOffers['discountPresets'][number]

/** A discount by its name or as a percentage of the job (of the order, outside a job); the amount is what is stored. */
export function DiscountHelp({ jobId, change }: DiscountHelpProps) {
  const { order } = useDesk()
  const { data: offers } = useQuery(offersQuery)
  const presets = offers?.discountPresets ?? []
  const job = order.jobs.find(({ id }) => id === jobId)
  const base = job?.totalCents ?? order.subtotalCents
  const take = (amount: Cents): Partial<LineDraft> => ({ unitPriceCents: amount })
  const use = ({ name, percentMillionths, amountCents }: Preset): void =>
    change({
      description: name,
      reason: name,
      ...take(percentMillionths === null ? (amountCents ?? ZERO) : shareOf(base, percentMillionths)),
    })
  return (
    <div className="col-span-4 flex flex-wrap gap-3">
      {presets.length > 0 && (
        <Field label="Discount with a name" className="w-64">
          <Select
            value=""
            onValueChange={(id) => {
              const preset = presets.find((each) => each.id === id)
              if (preset) use(preset)
            }}
            choices={[{ value: '', label: 'Choose …' }, ...presets.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </Field>
      )}
      <Field label={job ? 'Percent of this job' : 'Percent of the order'} className="w-44">
        <PercentInput value={null} onValueChange={(rate) => rate !== null && change(take(shareOf(base, rate)))} />
      </Field>
    </div>
  )
}
