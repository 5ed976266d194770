// sleeps because the moment of the kill is what these tests are about
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { ApiClient } from '../../src-preload/contract/api'
import { contentsOf, embeddedConnection, violationsOf, withOwner } from '../e2e/support/owner-sql'
import { openCounter, signedIn, type Answer, type Counter } from '../e2e/support/counter'
import { newShop, owner } from '../e2e/support/shop-work'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'
import { vinDataLoaded } from '../contract/vin-data'
import { killDatabase } from './kill-database'
import { afterCommit, beforeWrite, insideCommit, type KillPoint, layStops, type Victim } from './kill-points'

/** One request, ready to be sent. */
export interface Deed {
  readonly call: string
  readonly input: object
  /** whether everything it does is done */
  isWhole(api: ApiClient): Promise<boolean>
  /** tables in which its repetition writes the same again, with the time of now */
  readonly retouches?: readonly string[]
}

type Prepare = (api: ApiClient) => Promise<Deed>

/** A shop of its own, with its program and its database, of which one is the victim. */
export interface Trial {
  readonly victim: Victim
  host: RunningHost
  counter: Counter
}

/** What a start, a sign-in and who is there write by themselves. */
const BESIDES = new Set(['users', 'order_viewers'])

export async function openTrials(): Promise<readonly Trial[]> {
  return Promise.all((['application', 'database'] as const).map(openTrial))
}

export async function closeTrials(trials: readonly Trial[]): Promise<void> {
  await Promise.all(trials.map(({ host }) => removeHost(host)))
}

async function openTrial(victim: Victim): Promise<Trial> {
  const host = await startWebHost()
  const counter = await openCounter(host)
  await counter.api.session.setUpShop(newShop)
  await vinDataLoaded(counter)
  await layStops(embeddedConnection(host.dataFolder))
  return { victim, host, counter }
}

export interface Stride {
  /** of the writes, every how manyth the database is killed at */
  readonly stride?: number
  /** points beside the writes and the COMMIT */
  readonly further?: readonly KillPoint[]
}

/**
 * Kills the application of one trial and the database of the other, at writes of the deed, inside its COMMIT and behind it. After each:
 * either nothing at all is stored or all of it, the same request does it once, and every invariant holds. To the database a killed
 * application is one event wherever it comes, so that it is killed at every third of the database's points only.
 * @returns points by victim
 */
export async function killEverywhere(trials: readonly Trial[], prepare: Prepare, options: Stride): Promise<Record<Victim, number>> {
  const counts = await Promise.all(trials.map(async (trial) => [trial.victim, await killAlong(trial, prepare, options)] as const))
  return Object.fromEntries(counts) as Record<Victim, number>
}

async function killAlong(trial: Trial, prepare: Prepare, { stride = 1, further = [] }: Stride): Promise<number> {
  const step = trial.victim === 'database' ? stride : 3 * stride
  let points = 0
  for (let number = 1; await killAt(trial, beforeWrite(number), await prepare(trial.counter.api)); number += step) points += 1
  for (const point of [insideCommit, afterCommit, ...further]) {
    expect(await killAt(trial, point, await prepare(trial.counter.api)), point.name).toBe(true)
    points += 1
  }
  return points
}

/** @returns false when the deed has no such point: it was answered, and nothing was killed */
async function killAt(trial: Trial, point: KillPoint, deed: Deed): Promise<boolean> {
  const { call, input, retouches = [] } = deed
  const before = await contents(trial)
  let outcome: string | undefined
  let first: Promise<unknown> = Promise.resolve()
  const send = (): void => {
    first = trial.counter.send(call, input).then(
      ({ code }) => (outcome = code),
      () => (outcome = 'lost'),
    )
  }
  const { dataFolder } = trial.host
  const flight = {
    owner: embeddedConnection(dataFolder),
    superuser: embeddedConnection(dataFolder, 'superuser'),
    send,
    hasAnswer: () => outcome !== undefined,
  }
  const isKilled = await point.strike(flight, () => kill(trial))
  await first
  const about = { call, victim: trial.victim, point: point.name, outcome }
  if (!isKilled) {
    expect(about).toEqual({ ...about, outcome: 'OK' })
    return false
  }
  await recover(trial)
  const after = await contents(trial)
  const stored = differing(before, after)
  const isStored = stored.length > 0
  // Acknowledged is stored; else what must stand is what the moment says.
  const must = outcome === 'OK' ? true : point.stored(trial.victim)
  expect({ ...about, stored, isStored }).toEqual({ ...about, stored, isStored: must ?? isStored })
  if (isStored) expect({ ...about, isWhole: await deed.isWhole(trial.counter.api) }).toEqual({ ...about, isWhole: true })
  const again = await untilThere(trial, call, input)
  expect({ ...about, again: again.code }).toEqual({ ...about, again: 'OK' })
  const repeated = isStored ? differing(after, await contents(trial)).filter((table) => !retouches.includes(table)) : []
  expect({ ...about, repeated }).toEqual({ ...about, repeated: [] })
  expect({ ...about, isWhole: await deed.isWhole(trial.counter.api) }).toEqual({ ...about, isWhole: true })
  expect(await violationsOf(embeddedConnection(dataFolder))).toEqual([])
  return true
}

async function kill({ victim, host }: Trial): Promise<void> {
  await (victim === 'application' ? host.kill() : killDatabase(host.dataFolder))
}

/** An application starts again on its folder, as the next morning; a database comes back by itself. */
async function recover(trial: Trial): Promise<void> {
  if (trial.victim === 'application') {
    trial.host = await startWebHost({ dataFolder: trial.host.dataFolder })
    trial.counter = await signedIn(trial.host, owner.email, owner.password)
  }
  expect((await untilThere(trial, 'shop.bays', {})).code).toBe('OK')
}

async function untilThere({ counter }: Trial, call: string, input: object): Promise<Answer> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const answer = await counter.send(call, input)
    if (answer.code !== 'DATABASE_UNAVAILABLE' && answer.code !== 'BUSY') return answer
    if (performance.now() > deadline) throw new Error('the database never came back')
    await sleep(20)
  }
}

function contents({ host }: Trial): Promise<Record<string, string>> {
  return withOwner(embeddedConnection(host.dataFolder), (client) => contentsOf(client))
}

/** Names of the tables of which a row is another. */
function differing(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter((table) => !BESIDES.has(table) && before[table] !== after[table])
}
