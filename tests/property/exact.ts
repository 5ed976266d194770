// Amounts of the oracle: whole cents, hundredths and millionths as BigInt, and how they are written. Nothing here comes from the program.

/** numerator / denominator to the nearest whole number, a half away from zero. */
export function nearest(numerator: bigint, denominator: bigint): bigint {
  if (denominator < 0n) return nearest(-numerator, -denominator)
  if (numerator < 0n) return -nearest(-numerator, denominator)
  const whole = numerator / denominator
  return 2n * (numerator - whole * denominator) >= denominator ? whole + 1n : whole
}

const ONE = 1_000_000n

/** A rate in millionths of an amount. */
export const rateOf = (amount: bigint, rate: bigint): bigint => nearest(amount * rate, ONE)

/** part / whole of an amount; nothing of nothing. */
export const shareIn = (amount: bigint, part: bigint, whole: bigint): bigint => (whole === 0n ? 0n : nearest(amount * part, whole))

export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
export const least = (...amounts: readonly [bigint, ...bigint[]]): bigint => amounts.reduce((a, b) => (b < a ? b : a))
export const most = (...amounts: readonly [bigint, ...bigint[]]): bigint => amounts.reduce((a, b) => (b > a ? b : a))

/** 123456 -> '1,234.56' */
export function plain(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0')
  let whole = digits.slice(0, -2)
  let grouped = ''
  while (whole.length > 3) {
    grouped = `,${whole.slice(-3)}${grouped}`
    whole = whole.slice(0, -3)
  }
  return `${amount < 0n ? '-' : ''}${whole}${grouped}.${digits.slice(-2)}`
}

/** -5 -> '-$0.05' */
export const dollars = (amount: bigint): string => (amount < 0n ? `-$${plain(-amount)}` : `$${plain(amount)}`)

/** Without the zeros that say nothing: 150 hundredths are 1.5, 82500 millionths as a percentage 8.25. */
function trimmed(whole: bigint, fraction: bigint, places: number): string {
  const digits = fraction.toString().padStart(places, '0').replace(/0+$/, '')
  return digits === '' ? `${whole}` : `${whole}.${digits}`
}

/** 150 -> '1.5'; thousands are grouped as in amounts. */
export function quantityWords(hundredths: bigint): string {
  const whole = plain((hundredths / 100n) * 100n).slice(0, -3)
  const rest = trimmed(0n, hundredths % 100n, 2).slice(1)
  return `${whole}${rest}`
}

/** 82500 -> '8.25%' */
export const percentWords = (millionths: bigint): string => `${trimmed(millionths / 10_000n, millionths % 10_000n, 4)}%`
