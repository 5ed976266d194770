import { formatPercent, type Millionths, parsePercent } from '../../src-preload/contract/money'
import { ParsedInput, type SpecificInputProps } from './parsed-input'

const withoutSign = (rate: Millionths): string => formatPercent(rate).replace('%', '')

/** A rate in millionths, typed as a percentage: '8.25'. */
export function PercentInput({ problem = 'Enter a percentage like 8.25.', ...input }: SpecificInputProps<Millionths>) {
  return <ParsedInput<Millionths> suffix="%" parse={parsePercent} format={withoutSign} problem={problem} {...input} />
}
