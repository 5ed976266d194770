import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Order } from '../../../src-preload/contract/orders'
import { sentenceFor } from '../../base/errors'
import { newId } from '../../base/new-id'
import { Autocomplete } from '../../components/autocomplete'
import { Field } from '../../components/field'
import { Kbd } from '../../components/kbd'
import { showToast } from '../../components/toast'
import { asked, type CannedJob, chosenLines, fitting } from './canned-jobs'
import { CannedOptions } from './canned-options'
import { useDesk } from './order-desk'
import { addCannedJob, addJob, offersQuery, removeJob } from './orders-api'

interface NewJobProps {
  order: Order
  /** without an id nothing was added; `isCanned`: it came with its lines */
  onDone: (jobId?: string, isCanned?: boolean) => void
}

/** Adding a job by its name or a canned one; what is asked before a canned one is added. */
function useNewJob({ order, onDone }: NewJobProps, name: string) {
  const { withApproval } = useDesk()
  const [jobId] = useState(newId)
  const [options, setOptions] = useState<CannedJob>()
  const { data: offers } = useQuery(offersQuery)
  const items = fitting(offers?.cannedJobs ?? [], name)
  const adding = useMutation({ mutationFn: () => addJob({ orderId: order.id, jobId, name }), onSuccess: () => onDone(jobId) })
  const canned = useMutation({
    mutationFn: ({ job, picked }: { job: CannedJob; picked: ReadonlySet<string> }) =>
      addCannedJob({ orderId: order.id, jobId, cannedJobId: job.id, lines: chosenLines(job, picked, newId) }),
    onSuccess: (_, { job }) => {
      showToast(`Added: ${job.name}`, {
        undo: () => void removeJob({ jobId }, withApproval).catch((error: unknown) => showToast(sentenceFor(error), { isTrouble: true })),
      })
      onDone(jobId, true)
    },
  })
  const choose = (job: CannedJob): void => {
    if (asked(job).length > 0) setOptions(job)
    else canned.mutate({ job, picked: new Set() })
  }
  const enter = (): void => {
    const code = name.trim().toUpperCase()
    const byCode = items.find((job) => job.code !== '' && job.code.toUpperCase() === code)
    if (byCode) choose(byCode)
    else if (code !== '') adding.mutate()
  }
  return {
    items,
    options,
    setOptions,
    choose,
    enter,
    canned,
    isBusy: adding.isPending || canned.isPending,
    error: adding.error ?? canned.error,
  }
}

/** A job by its name, or a canned one with its lines: Down chooses it, or its code and Enter. */
export function NewJob(props: NewJobProps) {
  const { onDone } = props
  const [name, setName] = useState('')
  const { items, options, setOptions, choose, enter, canned, isBusy, error } = useNewJob(props, name)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the box is the control; this only hears its Esc
    <div
      className="rounded-lg border border-line bg-surface p-4 shadow-card"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        onDone()
      }}
    >
      <Field
        label="New job"
        hint="What is sold, in the customer’s words: “Front brakes”. Enter adds it, Down chooses a canned job, Esc gives up."
        error={error?.fieldMessage('name') ?? error?.message}
      >
        <Autocomplete
          autoFocus
          text={name}
          onTextChange={(text) => setName(text.slice(0, 200))}
          items={items}
          itemKey={(job) => job.id}
          renderItem={(job) => <CannedRow job={job} />}
          footer={
            <>
              <Kbd keys="ArrowDown" /> chooses a canned job, or its code and <Kbd keys="Enter" />; else <Kbd keys="Enter" /> adds “
              {name.trim()}” without lines
            </>
          }
          onChoose={choose}
          onEnter={() => {
            if (!isBusy) enter()
          }}
          onBlur={() => {
            if (name.trim() === '' && !options) onDone()
          }}
        />
      </Field>
      {options && (
        <CannedOptions
          job={options}
          isBusy={canned.isPending}
          error={canned.error}
          onCancel={() => setOptions(undefined)}
          onAdd={(picked) => canned.mutate({ job: options, picked })}
        />
      )}
    </div>
  )
}

function CannedRow({ job }: { job: CannedJob }) {
  return (
    <span className="flex items-center gap-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{job.name}</span>
        <span className="block truncate text-sm text-muted">{job.lines.map(({ description }) => description).join(' · ')}</span>
      </span>
      {job.category && <span className="shrink-0 text-sm text-muted">{job.category}</span>}
      {job.code && <span className="w-16 shrink-0 text-right text-sm font-medium">{job.code}</span>}
    </span>
  )
}
