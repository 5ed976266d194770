/** Making one costs a hundred times its use, and the rules of the day are asked for several times in each call. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day at the shop, 'YYYY-MM-DD': the day for which a password opens the PIN and whose rules are in force. */
export function shopDay(now: Date, timezone: string): string {
  let format = formats.get(timezone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timezone, format)
  }
  const parts = format.formatToParts(now)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}
