import { type Cents, formatDollars } from '../../../src-preload/contract/money'
import type { FeeRuleFields, PriceRules } from '../../../src-preload/contract/pricing'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { PriceRuleDialog } from './price-rule-dialog'
import { type Share, ShareOrAmount, shareProblems } from './share-or-amount'
import { usePriceRule, withoutId } from './use-price-rule'

type Draft = Omit<FeeRuleFields, keyof Share | 'capCents'> & Share & { capCents: Cents | null }

const blank: Draft = {
  name: '',
  kind: 'shop_supplies',
  printedName: '',
  base: 'both',
  percentMillionths: null,
  amountCents: null,
  capCents: null,
  taxable: true,
  isActive: true,
}
const kinds = [
  { value: 'shop_supplies', label: 'Supplies' },
  { value: 'hazardous_waste', label: 'Hazardous waste' },
  { value: 'other', label: 'Other' },
] as const
const bases = [
  { value: 'both', label: 'Labor and parts' },
  { value: 'labor', label: 'Labor' },
  { value: 'parts', label: 'Parts' },
] as const

const check = (draft: Draft): Record<string, string> => ({
  ...(draft.name.trim() === '' ? { name: 'Please fill this in.' } : {}),
  ...(draft.printedName.trim() === '' ? { printedName: 'Please fill this in.' } : {}),
  ...shareProblems(draft),
})

export function FeeRuleDialog({ rule, onClose }: { rule: PriceRules['feeRules'][number] | undefined; onClose: () => void }) {
  const form = usePriceRule<Draft>('fee_rule', rule?.id, rule ? withoutId(rule) : blank, check, onClose)
  const { draft, change, problems, conflictOf } = form
  return (
    <PriceRuleDialog
      form={form}
      title={rule ? `Fee rule ${rule.name}` : 'New fee rule'}
      onClose={onClose}
      size="medium"
      inUseHint="Orders that stand keep the rules of the day they were made."
    >
      <Field
        label="On the bill"
        required
        hint="In words that say what is paid for; some states forbid “shop supplies”."
        error={problems.of('printedName')}
        conflict={conflictOf('printedName')}
      >
        <TextInput value={draft.printedName} onValueChange={(printedName) => change({ printedName })} maxLength={200} />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Kind" conflict={conflictOf('kind')}>
          <Select value={draft.kind} onValueChange={(kind) => change({ kind })} choices={kinds} />
        </Field>
        <Field label="Reckoned on" conflict={conflictOf('base')}>
          <Select value={draft.base} onValueChange={(base) => change({ base })} choices={bases} />
        </Field>
      </div>
      <ShareOrAmount form={form} />
      <Field
        label="At most"
        hint="Empty: no limit."
        error={problems.of('capCents')}
        conflict={conflictOf('capCents')}
        showTheirs={(theirs) => (theirs === null ? 'no limit' : formatDollars(theirs as Cents))}
      >
        <MoneyInput value={draft.capCents} onValueChange={(capCents) => change({ capCents })} />
      </Field>
      <Checkbox label="Taxed" checked={draft.taxable} onCheckedChange={(taxable) => change({ taxable })} conflict={conflictOf('taxable')} />
    </PriceRuleDialog>
  )
}
