/** Codes of position 10, from 1980 and again from 2010 on: no I, O, Q, U, Z, 0 (49 CFR 565.15, table VII). */
const CODES = 'ABCDEFGHJKLMNPRSTVWXY123456789'
const FIRST_YEAR = 1980
const ROUND_YEARS = 30
/** Cars and multipurpose vehicles, as vPIC calls them: their position 7 tells which round of thirty years it is. */
const LIGHT = new Set(['Passenger Car', 'Multipurpose Passenger Vehicle'])

/** The model years a VIN can be of, the likelier first; none when its year code is not one. `newest` is the latest that can be sold yet. */
export function vinYears(vin: string, kind: string, newest: number): number[] {
  const code = CODES.indexOf(vin.charAt(9))
  if (vin.length !== 17 || code < 0) return []
  const early = FIRST_YEAR + code
  const late = early + ROUND_YEARS
  if (late > newest) return [early]
  const isLate = /[A-Z]/.test(vin.charAt(6))
  if (LIGHT.has(kind)) return [isLate ? late : early]
  // Trucks above 10,000 pounds and motorcycles may have anything in position 7: a letter is a hint, a digit says nothing.
  return kind === 'Truck' && !isLate ? [early, late] : [late, early]
}
