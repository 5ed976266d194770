import { z } from 'zod'
import { Moment } from './call'
import { Cents } from './money'

/** What was said to each job, with its amount before tax; `name` is empty for lines without a job. */
export const JobAnswer = z.object({ name: z.string(), totalCents: z.int(), answer: z.enum(['yes', 'no']) })
export type JobAnswer = z.output<typeof JobAnswer>

/** What a yes of the customer was to. */
export const Answers = z.object({
  /** null for a yes of before this was kept */
  jobs: z.array(JobAnswer).nullish(),
  /** what the yes added to the estimate before it; null for the first one */
  added: z.array(z.object({ description: z.string(), totalCents: z.int() })).nullish(),
  /** whether the customer wants the replaced parts back (16 CCR 3355); null = not asked */
  oldPartsWanted: z.boolean().nullish(),
})

/** Agreed work that left the bill: who wrote it down, and who approved it when work was begun already (empty: nobody had to). */
export const TakenOff = z.object({
  at: Moment,
  byName: z.string(),
  approvedByName: z.string(),
  way: z.enum(['declined', 'removed', 'order_declined']),
  reason: z.string(),
  amountCents: Cents,
  work: z.array(z.string()),
})
export type TakenOff = z.output<typeof TakenOff>
