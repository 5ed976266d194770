import type { BilledJob } from '../../../src-preload/contract/invoices'
import { formatHundredths, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { Amount } from '../../components/amount'
import { Card } from '../../components/card'

// The edges stand under those of the payments below.
const head = 'px-3 pb-1.5 text-sm font-medium text-muted'
const figure = 'px-3 py-1 text-right align-top tabular-nums'

/** What was billed, job by job, as it was when the invoice was issued. */
export function BilledWork({ jobs }: { jobs: readonly BilledJob[] }) {
  if (jobs.length === 0) return null
  return (
    <Card title="Work and parts">
      <table className="w-full border-collapse">
        <thead>
          <tr>
            <th scope="col" className={`${head} text-left`}>
              Description
            </th>
            <th scope="col" className={`${head} w-16 text-right`}>
              Qty
            </th>
            <th scope="col" className={`${head} w-24 text-right max-sm:hidden`}>
              Price
            </th>
            <th scope="col" className={`${head} w-28 text-right`}>
              Total
            </th>
          </tr>
        </thead>
        {jobs.map((job, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- an issued invoice never changes: its jobs stay in their places
          <JobLines key={at} job={job} />
        ))}
      </table>
    </Card>
  )
}

function JobLines({ job: { name, lines } }: { job: BilledJob }) {
  return (
    <tbody className="border-t border-line">
      {name !== '' && (
        <tr>
          <th scope="rowgroup" colSpan={4} className="px-3 pt-2 text-left font-semibold">
            {name}
          </th>
        </tr>
      )}
      {lines.map(({ type, description, quantityHundredths, unitPriceCents, totalCents }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- nor do its lines move
        <tr key={at} className="last:[&>td]:pb-2">
          <td className="px-3 py-1 align-top">{description}</td>
          <td className={figure}>{formatHundredths(quantityHundredths)}</td>
          <td className={`${figure} max-sm:hidden`}>
            <Amount cents={unitPriceCents} bare />
          </td>
          <td className={figure}>
            <Amount cents={type === 'discount' ? subtractCents(ZERO, totalCents) : totalCents} bare />
          </td>
        </tr>
      ))}
    </tbody>
  )
}
