import { formatHundredths, type Hundredths, parseHundredths } from '../../src-preload/contract/money'
import { ParsedInput, type SpecificInputProps } from './parsed-input'

/** A quantity or hours in hundredths: '1', '.5', '5.75'. */
export function QuantityInput({ problem = 'Enter a quantity like 1 or 0.5.', ...input }: SpecificInputProps<Hundredths>) {
  return <ParsedInput<Hundredths> parse={parseHundredths} format={formatHundredths} problem={problem} {...input} />
}
