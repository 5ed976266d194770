import { useState } from 'react'
import type { Visit } from '../../../src-preload/contract/customers'
import { formatCount, useFormat } from '../../base/format'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { milesAYear, pointsOf, type Reading, readingsOf } from './odometer-readings'

const WIDTH = 640
const HEIGHT = 96

/** How the odometer went over the visits, as a line or as a table. */
export function OdometerPlot({ visits }: { visits: readonly Visit[] }) {
  const [asTable, setAsTable] = useState(false)
  const readings = readingsOf(visits)
  const yearly = milesAYear(readings)
  if (readings.length < 2) return null
  return (
    <Card
      title="Odometer"
      actions={
        <Button size="small" look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as line' : 'Show as table'}
        </Button>
      }
    >
      {asTable ? <ReadingsTable readings={readings} /> : <ReadingsLine readings={readings} />}
      {yearly !== undefined && <p className="mt-2 text-sm text-muted">About {formatCount(yearly)} miles a year.</p>}
    </Card>
  )
}

function ReadingsLine({ readings }: { readings: readonly Reading[] }) {
  const format = useFormat()
  const points = pointsOf(readings, WIDTH, HEIGHT)
  const [first, last] = [readings[0], readings.at(-1)]
  if (!first || !last) return null
  const summary = `From ${formatCount(first.miles)} miles on ${format.date(first.at)} to ${formatCount(last.miles)} on ${format.date(last.at)}, ${readings.length} readings.`
  return (
    <div className="flex flex-col gap-1">
      <svg viewBox={`-6 -6 ${WIDTH + 12} ${HEIGHT + 12}`} role="img" aria-label={summary} className="h-28 w-full text-accent-ink">
        <polyline
          points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinejoin="round"
        />
        {points.map(({ reading, x, y }) => (
          <circle key={reading.orderId} cx={x} cy={y} r="4" fill="currentColor">
            <title>{`${format.date(reading.at)}: ${formatCount(reading.miles)} miles (${reading.orderNumber})`}</title>
          </circle>
        ))}
      </svg>
      <div aria-hidden="true" className="flex justify-between text-sm text-muted tabular-nums">
        <span>
          {format.date(first.at)}: {formatCount(first.miles)} mi
        </span>
        <span>
          {format.date(last.at)}: {formatCount(last.miles)} mi
        </span>
      </div>
    </div>
  )
}

function ReadingsTable({ readings }: { readings: readonly Reading[] }) {
  const format = useFormat()
  return (
    <table className="w-full max-w-md">
      <thead>
        <tr className="text-left text-sm text-muted">
          <th scope="col" className="py-1 font-medium">
            Date
          </th>
          <th scope="col" className="py-1 font-medium">
            Repair order
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Miles
          </th>
        </tr>
      </thead>
      <tbody>
        {readings.toReversed().map((reading) => (
          <tr key={reading.orderId} className="border-t border-line">
            <td className="py-1">{format.date(reading.at)}</td>
            <td className="py-1">{reading.orderNumber}</td>
            <td className="py-1 text-right tabular-nums">{formatCount(reading.miles)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
