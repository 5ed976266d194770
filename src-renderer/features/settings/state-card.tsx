import type { Shop, ShopSettings } from '../../../src-preload/contract/shop'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { Textarea } from '../../components/textarea'
import { plainPart } from './settings-part'
import { useSetting } from './use-shop-field'

const basisChoices: readonly { value: ShopSettings['laborBasis']; label: string }[] = [
  { value: '', label: 'Not said' },
  { value: 'hourly', label: 'By the hour' },
  { value: 'flat_rate', label: 'At a flat rate' },
  { value: 'both', label: 'By the hour or at a flat rate' },
]
const roundingChoices: readonly { value: ShopSettings['cashRounding']; label: string }[] = [
  { value: 'none', label: 'To the cent' },
  { value: 'symmetric', label: 'To the nearest 5 cents' },
  { value: 'down', label: 'Down to 5 cents' },
]

const parts = {
  laborBasis: plainPart('laborBasis'),
  laborManual: plainPart('laborManual'),
  guaranteeTerms: plainPart('guaranteeTerms'),
  storageNotice: plainPart('storageNotice'),
  cashRounding: plainPart('cashRounding'),
}

/** What the shop says of itself where the law of its state asks; the rest follows from the state. */
export function StateCard({ shop }: { shop: Shop }) {
  const basis = useSetting(shop, parts.laborBasis)
  const manual = useSetting(shop, parts.laborManual)
  const rounding = useSetting(shop, parts.cashRounding)
  return (
    <Card title="Asked for by some states">
      <div className="grid grid-cols-2 gap-x-3 gap-y-3">
        <Field label="Labor is charged" place="laborBasis" {...basis.field}>
          <Select value={basis.input.value ?? ''} onValueChange={basis.choose} choices={basisChoices} />
        </Field>
        <Field label="Flat rates are of the manual" {...manual.field}>
          <TextInput {...manual.input} value={manual.input.value ?? ''} maxLength={100} />
        </Field>
        <Words shop={shop} name="guaranteeTerms" label="Terms of guarantee" maxLength={1000} />
        <Words shop={shop} name="storageNotice" label="Notice of storage charges" maxLength={500} />
        <Field
          label="Cash is taken"
          hint="Only where the law leaves it to the shop; tax is always reckoned on the exact price."
          {...rounding.field}
          className="col-span-2"
        >
          <Select value={rounding.input.value ?? 'none'} onValueChange={rounding.choose} choices={roundingChoices} />
        </Field>
      </div>
    </Card>
  )
}

function Words({
  shop,
  name,
  label,
  maxLength,
}: {
  shop: Shop
  name: 'guaranteeTerms' | 'storageNotice'
  label: string
  maxLength: number
}) {
  const { field, input } = useSetting(shop, parts[name], { multiline: true })
  return (
    <Field label={label} place={name} {...field} className="col-span-2">
      <Textarea {...input} value={input.value ?? ''} rows={2} maxLength={maxLength} />
    </Field>
  )
}
