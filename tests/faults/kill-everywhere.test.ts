import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { afterMs } from './kill-points'
import { closeTrials, killEverywhere, openTrials, type Trial } from './kill-trial'
import {
  issuing,
  keepingOnAccount,
  paying,
  payingOut,
  payingWithCredit,
  refunding,
  refundingAndVoiding,
  returningCheck,
  voiding,
} from './money-deeds'
import { authorizing, declining, reviving } from './order-deeds'
import { handingOver, merging, parting, takingBack } from './record-deeds'

/** For a payment also across the time it takes: its reads and its answer. */
const byClock = [0, 2, 5, 9, 14, 20, 30].map(afterMs)

/** Strides so that all of it stays short; what writes most, a merge to every table that refers to customers, has the longest. */
const deeds = [
  ['issue', issuing, { stride: 2 }],
  ['payment', paying, { stride: 2, further: byClock }],
  ['refund', refunding, { stride: 2 }],
  ['refund and void', refundingAndVoiding, { stride: 2 }],
  ['credit kept on account', keepingOnAccount, { stride: 2 }],
  ['payment with account credit', payingWithCredit, { stride: 2 }],
  ['account credit paid out', payingOut, { stride: 2 }],
  ['check that came back', returningCheck, { stride: 2 }],
  ['void', voiding, {}],
  ['merge', merging, { stride: 4 }],
  ['undo of a merge', parting, { stride: 3 }],
  ['transfer', handingOver, { stride: 2 }],
  ['undo of a transfer', takingBack, { stride: 2 }],
  ['a yes to some jobs', authorizing, { stride: 4 }],
  ['a no', declining, { stride: 4 }],
  ['work brought back', reviving, { stride: 4 }],
] as const

/** Two shops of each victim, because a kill is mostly waiting for what starts again; each has every other deed, one after the other. */
const teams: { readonly trials: readonly Trial[]; busy: Promise<unknown> }[] = []
const told: string[] = []
let total = 0

beforeAll(async () => {
  for (const trials of await Promise.all([openTrials(), openTrials()])) teams.push({ trials, busy: Promise.resolve() })
})

afterAll(async () => {
  await closeTrials(teams.flatMap(({ trials }) => trials))
  console.log(`kill -9 at ${total} points (application + database): ${told.join(', ')}`)
})

describe.concurrent('kill -9 of the application and of the database', () => {
  it.each(deeds)('at the writes of %s: whole or not at all, and the same request does it once', async (name, prepare, options) => {
    const team = teams[deeds.findIndex(([each]) => each === name) % teams.length]!
    const work = team.busy.then(() => killEverywhere(team.trials, prepare, options))
    team.busy = work.catch(() => undefined)
    const { application, database } = await work
    total += application + database
    told.push(`${name} ${application} + ${database}`)
    expect(Math.min(application, database)).toBeGreaterThan(2)
  })
})
