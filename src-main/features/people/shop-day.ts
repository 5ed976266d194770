interface Calendar {
  readonly format: Intl.DateTimeFormat
  minute: number
  day: string
}

/** Making a format costs a hundred times its use, and a call asks several times for the day whose rules are in force. */
const calendars = new Map<string, Calendar>()

const MINUTE_MS = 60_000

/** The calendar day at the shop, 'YYYY-MM-DD': the day for which a password opens the PIN and whose rules are in force. */
export function shopDay(now: Date, timezone: string): string {
  let calendar = calendars.get(timezone)
  if (!calendar) {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' })
    calendar = { format, minute: NaN, day: '' }
    calendars.set(timezone, calendar)
  }
  // No day begins within a minute.
  const minute = Math.floor(now.getTime() / MINUTE_MS)
  if (minute !== calendar.minute) {
    const parts = calendar.format.formatToParts(now)
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? ''
    calendar.day = `${part('year')}-${part('month')}-${part('day')}`
    calendar.minute = minute
  }
  return calendar.day
}
