import { dayOf, fromWallTime } from '../../base/shop-time'

export interface PromiseTime {
  label: string
  /** ISO text in UTC */
  moment: string
}

const DAY_MS = 86_400_000
/** Somebody who promises less than this from now would be late already. */
const SHORTEST_NOTICE_MS = 30 * 60_000
const MOST = 4

const wanted = [
  { day: 0, hour: '12:00', label: 'Today noon' },
  { day: 0, hour: '17:00', label: 'Today 5 PM' },
  { day: 1, hour: '12:00', label: 'Tomorrow noon' },
  { day: 1, hour: '17:00', label: 'Tomorrow 5 PM' },
  { day: 2, hour: '17:00', label: 'In 2 days 5 PM' },
  { day: 3, hour: '17:00', label: 'In 3 days 5 PM' },
] as const

/** The promises a counter makes most, in the shop's time, the nearest first; only those that can still be kept. */
export function promiseTimes(now: number, timezone: string): PromiseTime[] {
  const today = Date.parse(`${dayOf(new Date(now), timezone)}T00:00:00Z`)
  return wanted
    .map(({ day, hour, label }) => {
      const date = new Date(today + day * DAY_MS).toISOString().slice(0, 10)
      return { label, moment: fromWallTime(`${date}T${hour}`, timezone) ?? '' }
    })
    .filter(({ moment }) => Date.parse(moment) - now >= SHORTEST_NOTICE_MS)
    .slice(0, MOST)
}
