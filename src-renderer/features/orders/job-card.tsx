import { type ReactNode, useState } from 'react'
import { Check, ChevronDown, ChevronRight, Trash2, Undo2, X } from 'lucide-react'
import type { Job, JobFields, Line } from '../../../src-preload/contract/orders'
import { useStoredField, type StoredField } from '../../base/use-stored-field'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { IconButton } from '../../components/icon-button'
import { TextInput } from '../../components/text-input'
import { Textarea } from '../../components/textarea'
import { jobState } from './job-state'
import { Revivals } from './revivals'
import { cellLook } from './line-look'
import { LineTable } from './line-table'
import { useDesk } from './order-desk'
import { updateJob } from './orders-api'
import { handleRowKey } from './row-keys'
import type { Adding } from './use-work-keys'
import type { WorkSteps } from './use-work-steps'

export interface JobPartProps {
  lines: readonly Line[]
  steps: WorkSteps
  adding: Adding | null
  startAdding: (adding: Adding) => void
  stopAdding: () => void
}

/** The keys count for the job that has the focus: only there are they shown. */
const capOfFocus = '[&_kbd]:hidden group-focus-within/head:[&_kbd]:inline-flex'

/** A job: what is sold as one, approved or declined as one. */
export function JobCard({ job, ...table }: JobPartProps & { job: Job }) {
  const { mayChangeLines, partsOnly } = useDesk()
  const name = useJobField(job, 'name')
  const [open, setOpen] = useState(false)
  const mayChange = mayChangeLines && !partsOnly
  return (
    <section aria-label={`Job ${job.name}`} className="rounded-lg border border-line bg-surface shadow-card">
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the head is one stop of the arrow keys */}
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys put the focus here, A and X decide from here
        tabIndex={0}
        onKeyDown={handleRowKey}
        data-job-head={job.id}
        className="group/head flex flex-wrap items-center gap-2 rounded-t-lg py-1.5 pr-3 pl-2 focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus focus-visible:outline-solid"
      >
        <IconButton
          icon={open ? <ChevronDown size={16} aria-hidden="true" /> : <ChevronRight size={16} aria-hidden="true" />}
          label="Complaint, cause and correction"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
        {mayChange ? (
          <Field label="Name of the job" hideLabel className="min-w-48 flex-1" {...name.field}>
            <TextInput {...name.input} maxLength={200} className={`${cellLook} border-transparent! text-lg! font-semibold`} />
          </Field>
        ) : (
          <h2 className="flex-1 text-lg font-semibold">{job.name}</h2>
        )}
        <Revivals lines={table.lines} />
        <JobDecision job={job} lines={table.lines} steps={table.steps} />
        <div className="ml-auto flex items-center gap-2">
          <Amount cents={job.totalCents} className="min-w-24 text-lg font-semibold" />
          {mayChange && jobState(table.lines) !== 'completed' && (
            <IconButton
              icon={<Trash2 size={16} aria-hidden="true" />}
              label={`Remove job ${job.name}`}
              onClick={() => void table.steps.removeJob(job)}
            />
          )}
        </div>
      </div>
      {open && <ThreeCs job={job} mayChange={mayChange} />}
      <LineTable label={`Lines of ${job.name}`} jobId={job.id} {...table} />
    </section>
  )
}

/** Lines that belong to no job. */
export function LooseLines({ alone, ...table }: JobPartProps & { alone: boolean }) {
  return (
    <section aria-label={alone ? 'Lines' : 'Lines without a job'} className="rounded-lg border border-line bg-surface shadow-card">
      {!alone && <h2 className="px-3 py-2 text-lg font-semibold">Without a job</h2>}
      <Revivals lines={table.lines} />
      <LineTable label="Lines without a job" jobId={null} {...table} />
    </section>
  )
}

function useJobField(job: Job, name: keyof JobFields): StoredField<string> {
  return useStoredField({
    value: job[name],
    name,
    multiline: name !== 'name',
    onStore: (now, was) => updateJob({ jobId: job.id, was: { [name]: was }, now: { [name]: now } }),
  })
}

function ThreeCs({ job, mayChange }: { job: Job; mayChange: boolean }) {
  return (
    <div className="grid gap-3 border-t border-line px-4 py-3 md:grid-cols-3">
      <JobText job={job} name="complaint" label="Complaint" mayChange={mayChange} />
      <JobText job={job} name="cause" label="Cause" mayChange={mayChange} />
      <JobText job={job} name="correction" label="Correction" mayChange={mayChange} />
    </div>
  )
}

function JobText({
  job,
  name,
  label,
  mayChange,
}: {
  job: Job
  name: 'complaint' | 'cause' | 'correction'
  label: string
  mayChange: boolean
}) {
  const text = useJobField(job, name)
  return (
    <Field label={label} {...text.field}>
      <Textarea {...text.input} readOnly={!mayChange} />
    </Field>
  )
}

function JobDecision({ job, lines, steps }: { job: Job; lines: readonly Line[]; steps: WorkSteps }): ReactNode {
  const { mayDecide } = useDesk()
  const state = jobState(lines)
  const target = { jobId: job.id, name: job.name }
  if (state === 'declined') {
    return (
      <span className="flex items-center gap-2">
        <span className="text-sm font-medium text-bad">Declined{job.declinedReason && `: ${job.declinedReason}`}</span>
        {mayDecide && (
          <Button size="small" icon={<Undo2 size={14} aria-hidden="true" />} onClick={() => void steps.decide(target, 'quoted')}>
            Quote again
          </Button>
        )}
      </span>
    )
  }
  if (state === 'empty' || state === 'completed') return null
  return (
    <span className="flex items-center gap-2">
      {state === 'approved' && <span className="text-sm font-medium text-good">Approved</span>}
      {mayDecide && state !== 'approved' && (
        <Button
          size="small"
          className={capOfFocus}
          icon={<Check size={14} aria-hidden="true" />}
          keys="a"
          onClick={() => void steps.decide(target, 'approved')}
        >
          Approve
        </Button>
      )}
      {mayDecide && (
        <Button
          size="small"
          className={capOfFocus}
          icon={<X size={14} aria-hidden="true" />}
          keys="x"
          onClick={() => void steps.decide(target, 'declined')}
        >
          Decline
        </Button>
      )}
    </span>
  )
}
