import type { Cents, Millionths } from '../../../src-preload/contract/money'
import { formatDollars, formatPercent } from '../../../src-preload/contract/money'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { PercentInput } from '../../components/percent-input'
import type { RuleForm } from './use-price-rule'

export interface Share {
  percentMillionths: Millionths | null
  amountCents: Cents | null
}

/** What is missing of a share or an amount: field -> sentence. */
export function shareProblems({ percentMillionths, amountCents }: Share): Record<string, string> {
  if ((percentMillionths === null) !== (amountCents === null)) return {}
  return { amountCents: 'Enter a percentage or an amount, one of them.' }
}

/** A percentage or an amount; typing one empties the other. */
export function ShareOrAmount<Fields extends Share & object>({ form }: { form: RuleForm<Fields> }) {
  const change = (part: Share): void => form.change(part as Partial<Fields>)
  const { draft, problems, conflictOf } = form
  const percent = (theirs: unknown): string => (theirs === null ? 'none' : formatPercent(theirs as Millionths))
  const amount = (theirs: unknown): string => (theirs === null ? 'none' : formatDollars(theirs as Cents))
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Percent" error={problems.of('percentMillionths')} conflict={conflictOf('percentMillionths')} showTheirs={percent}>
        <PercentInput
          value={draft.percentMillionths}
          onValueChange={(value) => change({ percentMillionths: value, amountCents: value === null ? draft.amountCents : null })}
        />
      </Field>
      <Field label="or amount" error={problems.of('amountCents')} conflict={conflictOf('amountCents')} showTheirs={amount}>
        <MoneyInput
          value={draft.amountCents}
          onValueChange={(value) => change({ amountCents: value, percentMillionths: value === null ? draft.percentMillionths : null })}
        />
      </Field>
    </div>
  )
}
