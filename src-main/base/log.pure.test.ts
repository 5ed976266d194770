import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { atMostOncePerSecond, createLog, describeError, rotateLog } from './log'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterbay-log-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

const lines = (): Record<string, unknown>[] =>
  readFileSync(join(folder, 'logs', 'counterbay.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('the log', () => {
  test('is one JSON object a line, readable by its owner alone', () => {
    createLog(folder, 'info').info({ call: 'orders.get', ms: 3 }, 'call')
    expect(lines()).toEqual([expect.objectContaining({ level: 'info', call: 'orders.get', ms: 3, msg: 'call', pid: process.pid })])
    expect(statSync(join(folder, 'logs', 'counterbay.log')).mode & 0o777).toBe(0o600)
  })

  test('blacks out secrets and people even when a caller hands them over', () => {
    createLog(folder, 'info').info({ pin: '123456', customer: { email: 'a@b.invalid', phone: '555-0100', id: 7 } }, 'call')
    expect(lines()[0]).toMatchObject({ pin: '[redacted]', customer: { email: '[redacted]', phone: '[redacted]', id: 7 } })
  })

  test('blacks them out below lists and objects, tells errors as facts, and ends in a circle of references', () => {
    const circle: Record<string, unknown> = { id: 1 }
    circle['self'] = circle
    const cause = Object.assign(new Error('no'), { code: '23505', detail: 'Key (email)=(jane@example.invalid)' })
    const at = new Date('2026-01-05T17:00:00Z')
    createLog(folder, 'info').info(
      { people: [{ id: 1, email: 'a@b.invalid' }, 'x', null], circle, cause, error: cause, at, none: null },
      'call',
    )
    expect(lines()[0]).toMatchObject({
      people: [{ id: 1, email: '[redacted]' }, 'x', null],
      circle: { id: 1, self: { id: 1, self: { id: 1, self: '[too deep]' } } },
      cause: { type: 'Error', message: 'no', code: '23505' },
      error: { type: 'Error', message: 'no', code: '23505' },
      at: '2026-01-05T17:00:00.000Z',
      none: null,
    })
    expect(JSON.stringify(lines())).not.toMatch(/jane|a@b/)
  })

  test('leaves out what is below its level', () => {
    const log = createLog(folder, 'warn')
    log.info({}, 'quiet')
    log.warn({}, 'loud')
    expect(lines().map(({ msg }) => msg)).toEqual(['loud'])
  })
})

test('an error is told without the data that PostgreSQL quotes', () => {
  const unique = Object.assign(new Error('duplicate key value violates unique constraint "users_email"'), {
    code: '23505',
    constraint: 'users_email',
    detail: 'Key (email)=(jane@example.invalid) already exists.',
  })
  expect(describeError(unique)).toMatchObject({ code: '23505', constraint: 'users_email' })
  const syntax = Object.assign(new Error('invalid input syntax for type integer: "Jane Doe"'), { code: '22P02' })
  const told = JSON.stringify([describeError(unique), describeError(new Error('outer', { cause: syntax }))])
  expect(told).not.toMatch(/jane|Jane/)
  expect(told).toContain('data exception 22P02')
})

describe('rotation', () => {
  test('moves a full file aside and keeps four', () => {
    const file = join(folder, 'a.log')
    for (const round of [1, 2, 3, 4, 5, 6]) {
      writeFileSync(file, `round ${round}`)
      rotateLog(file, 5)
    }
    expect(existsSync(file)).toBe(false)
    expect([1, 2, 3, 4].map((age) => readFileSync(`${file}.${age}`, 'utf8'))).toEqual(['round 6', 'round 5', 'round 4', 'round 3'])
    expect(existsSync(`${file}.5`)).toBe(false)
  })

  test('leaves a small file where it is', () => {
    const file = join(folder, 'a.log')
    writeFileSync(file, 'ab')
    rotateLog(file, 5)
    expect(readFileSync(file, 'utf8')).toBe('ab')
  })
})

test('trouble is written at most once a second, with the number of lines left out', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const written: [string, number][] = []
  const write = atMostOncePerSecond((message, suppressed) => written.push([message, suppressed]))
  for (let n = 0; n < 100; n += 1) write('gone')
  vi.advanceTimersByTime(1000)
  write('still gone')
  expect(written).toEqual([
    ['gone', 0],
    ['still gone', 99],
  ])
})
