import { type Cents, formatDollars, formatPercent, type Millionths } from '../../../src-preload/contract/money'
import type { Shop } from '../../../src-preload/contract/shop'
import { Card } from '../../components/card'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { PercentInput } from '../../components/percent-input'
import { Select } from '../../components/select'
import { TextInput } from '../../components/text-input'
import { Textarea } from '../../components/textarea'
import { limitPart, plainPart, type SettingsPart, taxablePart } from './settings-part'
import { useSetting } from './use-shop-field'

interface CardProps {
  shop: Shop
}

const taxableKinds = [
  { part: taxablePart('labor'), label: 'Labor' },
  { part: taxablePart('part'), label: 'Parts' },
  { part: taxablePart('fee'), label: 'Fees' },
]

export function TaxableKinds({ shop }: CardProps) {
  return (
    <fieldset className="col-span-2 flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">Taxed unless a line says otherwise</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {taxableKinds.map(({ part, label }) => (
          <Switch key={part.name} shop={shop} part={part} label={label} />
        ))}
      </div>
    </fieldset>
  )
}

function Switch({ shop, part, label, hint }: CardProps & { part: SettingsPart<boolean>; label: string; hint?: string }) {
  const { input, choose, field } = useSetting(shop, part)
  return (
    <Checkbox
      label={label}
      checked={input.value ?? false}
      onCheckedChange={choose}
      error={field.error}
      conflict={field.conflict}
      {...(hint ? { hint } : {})}
    />
  )
}

const registration = plainPart('registrationNumber')
const terms = plainPart('paymentTerms')
const termChoices = [
  { value: 'due_on_receipt', label: 'Due on receipt' },
  { value: 'net_10', label: 'Net 10 days' },
  { value: 'net_30', label: 'Net 30 days' },
] as const

/** What stands on estimates and invoices. */
export function PaperCard({ shop }: CardProps) {
  const number = useSetting(shop, registration)
  const term = useSetting(shop, terms)
  return (
    <Card title="Estimates and invoices">
      <div className="grid grid-cols-2 gap-x-3 gap-y-3">
        <Field label="Registration number" place="registrationNumber" hint="Printed where the state asks for it." {...number.field}>
          <TextInput {...number.input} value={number.input.value ?? ''} />
        </Field>
        <Field label="Payment terms" {...term.field}>
          <Select value={term.input.value ?? 'due_on_receipt'} onValueChange={term.choose} choices={termChoices} />
        </Field>
        <Footer shop={shop} name="estimateFooter" label="Below every estimate" />
        <Footer shop={shop} name="invoiceFooter" label="Below every invoice" />
      </div>
    </Card>
  )
}

const footers = { estimateFooter: plainPart('estimateFooter'), invoiceFooter: plainPart('invoiceFooter') }

function Footer({ shop, name, label }: CardProps & { name: keyof typeof footers; label: string }) {
  const { field, input } = useSetting(shop, footers[name], { multiline: true })
  return (
    <Field label={label} {...field} className="col-span-2">
      <Textarea {...input} value={input.value ?? ''} rows={3} maxLength={2000} />
    </Field>
  )
}

/** Above these an approver's PIN is asked for. */
export function LimitsCard({ shop }: CardProps) {
  return (
    <Card title="Without an approver's PIN">
      <div className="grid grid-cols-2 gap-x-3 gap-y-3">
        <PercentLimit shop={shop} limit="advisorDiscountMillionths" label="Advisor: discount up to" />
        <MoneyLimit shop={shop} limit="advisorDiscountCents" label="and at most" />
        <PercentLimit shop={shop} limit="frontDeskDiscountMillionths" label="Front desk: discount up to" />
        <MoneyLimit shop={shop} limit="frontDeskDiscountCents" label="and at most" />
        <PercentLimit shop={shop} limit="priceOverrideMillionths" label="Price below the shop's own by" />
      </div>
    </Card>
  )
}

const limits = {
  advisorDiscountMillionths: limitPart('advisorDiscountMillionths'),
  frontDeskDiscountMillionths: limitPart('frontDeskDiscountMillionths'),
  priceOverrideMillionths: limitPart('priceOverrideMillionths'),
  advisorDiscountCents: limitPart('advisorDiscountCents'),
  frontDeskDiscountCents: limitPart('frontDeskDiscountCents'),
}
type Limit = keyof typeof limits

function PercentLimit({ shop, limit, label }: CardProps & { limit: Limit; label: string }) {
  const { field, input } = useSetting(shop, limits[limit], { missing: 'Enter a percentage, or 0.' })
  return (
    <Field label={label} {...field} showTheirs={(theirs) => formatPercent(theirs as Millionths)}>
      <PercentInput {...input} value={input.value as Millionths | null} />
    </Field>
  )
}

function MoneyLimit({ shop, limit, label }: CardProps & { limit: Limit; label: string }) {
  const { field, input } = useSetting(shop, limits[limit], { missing: 'Enter an amount, or 0.' })
  return (
    <Field label={label} {...field} showTheirs={(theirs) => formatDollars(theirs as Cents)}>
      <MoneyInput {...input} value={input.value as Cents | null} />
    </Field>
  )
}

const idle = plainPart('idleMinutes')
const margin = plainPart('showMarginToAdvisors')
const idleChoices = [1, 2, 3, 5, 10, 15].map((minutes) => ({
  value: String(minutes),
  label: minutes === 1 ? 'After 1 minute' : `After ${minutes} minutes`,
}))

export function CounterCard({ shop }: CardProps) {
  const { field, input, choose } = useSetting(shop, idle)
  const present = String(input.value ?? shop.settings.idleMinutes)
  const choices = idleChoices.some(({ value }) => value === present)
    ? idleChoices
    : [{ value: present, label: `After ${present} minutes` }, ...idleChoices]
  return (
    <Card title="At the counter">
      <div className="flex flex-col gap-3">
        <Field label="Lock the screen when nobody is there" {...field} className="max-w-72">
          <Select value={present} onValueChange={(minutes) => choose(Number(minutes))} choices={choices} />
        </Field>
        <Switch
          shop={shop}
          part={margin}
          label="Service advisors see the margin"
          hint="As a percentage of an order; what a part costs is for owners and parts managers only."
        />
      </div>
    </Card>
  )
}
