import { useQuery } from '@tanstack/react-query'
import { type Cents, formatDollars, formatPercent, type Millionths } from '../../../src-preload/contract/money'
import type { Shop } from '../../../src-preload/contract/shop'
import { timeZoneChoices } from '../../base/time-zones'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { PercentInput } from '../../components/percent-input'
import { Select } from '../../components/select'
import { ScreenProgress } from '../../components/spinner'
import { TextInput } from '../../components/text-input'
import { LogoCard } from './logo-card'
import { shopQuery } from './settings-api'
import { CounterCard, LimitsCard, PaperCard, TaxableKinds } from './shop-settings'
import { ShopState } from './shop-state'
import { StateCard } from './state-card'
import { useShopField } from './use-shop-field'

/** The shop's own facts and how it does things; each field is stored when it is left. */
export function ShopTab() {
  const { data: shop, error } = useQuery(shopQuery)
  if (error) return <ErrorBanner error={error} />
  if (!shop) return <ScreenProgress />
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <AddressCard shop={shop} />
        <RatesCard shop={shop} />
        <CounterCard shop={shop} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <LogoCard shop={shop} />
        <PaperCard shop={shop} />
        <StateCard shop={shop} />
        <LimitsCard shop={shop} />
      </div>
    </div>
  )
}

function AddressCard({ shop }: { shop: Shop }) {
  return (
    <Card title="Shop">
      <div className="grid grid-cols-6 gap-x-3 gap-y-3">
        <Text shop={shop} name="name" label="Name" className="col-span-6" />
        <Text shop={shop} name="phone" label="Phone" className="col-span-3" />
        <Text shop={shop} name="email" label="E-mail" className="col-span-3" />
        <Text shop={shop} name="address" label="Street address" className="col-span-6" />
        <Text shop={shop} name="city" label="City" className="col-span-3" />
        <ShopState state={shop.state} />
        <Text shop={shop} name="zip" label="ZIP" className="col-span-1" />
        <TimeZone shop={shop} />
      </div>
    </Card>
  )
}

interface TextProps {
  shop: Shop
  name: 'name' | 'phone' | 'email' | 'address' | 'city' | 'zip'
  label: string
  className: string
}

function Text({ shop, name, label, className }: TextProps) {
  const { field, input } = useShopField(shop, name)
  return (
    <Field label={label} place={name} {...field} required={name === 'name'} className={className}>
      <TextInput {...input} value={input.value ?? ''} />
    </Field>
  )
}

function TimeZone({ shop }: { shop: Shop }) {
  const { field, input, choose } = useShopField(shop, 'timezone')
  return (
    <Field label="Time zone" hint="All times on screens and paper are of this zone." {...field} className="col-span-6">
      <Select value={input.value ?? shop.timezone} onValueChange={choose} choices={timeZoneChoices(shop.timezone)} />
    </Field>
  )
}

function RatesCard({ shop }: { shop: Shop }) {
  const tax = useShopField(shop, 'taxRateMillionths', 'Enter a percentage like 8.25, or 0.')
  const labor = useShopField(shop, 'laborRateCents', 'Enter what an hour of labor costs, like 145.')
  return (
    <Card title="Tax and labor">
      <div className="grid grid-cols-2 gap-x-3 gap-y-3">
        <Field
          label="Sales tax rate"
          hint="For new repair orders; one that is open keeps its rate."
          {...tax.field}
          showTheirs={(theirs) => formatPercent(theirs as Millionths)}
        >
          <PercentInput {...tax.input} />
        </Field>
        <Field label="Labor rate an hour" {...labor.field} showTheirs={(theirs) => formatDollars(theirs as Cents)}>
          <MoneyInput {...labor.input} />
        </Field>
        <TaxableKinds shop={shop} />
      </div>
    </Card>
  )
}
