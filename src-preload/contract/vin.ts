/**
 * Vehicle identification numbers as typed at the counter.
 * Check digit: 49 CFR 565.15(c). Cars built before 1981 and many foreign ones have no check digit, so a wrong one is a warning, not an error.
 */
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...'0123456789']
    .map((digit, value) => [digit, value] as const)
    .concat(
      [...'ABCDEFGH'].map((letter, at) => [letter, at + 1] as const),
      [...'JKLMN'].map((letter, at) => [letter, at + 1] as const),
      [
        ['P', 7],
        ['R', 9],
      ],
      [...'STUVWXYZ'].map((letter, at) => [letter, at + 2] as const),
    ),
)
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2] as const

export type VinVerdict = 'empty' | 'short' | 'long' | 'bad_letter' | 'check_digit_wrong' | 'right'

/** Upper case, without blanks and the leading 'I' that many windshield bar codes carry. */
export function tidyVin(text: string): string {
  const plain = text.toUpperCase().replace(/[\s-]/g, '')
  return plain.length === 18 && plain.startsWith('I') ? plain.slice(1) : plain
}

/** What can be said of a VIN while it is typed. */
export function judgeVin(text: string): VinVerdict {
  const vin = tidyVin(text)
  if (vin === '') return 'empty'
  if (vin.length > 17) return 'long'
  if (!/^[A-HJ-NPR-Z0-9]*$/.test(vin)) return 'bad_letter'
  if (vin.length < 17) return 'short'
  const sum = [...vin].reduce((total, character, at) => total + (VALUES[character] ?? 0) * (WEIGHTS[at] ?? 0), 0)
  const expected = sum % 11 === 10 ? 'X' : String(sum % 11)
  return vin[8] === expected ? 'right' : 'check_digit_wrong'
}
