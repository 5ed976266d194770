import type { RefObject } from 'react'
import type { LineType } from '../../../src-preload/contract/orders'
import { useKey } from '../../base/keys'
import type { OrderDesk } from './order-desk'
import { jobState } from './job-state'
import { type RowPlace, rowsOf, stepRow } from './row-places'
import { linesOf, type WorkSteps } from './use-work-steps'

/** The line that is being typed: in which job (null = none), of which kind. */
export interface Adding {
  jobId: string | null
  type: LineType
}

interface WorkKeys {
  root: RefObject<HTMLElement | null>
  desk: OrderDesk
  steps: WorkSteps
  adding: Adding | null
  startAdding: (adding: Adding) => void
  startJob: () => void
}

/** The row of the work that has the focus, or has the focus inside it. */
export function focusedPlace(): RowPlace | undefined {
  const row = document.activeElement?.closest<HTMLElement>('[data-line], [data-job-head]')
  if (!row) return undefined
  const { line, jobHead, job } = row.dataset
  return line === undefined ? { kind: 'job', id: jobHead ?? '' } : { kind: 'line', id: line, jobId: job || null }
}

/** Puts the focus on a row of the work. */
export function focusPlace(root: HTMLElement | null, place: RowPlace | undefined): void {
  if (!place) return
  const selector = place.kind === 'line' ? `[data-line="${place.id}"]` : `[data-job-head="${place.id}"]`
  const row = root?.querySelector<HTMLElement>(selector)
  row?.focus()
  row?.scrollIntoView({ block: 'nearest' })
}

/** Where the next line goes: the job that has the focus, else the last one. */
export function jobNow(order: OrderDesk['order']): string | null {
  const place = focusedPlace()
  return place === undefined ? (order.jobs.at(-1)?.id ?? null) : place.kind === 'job' ? place.id : place.jobId
}

/** Keys of the work: adding, moving from row to row, deciding. */
export function useWorkKeys({ root, desk, steps, adding, startAdding, startJob }: WorkKeys): void {
  const { order, mayChangeLines, partsOnly, mayDecide } = desk
  const add = (type: LineType) => (): void => {
    startAdding({ jobId: jobNow(order), type })
  }
  const free = mayChangeLines && adding === null
  useKey({ keys: 'l', title: 'Add labor', run: add('labor') }, free && !partsOnly)
  useKey({ keys: 'p', title: 'Add a part', run: add('part') }, free)
  useKey({ keys: 'e', title: 'Add a fee', run: add('fee') }, free && !partsOnly)
  useKey({ keys: 'd', title: 'Add a discount', run: add('discount') }, free && !partsOnly)
  useKey({ keys: 'j', title: 'Add a job', run: startJob }, free && !partsOnly)
  useMoveKeys(root, desk)

  const decide = (decision: 'approved' | 'declined' | 'quoted') => (): void => {
    const place = focusedPlace()
    const line = place?.kind === 'line' ? order.lines.find(({ id }) => id === place.id) : undefined
    const job = place?.kind === 'job' ? order.jobs.find(({ id }) => id === place.id) : undefined
    if (line) void steps.decide({ lineId: line.id, name: line.description }, decision)
    else if (job) void steps.decide({ jobId: job.id, name: job.name }, decision)
  }
  useKey({ keys: 'a', title: 'Approve the chosen job or line', run: decide('approved') }, mayDecide)
  useKey({ keys: 'x', title: 'Decline the chosen job or line', run: decide('declined'), place: 'last' }, mayDecide)
  useKey({ keys: 'u', title: 'Take the answer to the chosen job or line back', run: decide('quoted') }, mayDecide)

  const remove = (): void => {
    const place = focusedPlace()
    const line = order.lines.find(({ id }) => place?.kind === 'line' && id === place.id)
    const job = order.jobs.find(({ id }) => place?.kind === 'job' && id === place.id)
    if (line && line.status !== 'completed') void steps.removeLine(line)
    else if (job && !partsOnly && jobState(linesOf(order, job.id)) !== 'completed') void steps.removeJob(job)
  }
  const terms = (): void => document.activeElement?.closest('[data-line]')?.querySelector<HTMLElement>('[data-terms]')?.click()
  useKey({ keys: 't', title: 'Warranty and returns of the chosen line', run: terms }, mayChangeLines)
  useKey({ keys: 'Delete', title: 'Remove the chosen job or line', run: remove, place: 'last' }, mayChangeLines)
}

/** Down and Up choose a job or line, Enter goes into it. */
function useMoveKeys(root: RefObject<HTMLElement | null>, { order }: OrderDesk): void {
  const move = (by: 1 | -1) => (): void => focusPlace(root.current, stepRow(rowsOf(order), focusedPlace(), by))
  const any = order.jobs.length + order.lines.length > 0
  useKey({ keys: 'ArrowDown', title: 'Next job or line', run: move(1) }, any)
  useKey({ keys: 'ArrowUp', title: 'Job or line before', run: move(-1) }, any)
}
