import { useRef, useState } from 'react'
import { ListPlus, Plus } from 'lucide-react'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { ErrorBanner } from '../../components/error-banner'
import { Kbd } from '../../components/kbd'
import { DeclinedOffers } from './declined-offers'
import { JobCard, LooseLines } from './job-card'
import { AccountCard } from './account-card'
import { NewJob } from './new-job'
import { ComplaintCard, NotesCard } from './notes-cards'
import { useDesk, whyLinesAreFixed } from './order-desk'
import { rowsOf, stepRow } from './row-places'
import { useRowFocus } from './use-row-focus'
import { type Adding, jobNow, useWorkKeys } from './use-work-keys'
import { useWorkScans } from './use-work-scans'
import { linesOf, useWorkSteps } from './use-work-steps'

/** Complaint, jobs with their lines, notes: the work itself. */
export function WorkTab() {
  const desk = useDesk()
  const { order, mayChangeLines, partsOnly } = desk
  const steps = useWorkSteps(desk)
  const [adding, setAdding] = useState<Adding | null>(null)
  const [namingJob, setNamingJob] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const { focusRow, watch } = useRowFocus(root, rowsOf(order))
  const startJob = (): void => setNamingJob(true)
  useWorkKeys({ root, desk, steps, adding, startAdding: setAdding, startJob })
  useWorkScans(desk, () => (adding ? adding.jobId : jobNow(order)))
  const fixed = whyLinesAreFixed(order)
  const loose = linesOf(order, null)
  const stopAdding = (): void => {
    const rows = rowsOf(order).filter((row) => (row.kind === 'job' ? row.id : row.jobId) === adding?.jobId)
    setAdding(null)
    focusRow(rows.at(-1))
  }
  const common = { steps, adding, startAdding: setAdding, stopAdding }

  return (
    <div ref={root} className="flex flex-col gap-4" {...watch}>
      <ComplaintCard />
      {fixed && order.lines.length > 0 && <Banner tone="info">{fixed}</Banner>}
      <ErrorBanner error={steps.error} />
      {mayChangeLines && !partsOnly && <DeclinedOffers desk={desk} />}
      {order.jobs.map((job) => (
        <JobCard key={job.id} job={job} lines={linesOf(order, job.id)} {...common} />
      ))}
      {(loose.length > 0 || adding?.jobId === null) && <LooseLines lines={loose} alone={order.jobs.length === 0} {...common} />}
      {order.jobs.length === 0 && loose.length === 0 && adding === null && !namingJob && <NothingYet mayAdd={mayChangeLines} />}
      {namingJob && (
        <NewJob
          order={order}
          onDone={(jobId, isCanned) => {
            setNamingJob(false)
            if (jobId && isCanned) focusRow({ kind: 'job', id: jobId })
            else if (jobId) setAdding({ jobId, type: 'labor' })
            else focusRow(stepRow(rowsOf(order), undefined, -1))
          }}
        />
      )}
      {mayChangeLines && !partsOnly && !namingJob && (
        <div>
          <Button icon={<Plus size={16} aria-hidden="true" />} keys="j" onClick={startJob}>
            Add job
          </Button>
        </div>
      )}
      <NotesCard />
      <AccountCard />
    </div>
  )
}

function NothingYet({ mayAdd }: { mayAdd: boolean }) {
  return (
    <div className="rounded-lg border border-dashed border-control">
      <EmptyState icon={ListPlus} title="Nothing on the estimate yet">
        {mayAdd ? (
          <p>
            <Kbd keys="j" /> starts a job, also a canned one with its lines. <Kbd keys="l" /> adds labor, <Kbd keys="p" /> a part,{' '}
            <Kbd keys="e" /> a fee, <Kbd keys="d" /> a discount. Enter goes on to the next field and the next line.
          </p>
        ) : (
          'Labor and parts will be listed here.'
        )}
      </EmptyState>
    </div>
  )
}
