import type { Visit } from '../../../src-preload/contract/customers'

export interface Reading {
  orderId: string
  orderNumber: string
  /** when it was read */
  at: string
  miles: number
}

/** What the odometer showed at each visit, oldest first. */
export function readingsOf(visits: readonly Visit[]): Reading[] {
  return visits
    .flatMap(({ orderId, orderNumber, checkedInAt: at, odometer: miles }) => (miles === null ? [] : [{ orderId, orderNumber, at, miles }]))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const DAY_MS = 86_400_000
const FEWEST_DAYS = 90

/** Miles a year between the first and the last reading, in hundreds; undefined when they are too close together, or it went backwards. */
export function milesAYear(readings: readonly Reading[]): number | undefined {
  const [first, last] = [readings[0], readings.at(-1)]
  if (!first || !last) return undefined
  const days = (Date.parse(last.at) - Date.parse(first.at)) / DAY_MS
  const miles = last.miles - first.miles
  return days < FEWEST_DAYS || miles < 0 ? undefined : Math.round((miles / days) * 3.65) * 100
}

export interface Point {
  reading: Reading
  x: number
  y: number
}

/** Readings as points of a drawing of this size; time runs to the right, miles upwards. One reading, or all the same, are in the middle. */
export function pointsOf(readings: readonly Reading[], width: number, height: number): Point[] {
  const times = readings.map((reading) => Date.parse(reading.at))
  const miles = readings.map((reading) => reading.miles)
  const place = (value: number, all: readonly number[]): number => {
    const [least, most] = [Math.min(...all), Math.max(...all)]
    return most === least ? 0.5 : (value - least) / (most - least)
  }
  return readings.map((reading) => ({
    reading,
    x: place(Date.parse(reading.at), times) * width,
    y: (1 - place(reading.miles, miles)) * height,
  }))
}
