import { readFileSync } from 'node:fs'
import { join } from 'node:path'
// sleeps because a call that is refused is tried again until the database is back
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../src-preload/contract/api'
import { sentenceOf } from '../../src-preload/contract/errors'
import type { Answer, Counter } from '../e2e/support/counter'
import { embeddedConnection, postmasterPid, violationsOf } from '../e2e/support/owner-sql'
import { newCar, setUpShop } from '../e2e/support/shop-work'
import { openSocket } from '../e2e/support/socket-counter'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'
import { killDatabase } from './kill-database'

let host: RunningHost
let counter: Counter

beforeAll(async () => {
  host = await startWebHost()
  counter = await setUpShop(host)
})

afterAll(async () => {
  if (host) await removeHost(host)
})

interface Outage {
  readonly refusals: readonly Answer[]
  readonly slowestMs: number
  readonly backAfterMs: number
}

/** Works on at the counter while `strike` takes the database away, until it is there again. */
async function workThrough(strike: () => Promise<void>): Promise<Outage> {
  const began = performance.now()
  const struck = strike()
  const refusals: Answer[] = []
  let slowestMs = 0
  for (;;) {
    const asked = performance.now()
    const answer = await counter.send('customers.list', {})
    slowestMs = Math.max(slowestMs, performance.now() - asked)
    if (answer.code !== 'OK') refusals.push(answer)
    else if (refusals.length > 0) break
    if (performance.now() - began > 30_000) throw new Error(`the database never came back; ${refusals.length} refusals`)
    await sleep(10)
  }
  await struck
  return { refusals, slowestMs: Math.round(slowestMs), backAfterMs: Math.round(performance.now() - began) }
}

/** Every answer meanwhile is the contract's: what happened, in a sentence, with a reference and without a stack, a path or a statement. */
function expectClearWords({ refusals, slowestMs, backAfterMs }: Outage): void {
  console.log(`database away: ${refusals.length} calls refused, slowest ${slowestMs} ms, back after ${backAfterMs} ms`)
  for (const { status, code, body } of refusals) {
    expect({ status, code }).toEqual({ status: 503, code: 'DATABASE_UNAVAILABLE' })
    expect(body).toEqual({
      defined: true,
      status: 503,
      code: 'DATABASE_UNAVAILABLE',
      message: sentenceOf('DATABASE_UNAVAILABLE'),
      data: { reference: expect.stringMatching(/^[0-9a-f]{8}$/) },
    })
  }
  expect(slowestMs).toBeLessThan(5_000)
}

describe('the database goes away in mid-use', () => {
  it('killed: says so at once, comes back by itself, and every screen looks again', async () => {
    const { customerId } = await newCar(counter.api)
    const screen = await openSocket(counter)
    const heard: Change[] = []
    const listening = (async () => {
      for await (const change of await screen.api.live.changes()) heard.push(change)
    })()
    listening.catch(() => undefined)
    await expect.poll(() => heard.length).toBe(1) // the greeting

    expectClearWords(await workThrough(() => killDatabase(host.dataFolder)))
    await expect.poll(() => heard.filter(({ area }) => area === '*').length, { timeout: 15_000 }).toBeGreaterThan(1)

    const notes = (await counter.api.customers.get({ customerId })).notes
    await counter.api.customers.update({ customerId, was: { notes }, now: { notes: 'after the outage' } })
    await expect.poll(() => heard.some(({ area, id }) => area === 'customers' && id === customerId), { timeout: 5_000 }).toBe(true)
    screen.close()
  })

  it('restarted by its administrator: the same', async () => {
    const shutDown = async (): Promise<void> => {
      process.kill(postmasterPid(host.dataFolder), 'SIGINT') // PostgreSQL's "fast" shutdown: connections are ended with 57P01
    }
    expectClearWords(await workThrough(shutDown))
    expect(await violationsOf(embeddedConnection(host.dataFolder))).toEqual([])
  })

  it('keeps its log readable: facts about the loss, no flood of stack traces, no statement', () => {
    const lines = readFileSync(join(host.dataFolder, 'logs/counterbay.log'), 'utf8').trim().split('\n')
    const errors = lines.map((line) => JSON.parse(line) as { level: string; msg: string }).filter(({ level }) => level === 'error')
    expect(errors.some(({ msg }) => msg === 'the database ended unexpectedly')).toBe(true)
    expect(errors.length).toBeLessThan(20)
    expect(lines.join('\n')).not.toMatch(/SELECT |INSERT |UPDATE /)
  })
})
