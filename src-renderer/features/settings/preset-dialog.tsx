import type { DiscountPresetFields, PriceRules } from '../../../src-preload/contract/pricing'
import { PriceRuleDialog } from './price-rule-dialog'
import { type Share, ShareOrAmount, shareProblems } from './share-or-amount'
import { usePriceRule, withoutId } from './use-price-rule'

type Draft = Omit<DiscountPresetFields, keyof Share> & Share

const blank: Draft = { name: '', percentMillionths: null, amountCents: null, isActive: true }
const check = (draft: Draft): Record<string, string> => ({
  ...(draft.name.trim() === '' ? { name: 'Please fill this in.' } : {}),
  ...shareProblems(draft),
})

export function PresetDialog({ preset, onClose }: { preset: PriceRules['discountPresets'][number] | undefined; onClose: () => void }) {
  const form = usePriceRule<Draft>('discount_preset', preset?.id, preset ? withoutId(preset) : blank, check, onClose)
  return (
    <PriceRuleDialog
      form={form}
      title={preset ? `Discount ${preset.name}` : 'New discount'}
      onClose={onClose}
      nameHint="Printed on the bill, and the reason of the discount: “Veteran”."
      inUseHint="Out of use, it is not offered any more."
    >
      <ShareOrAmount form={form} />
    </PriceRuleDialog>
  )
}
