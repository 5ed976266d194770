import { useMutation } from '@tanstack/react-query'
import type { Job, Line, NewLine, Order } from '../../../src-preload/contract/orders'
import { showToast } from '../../components/toast'
import type { OrderDesk } from './order-desk'
import type { ReasonRequest } from './use-reason'
import { addJob, addLines, decide, removeJob, removeLine, updateJob } from './orders-api'

type Decision = 'approved' | 'declined' | 'quoted'

/** A job, or one line. `name` = its words, for the question. */
export type DecisionTarget = { jobId: string; name: string } | { lineId: string; name: string }

export interface WorkSteps {
  decide: (target: DecisionTarget, decision: Decision) => Promise<void>
  removeLine: (line: Line) => Promise<void>
  removeJob: (job: Job) => Promise<void>
  error: Error | null
}

const UNDO_REASON = 'Brought back after it was removed.'

/** A line as it was typed, to be added again; what else it was the program knows. */
function asNewLine(line: Line): NewLine {
  const { status: _s, totalCents: _t, declinedReason: _d, sortOrder: _o, priceSource: _p, terms: _w, id, ...fields } = line
  // Whatever is not a field of a new line would be refused.
  return { ...fields, lineId: id, reason: line.type === 'discount' ? UNDO_REASON : '' }
}

/** Decisions and removals, with a way back for each. */
export function useWorkSteps({ order, askReason, withApproval }: OrderDesk): WorkSteps {
  const step = useMutation({ mutationFn: (work: () => Promise<unknown>) => work() })
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await step.mutateAsync(work)
    } catch {
      // the mutation keeps the error; the screen shows it
    }
  }

  const bringBack = async (lines: readonly Line[]): Promise<void> => {
    if (lines.length === 0) return
    await addLines({ orderId: order.id, lines: lines.map(asNewLine), broughtBack: true }, withApproval)
    for (const line of lines) {
      if (line.status === 'approved' || line.status === 'declined')
        await decide(
          {
            orderId: order.id,
            lineId: line.id,
            decision: line.status,
            was: [{ lineId: line.id, status: 'quoted' }],
            reason: line.declinedReason,
          },
          withApproval,
        )
    }
  }

  const bringBackJob = async (job: Job, lines: readonly Line[]): Promise<void> => {
    await addJob({ orderId: order.id, jobId: job.id, name: job.name })
    const { complaint, cause, correction } = job
    if (complaint || cause || correction) {
      await updateJob({ jobId: job.id, was: { complaint: '', cause: '', correction: '' }, now: { complaint, cause, correction } })
    }
    await bringBack(lines)
  }

  return {
    error: step.error,
    decide: ({ name, ...target }, decision) =>
      attempt(async () => {
        const meant = order.lines.filter((line) => ('jobId' in target ? line.jobId === target.jobId : line.id === target.lineId))
        const was = meant.map(({ id, status }) => ({ lineId: id, status }))
        const says = (reason: string, seen = was): Promise<Order> =>
          decide({ orderId: order.id, ...target, decision, was: seen, reason }, withApproval)
        if (decision !== 'declined') return says('')
        if (isAgreed(order, meant)) return says(await askReason(whyTakenBack(name)))
        const after = await says('')
        const reason = await askReason(whyDeclined(name)).catch(() => '')
        const seen = was.map(({ lineId }) => ({ lineId, status: statusOf(after, lineId) }))
        return reason === '' ? after : says(reason, seen)
      }),
    removeLine: (line) =>
      attempt(async () => {
        const reason = isAgreed(order, [line]) ? await askReason(whyRemoved(line.description)) : ''
        await removeLine({ lineId: line.id, reason }, withApproval)
        showToast(`Removed: ${line.description}`, { undo: () => void attempt(() => bringBack([line])) })
      }),
    removeJob: (job) =>
      attempt(async () => {
        const lines = linesOf(order, job.id)
        const reason = isAgreed(order, lines) ? await askReason(whyRemoved(job.name)) : ''
        await removeJob({ jobId: job.id, reason }, withApproval)
        showToast(`Removed: ${job.name}`, { undo: () => void attempt(() => bringBackJob(job, lines)) })
      }),
  }
}

function statusOf({ lines }: Order, lineId: string): Line['status'] {
  return lines.find(({ id }) => id === lineId)?.status ?? 'declined'
}

/** Whether the customer may have agreed to some of this: then it is told in the order's log who took it off, and why. */
function isAgreed({ authorizations }: Order, lines: readonly Line[]): boolean {
  return (
    authorizations.length > 0 && lines.some(({ status, type }) => type !== 'discount' && (status === 'approved' || status === 'completed'))
  )
}

function whyTakenBack(name: string): ReasonRequest {
  const description = 'The customer authorized this before. The reason stands in the order’s log.'
  return { title: `Decline “${name}”?`, description, label: 'Why?', confirm: 'Decline', danger: true }
}

/** Asked when it is declined already: a no is one key, and nobody has to tell why. */
function whyDeclined(name: string): ReasonRequest {
  const description = 'It left the total. The reason is told when the work is offered again.'
  return { title: `Declined: “${name}”`, description, label: 'Why?', confirm: 'Keep the reason', cancel: 'No reason', optional: true }
}

function whyRemoved(name: string): ReasonRequest {
  const description = 'The customer authorized this. The reason stands in the order’s log.'
  return { title: `Remove “${name}”?`, description, label: 'Why?', confirm: 'Remove' }
}

/** Lines of a job in their order; null = lines without a job. */
export function linesOf(order: Pick<Order, 'lines'>, jobId: string | null): Line[] {
  return order.lines.filter((line) => line.jobId === jobId)
}
