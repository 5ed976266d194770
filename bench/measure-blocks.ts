import { type WorkCounter, type Work } from './count-work'

/** One run of an operation; `lap` ends a step of it that is timed by itself. */
export type Action = (lap: (step: string) => void) => Promise<void>

export interface Blocks {
  readonly blocks: number
  readonly perBlock: number
}

/** Milliseconds of each sample, and what the database was asked for in the median sample. */
export interface Figures {
  readonly p50: number
  readonly p95: number
  readonly statements: number
  readonly commits: number
}

export interface Comparison {
  /** 'whole', or a step of it */
  readonly step: string
  readonly floor: Figures
  readonly application: Figures
  /** median of the blocks' p50 ratios, application to floor */
  readonly ratio: number
  /** of this process per run of the application's side: parsing, checking and shaping outside PostgreSQL; whole operations only */
  readonly cpuMs: number
  readonly samples: number
}

interface Sample {
  readonly ms: number
  readonly work: Work
}

type Steps = Map<string, Sample[]>
type Runs = { readonly steps: Steps; readonly cpuMs: number }

const WHOLE = 'whole'

/** Blocks alternate floor, application, floor, application: a noisy neighbour hits both. */
export async function compare(
  floor: Action,
  application: Action,
  counter: WorkCounter,
  { blocks, perBlock }: Blocks,
): Promise<Comparison[]> {
  // Two blocks, so that both the compiler of this process and the server's plans have settled.
  await runBlock(floor, counter, perBlock * 2)
  await runBlock(application, counter, perBlock * 2)
  const sides: { floor: Runs; application: Runs }[] = []
  for (let block = 0; block < blocks; block += 1) {
    sides.push({ floor: await runBlock(floor, counter, perBlock), application: await runBlock(application, counter, perBlock) })
  }
  const steps = [...(sides[0]?.application.steps.keys() ?? [])]
  return steps.map((step) => {
    const samplesOf = (runs: Runs): Sample[] => runs.steps.get(step) ?? []
    const ratios = sides.map((side) => median(times(samplesOf(side.application))) / median(times(samplesOf(side.floor))))
    const floorSamples = sides.flatMap((side) => samplesOf(side.floor))
    const samples = sides.flatMap((side) => samplesOf(side.application))
    return {
      step,
      floor: figuresOf(floorSamples),
      application: figuresOf(samples),
      ratio: median(ratios),
      cpuMs: step === WHOLE ? median(sides.map((side) => side.application.cpuMs)) : 0,
      samples: samples.length,
    }
  })
}

async function runBlock(action: Action, counter: WorkCounter, runs: number): Promise<Runs> {
  const steps: Steps = new Map()
  const record = (step: string, sample: Sample): void => {
    const known = steps.get(step)
    if (known) known.push(sample)
    else steps.set(step, [sample])
  }
  const cpu = process.cpuUsage()
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now()
    const before = counter.now()
    let [last, lastWork] = [began, before]
    await action((step) => {
      const [now, work] = [performance.now(), counter.now()]
      record(step, { ms: now - last, work: difference(work, lastWork) })
      ;[last, lastWork] = [now, work]
    })
    record(WHOLE, { ms: performance.now() - began, work: difference(counter.now(), before) })
  }
  const { user, system } = process.cpuUsage(cpu)
  return { steps, cpuMs: (user + system) / 1000 / runs }
}

function figuresOf(samples: readonly Sample[]): Figures {
  const ms = times(samples)
  return {
    p50: median(ms),
    p95: percentile(ms, 0.95),
    statements: median(samples.map(({ work }) => work.statements)),
    commits: median(samples.map(({ work }) => work.commits)),
  }
}

const times = (samples: readonly Sample[]): number[] => samples.map(({ ms }) => ms)

const difference = (now: Work, before: Work): Work => ({
  statements: now.statements - before.statements,
  commits: now.commits - before.commits,
})

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value that `share` of all values do not exceed; NaN without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
