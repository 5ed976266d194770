import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import type { PrintJob } from '../../../src-preload/contract/printing'
import { client } from '../../base/client'
import { queryClient } from '../../base/query-client'

const papersQuery = queryOptions({ queryKey: ['printing', 'papers', {}], queryFn: () => client.printing.papers({}) })
const jobsQuery = (paymentId: string) =>
  queryOptions({ queryKey: ['printing', 'jobs', paymentId], queryFn: () => client.printing.jobs({ paymentId }), staleTime: 0 })

/** What was printed for a payment, or is being printed, and how to print its receipt. */
export interface Receipts {
  /** a receipt printer is chosen for this station */
  readonly hasPrinter: boolean
  /** the last receipt of this payment that was asked for */
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

/** @param paymentId empty while there is no payment */
export function useReceipts(paymentId: string): Receipts {
  const { data: papers } = useQuery(papersQuery)
  const hasPrinter = typeof papers?.receipt.printerId === 'string'
  const { data: jobs = [] } = useQuery({ ...jobsQuery(paymentId), enabled: hasPrinter && paymentId !== '' })
  const look = (): Promise<void> => queryClient.invalidateQueries({ queryKey: jobsQuery(paymentId).queryKey })
  const printing = useMutation({ mutationFn: () => client.printing.receipt({ paymentId }), onSettled: look })
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

/** A copy of the receipt that this station printed last; answers with how that ended. */
export async function reprintLast(): Promise<PrintJob> {
  let job = await client.printing.reprintLast({})
  for (let looks = 0; looks < LOOKS && !SETTLED.has(job.state); looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const jobs = await client.printing.jobs({ paymentId: job.paymentId })
    job = jobs.find(({ id }) => id === job.id) ?? job
  }
  return job
}
