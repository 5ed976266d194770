import { type Cents, formatCents, parseCents } from '../../src-preload/contract/money'
import { ParsedInput, type SpecificInputProps } from './parsed-input'

const readPositive = (text: string): Cents | undefined => {
  const amount = parseCents(text)
  return amount !== undefined && amount < 0 ? undefined : amount
}

/** An amount in cents: '12.5' becomes 12.50 when it is left. Negative amounts are refused. */
export function MoneyInput({ problem = 'Enter an amount like 12.50.', ...input }: SpecificInputProps<Cents>) {
  return <ParsedInput<Cents> prefix="$" parse={readPositive} format={formatCents} problem={problem} {...input} />
}
