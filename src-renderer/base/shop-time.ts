/** Wall-clock parts of a moment in a time zone, as milliseconds since the epoch of a clock that knows no zones. */
function wallMs(epochMs: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(epochMs)
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/** '2026-03-08T17:30:00Z' in America/New_York -> '2026-03-08T13:30', the form of <input type="datetime-local">. */
export function toWallTime(moment: string, timezone: string): string {
  return new Date(wallMs(Date.parse(moment), timezone)).toISOString().slice(0, 16)
}

/**
 * The moment a wall clock of the shop shows `wallTime`, as ISO text in UTC; undefined when the text is not a date and time. An hour that is
 * skipped in spring means the hour after it, one that comes twice in autumn its first.
 */
export function fromWallTime(wallTime: string, timezone: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(wallTime)) return undefined
  const wanted = Date.parse(`${wallTime.slice(0, 16)}:00Z`)
  if (Number.isNaN(wanted)) return undefined
  const offsetBefore = wallMs(wanted - 86_400_000, timezone) - (wanted - 86_400_000)
  const offsetAfter = wallMs(wanted + 86_400_000, timezone) - (wanted + 86_400_000)
  const candidates = [wanted - offsetBefore, wanted - offsetAfter]
  const exact = candidates.filter((epochMs) => wallMs(epochMs, timezone) === wanted)
  return new Date(exact.length > 0 ? Math.min(...exact) : wanted - offsetBefore).toISOString()
}

/** The shop's calendar day of a moment: 'YYYY-MM-DD'. */
export function dayOf(moment: string | Date, timezone: string): string {
  return new Date(wallMs(new Date(moment).getTime(), timezone)).toISOString().slice(0, 10)
}
