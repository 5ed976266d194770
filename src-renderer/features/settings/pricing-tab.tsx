import { useQuery } from '@tanstack/react-query'
import { ClipboardList, Gauge, Percent, Receipt, Table2 } from 'lucide-react'
import { formatDollars, formatPercent } from '../../../src-preload/contract/money'
import type { PriceEnding, PriceRules } from '../../../src-preload/contract/pricing'
import type { Shop } from '../../../src-preload/contract/shop'
import { Card } from '../../components/card'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Select } from '../../components/select'
import { ScreenProgress } from '../../components/spinner'
import { CannedJobDialog } from './canned-job-dialog'
import { FeeRuleDialog } from './fee-rule-dialog'
import { LaborRateDialog } from './labor-rate-dialog'
import { MatrixDialog } from './matrix-dialog'
import { PresetDialog } from './preset-dialog'
import { PriceRuleCard } from './price-rule-card'
import { priceRulesQuery, shopQuery } from './settings-api'
import { plainPart } from './settings-part'
import { useSetting } from './use-shop-field'

/** The rules that make prices. A rule that changes is for lines and orders to come. */
export function PricingTab() {
  const { data: rules, error } = useQuery(priceRulesQuery)
  const { data: shop } = useQuery(shopQuery)
  if (error) return <ErrorBanner error={error} />
  if (!rules || !shop) return <ScreenProgress />
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">A rule that is changed here holds for lines and orders to come; those that stand keep their prices.</p>
      <CannedJobs rules={rules} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Matrices rules={rules} />
        <Fees rules={rules} />
        <Rates rules={rules} />
        <Presets rules={rules} />
        <EndingCard shop={shop} />
      </div>
    </div>
  )
}

interface Props {
  rules: PriceRules
}

/** A share or an amount, whichever the rule has. */
function shareOrAmount({
  percentMillionths,
  amountCents,
}: Pick<PriceRules['feeRules'][number], 'percentMillionths' | 'amountCents'>): string {
  if (percentMillionths !== null) return formatPercent(percentMillionths)
  return amountCents === null ? '' : formatDollars(amountCents)
}

function CannedJobs({ rules }: Props) {
  return (
    <PriceRuleCard
      title="Canned jobs"
      newLabel="New canned job"
      icon={ClipboardList}
      rows={rules.cannedJobs}
      columns={[
        { key: 'code', header: 'Code', cell: ({ code }) => code, width: 'w-24' },
        { key: 'category', header: 'Kind', cell: ({ category }) => category, width: 'w-36' },
        { key: 'lines', header: 'Lines', cell: ({ lines }) => lines.length, align: 'right', width: 'w-20' },
      ]}
      teach="A job that is sold again and again, with its labor, parts and fees: J at an order puts all of it there."
      renderDialog={(job, onClose) => <CannedJobDialog job={job} onClose={onClose} />}
    />
  )
}

function Matrices({ rules }: Props) {
  return (
    <PriceRuleCard
      title="Parts price matrix"
      newLabel="New matrix"
      icon={Table2}
      rows={rules.matrices}
      columns={[
        { key: 'category', header: 'Parts', cell: ({ category }) => category || 'All others', width: 'w-32' },
        { key: 'bands', header: 'Bands', cell: ({ bands }) => bands.length, align: 'right', width: 'w-20' },
      ]}
      teach="The price of a part by what it costs. Without a matrix a part has the price that stands in the inventory."
      renderDialog={(matrix, onClose) => <MatrixDialog matrix={matrix} categories={rules.categories} onClose={onClose} />}
    />
  )
}

function Fees({ rules }: Props) {
  return (
    <PriceRuleCard
      title="Fees by rule"
      newLabel="New fee rule"
      icon={Receipt}
      rows={rules.feeRules}
      columns={[{ key: 'amount', header: 'Amount', cell: shareOrAmount, align: 'right', width: 'w-24' }]}
      teach="A line that comes by itself and follows labor and parts until the customer has agreed."
      renderDialog={(rule, onClose) => <FeeRuleDialog rule={rule} onClose={onClose} />}
    />
  )
}

function Rates({ rules }: Props) {
  return (
    <PriceRuleCard
      title="Labor rates"
      newLabel="New labor rate"
      icon={Gauge}
      rows={rules.laborRates}
      columns={[{ key: 'rate', header: 'An hour', cell: ({ rateCents }) => formatDollars(rateCents), align: 'right', width: 'w-28' }]}
      teach="Rates beside the shop’s own: for a fleet, a make, a kind of work. Chosen at an order for the vehicle, the customer or that order."
      renderDialog={(rate, onClose) => <LaborRateDialog rate={rate} onClose={onClose} />}
    />
  )
}

function Presets({ rules }: Props) {
  return (
    <PriceRuleCard
      title="Discounts with a name"
      newLabel="New discount"
      icon={Percent}
      rows={rules.discountPresets}
      columns={[{ key: 'amount', header: 'Amount', cell: shareOrAmount, align: 'right', width: 'w-24' }]}
      teach="A discount that is given often. Its name is its reason; the limits of a role hold all the same."
      renderDialog={(preset, onClose) => <PresetDialog preset={preset} onClose={onClose} />}
    />
  )
}

const ending = plainPart('priceEnding')
const endingChoices: readonly { value: PriceEnding; label: string }[] = [
  { value: 'none', label: 'As reckoned' },
  { value: '00', label: 'Whole dollars' },
  { value: '49', label: '.49' },
  { value: '95', label: '.95' },
  { value: '99', label: '.99' },
]

function EndingCard({ shop }: { shop: Shop }) {
  const { field, input, choose } = useSetting(shop, ending)
  return (
    <Card title="Price ending">
      <Field label="Prices of a matrix end in" hint="Rounded up to it." {...field} className="max-w-60">
        <Select value={input.value ?? 'none'} onValueChange={choose} choices={endingChoices} />
      </Field>
    </Card>
  )
}
