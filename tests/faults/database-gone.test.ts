import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../src-preload/contract/api'
import { sentenceOf } from '../../src-preload/contract/errors'
import type { Counter } from '../e2e/support/counter'
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
  readonly refused: number
  readonly slowestMs: number
  readonly backAfterMs: number
}

/** Works on at the counter while `strike` takes the database away, until it is there again. */
async function workThrough(strike: () => Promise<void>): Promise<Outage> {
  const began = performance.now()
  const struck = strike()
  let refused = 0
  let slowestMs = 0
  for (;;) {
    const asked = performance.now()
    const { code, status, body } = await counter.send('customers.list', {})
    slowestMs = Math.max(slowestMs, performance.now() - asked)
    if (code === 'OK' && refused > 0) break
    if (code !== 'OK') {
      refused += 1
      expect({ code, status }).toEqual({ code: 'DATABASE_UNAVAILABLE', status: 503 })
      expect(body).toMatchObject({ message: sentenceOf('DATABASE_UNAVAILABLE'), data: { reference: expect.stringMatching(/^[0-9a-f]{8}$/) } })
    }
    if (performance.now() - began > 30_000) throw new Error(`the database never came back; ${refused} refusals`)
    await sleep(10)
  }
  await struck
  return { refused, slowestMs: Math.round(slowestMs), backAfterMs: Math.round(performance.now() - began) }
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

    const outage = await workThrough(() => killDatabase(host.dataFolder))
    console.log('database killed:', outage)
    expect(outage.slowestMs).toBeLessThan(5_000)
    await expect.poll(() => heard.filter(({ area }) => area === '*').length, { timeout: 15_000 }).toBeGreaterThan(1)

    const notes = (await counter.api.customers.get({ customerId })).notes
    await counter.api.customers.update({ customerId, was: { notes }, now: { notes: 'after the outage' } })
    await expect.poll(() => heard.some(({ area, id }) => area === 'customers' && id === customerId), { timeout: 5_000 }).toBe(true)
    screen.close()
  })

  it('restarted by its administrator: the same', async () => {
    const outage = await workThrough(async () => {
      process.kill(postmasterPid(host.dataFolder), 'SIGINT') // PostgreSQL's "fast" shutdown: connections are ended with 57P01
    })
    console.log('database shut down:', outage)
    expect(outage.slowestMs).toBeLessThan(5_000)
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
