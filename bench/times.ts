import { setTimeout as sleep } from 'node:timers/promises'
import { idleShare } from './count-work'
import { percentile } from './measure-blocks'

/** Milliseconds of single samples. */
export interface Times {
  readonly p50: number
  readonly p95: number
  readonly samples: number
  /** the very first one, which does not count */
  readonly firstMs: number
  /** share of the machine that was idle just before and after, the smaller of the two */
  readonly idleBefore: number
}

/** What a sample set going behind its answer (a screen reads again what changed) is no neighbour's work. */
const SETTLED_MS = 500

async function idleAround(): Promise<number> {
  await sleep(SETTLED_MS)
  return idleShare()
}

/** One after the other; the first `warmUp` of them do not count. */
export async function timesOf<Input>(inputs: readonly Input[], warmUp: number, measure: (input: Input) => Promise<number>): Promise<Times> {
  const ms: number[] = []
  let idleBefore = 1
  for (const [at, input] of inputs.entries()) {
    if (at === warmUp) idleBefore = await idleAround()
    ms.push(await measure(input))
  }
  idleBefore = Math.min(idleBefore, await idleAround())
  const counted = ms.slice(warmUp)
  const [firstMs = Number.NaN] = ms
  return { p50: percentile(counted, 0.5), p95: percentile(counted, 0.95), samples: counted.length, firstMs, idleBefore }
}
