import { invalidField } from '../../base/app-error'

/** @throws AppError INVALID_INPUT beside `field` unless it is a region's name ('America/Chicago'): an offset knows no daylight saving time */
export function checkTimezone(timezone: string, field: string): void {
  if (!/^[A-Z][A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(timezone) || !isKnown(timezone)) throw invalidField(field, 'Choose a time zone.')
}

function isKnown(timezone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: timezone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
