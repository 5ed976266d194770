import type { Cents } from '../../../src-preload/contract/money'
import { formatDollars } from '../../../src-preload/contract/money'
import type { LaborRateFields, PriceRules } from '../../../src-preload/contract/pricing'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { PriceRuleDialog } from './price-rule-dialog'
import { usePriceRule, withoutId } from './use-price-rule'

type Draft = Omit<LaborRateFields, 'rateCents'> & { rateCents: Cents | null }

const check = ({ name, rateCents }: Draft): Record<string, string> => ({
  ...(name.trim() === '' ? { name: 'Please fill this in.' } : {}),
  ...(rateCents === null || rateCents === 0 ? { rateCents: 'Enter what an hour costs.' } : {}),
})

export function LaborRateDialog({ rate, onClose }: { rate: PriceRules['laborRates'][number] | undefined; onClose: () => void }) {
  const form = usePriceRule<Draft>(
    'labor_rate',
    rate?.id,
    rate ? withoutId(rate) : { name: '', rateCents: null, isActive: true },
    check,
    onClose,
  )
  return (
    <PriceRuleDialog
      form={form}
      title={rate ? `Labor rate ${rate.name}` : 'New labor rate'}
      onClose={onClose}
      inUseHint="Out of use, whoever has it falls back to the next rate."
    >
      <Field
        label="An hour of labor"
        required
        error={form.problems.of('rateCents')}
        conflict={form.conflictOf('rateCents')}
        showTheirs={(theirs) => formatDollars(theirs as Cents)}
      >
        <MoneyInput value={form.draft.rateCents} onValueChange={(rateCents) => form.change({ rateCents })} />
      </Field>
    </PriceRuleDialog>
  )
}
