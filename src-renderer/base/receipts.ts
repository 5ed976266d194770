import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type { PrintJob, ReceiptOf } from '../../src-preload/contract/printing'
import { client } from './client'
import { queryClient } from './query-client'

const papersQuery = queryOptions({ queryKey: ['printing', 'papers', {}], queryFn: () => client.printing.papers({}) })
const jobsQuery = (of: ReceiptOf) =>
  queryOptions({
    queryKey: ['printing', 'jobs', of.payoutId ?? of.refundId ?? of.paymentId],
    queryFn: () => client.printing.jobs(of),
    staleTime: 0,
  })

/** What was printed for a payment, refund or pay-out, or is being printed, and how to print its receipt. */
export interface Receipts {
  /** a receipt printer is chosen for this station */
  readonly hasPrinter: boolean
  /** the last receipt of it that was asked for */
  readonly last: PrintJob | undefined
  readonly drawer: PrintJob | undefined
  /** the next one will be marked as a copy */
  readonly nextIsCopy: boolean
  readonly print: () => void
  /** tries the drawer again */
  readonly retry: (jobId: string) => void
  readonly busy: boolean
  readonly error: Error | null
}

/** Whether a receipt printer is chosen for this station. */
export function useHasReceiptPrinter(): boolean {
  const { data: papers } = useQuery(papersQuery)
  return typeof papers?.receipt.printerId === 'string'
}

const NOTHING: ReceiptOf = {}

/** @param about null while there is no payment */
export function useReceipts(about: ReceiptOf | null): Receipts {
  const of = about ?? NOTHING
  const hasPrinter = useHasReceiptPrinter()
  const { data: jobs = [] } = useQuery({ ...jobsQuery(of), enabled: hasPrinter && about !== null })
  const look = (): Promise<void> => queryClient.invalidateQueries({ queryKey: jobsQuery(of).queryKey })
  const printing = useMutation({ mutationFn: () => client.printing.receipt(of), onSettled: look })
  const retrying = useMutation({ mutationFn: (jobId: string) => client.printing.retry({ jobId }), onSettled: look })
  const last = jobs.findLast(({ kind }) => kind === 'receipt')
  const isUnderWay = last?.state === 'queued' || last?.state === 'printing'
  return {
    hasPrinter,
    last,
    drawer: jobs.find(({ kind }) => kind === 'drawer'),
    nextIsCopy: jobs.some(({ kind, state }) => kind === 'receipt' && state !== 'failed'),
    print: () => {
      if (!printing.isPending && !isUnderWay) printing.mutate()
    },
    retry: (jobId) => retrying.mutate(jobId),
    busy: printing.isPending || isUnderWay,
    error: printing.error ?? retrying.error,
  }
}

const SETTLED = new Set<PrintJob['state']>(['printed', 'failed', 'unsure'])
const LOOK_EVERY_MS = 400
const LOOKS = 50

/** Waits for the end of a job that was asked for. */
export async function endOf(job: PrintJob): Promise<PrintJob> {
  let now = job
  const { paymentId, refundId, payoutId } = job
  const of: ReceiptOf = payoutId !== null ? { payoutId } : { paymentId: paymentId ?? '', ...(refundId === null ? {} : { refundId }) }
  for (let looks = 0; looks < LOOKS && !SETTLED.has(now.state); looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const jobs = await client.printing.jobs(of)
    now = jobs.find(({ id }) => id === job.id) ?? now
  }
  return now
}
