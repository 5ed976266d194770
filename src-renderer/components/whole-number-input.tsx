import { ParsedInput, type SpecificInputProps } from './parsed-input'

const MOST_DIGITS = 9

function parseWhole(text: string): number | undefined {
  const plain = text.trim().replaceAll(',', '')
  return /^\d+$/.test(plain) && plain.length <= MOST_DIGITS ? Number(plain) : undefined
}

const grouped = new Intl.NumberFormat('en-US')
const formatWhole = (value: number): string => grouped.format(value)
const formatYear = (value: number): string => String(value)

/** A whole number, not negative: odometer, year (`grouping={false}`: no thousands commas). */
export function WholeNumberInput({
  problem = 'Enter a whole number.',
  grouping = true,
  ...input
}: SpecificInputProps<number> & { grouping?: boolean }) {
  return (
    <ParsedInput<number> parse={parseWhole} format={grouping ? formatWhole : formatYear} problem={problem} {...input} inputMode="numeric" />
  )
}
