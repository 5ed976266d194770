import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { buildProgram } from '../testing/build-program'
import { startVictim } from '../testing/start-victim'
import { identifyProcess } from './process-identity'
import { acquireFolderLock, holdsFolderLock, type FolderLock } from './server-lock'

let folder: string
let victim: Awaited<ReturnType<typeof buildProgram>>

beforeAll(async () => {
  victim = await buildProgram(join(import.meta.dirname, '../testing/victim.ts'))
})
afterAll(() => victim.remove())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterbay-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function taken(): FolderLock {
  const attempt = acquireFolderLock(folder)
  if (!('lock' in attempt)) throw new Error(`held by ${attempt.heldBy.pid}`)
  return attempt.lock
}

test('the second starter learns who is first and where', () => {
  const lock = taken()
  expect(acquireFolderLock(folder)).toEqual({ heldBy: { pid: process.pid, url: null } })
  lock.announce('http://127.0.0.1:4000')
  expect(acquireFolderLock(folder)).toEqual({ heldBy: { pid: process.pid, url: 'http://127.0.0.1:4000' } })
  expect(holdsFolderLock(folder)).toBe(true)
  expect(statSync(join(folder, 'counterbay.lock')).mode & 0o777).toBe(0o600)
  lock.release()
  expect(holdsFolderLock(folder)).toBe(false)
  taken().release()
  expect(readdirSync(folder)).toEqual([])
})

test('a killed holder does not keep the folder', async () => {
  const program = await startVictim(victim.file, 'lock', folder)
  expect(program.said).toBe('locked')
  expect(acquireFolderLock(folder)).toEqual({ heldBy: { pid: program.pid, url: 'http://127.0.0.1:4711' } })
  await program.kill()
  taken().release()
})

test('a process that merely has the number of the dead holder does not keep the folder', () => {
  const startId = identifyProcess(process.ppid)?.startId
  writeFileSync(join(folder, 'counterbay.lock'), JSON.stringify({ pid: process.ppid, startId: 'another start', claim: 'a', url: null }))
  const lock = taken()
  expect(JSON.parse(readFileSync(join(folder, 'counterbay.lock'), 'utf8'))).toMatchObject({ pid: process.pid })
  lock.release()
  writeFileSync(join(folder, 'counterbay.lock'), JSON.stringify({ pid: process.ppid, startId, claim: 'b', url: null }))
  expect(acquireFolderLock(folder)).toEqual({ heldBy: { pid: process.ppid, url: null } })
})

test('a torn file, as a power cut leaves it, does not keep the folder', () => {
  writeFileSync(join(folder, 'counterbay.lock'), '{"pid":12')
  taken().release()
})

test('one who is killed while he takes over is succeeded in turn', () => {
  const file = join(folder, 'counterbay.lock')
  const dead = (claim: string): string => JSON.stringify({ pid: 2 ** 22 - 1, startId: 'long ago', claim, url: null })
  writeFileSync(file, dead('first'))
  writeFileSync(`${file}.after-first`, dead('second'))
  const lock = taken()
  expect(readdirSync(folder)).toEqual(['counterbay.lock'])
  lock.release()
})

test('while another takes over from the dead holder, the folder is his', () => {
  const file = join(folder, 'counterbay.lock')
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 - 1, startId: 'long ago', claim: 'dead', url: null }))
  const startId = identifyProcess(process.ppid)?.startId
  writeFileSync(`${file}.after-dead`, JSON.stringify({ pid: process.ppid, startId, claim: 'taking over', url: null }))
  expect(acquireFolderLock(folder)).toEqual({ heldBy: { pid: process.ppid, url: null } })
})

test('of several that find a dead holder at once, exactly one wins, in every of 60 rounds', async () => {
  // Each process runs through the rounds at full speed; the folders of all rounds hold the lock of a dead process.
  const rounds = 60
  for (let round = 0; round < rounds; round += 1) {
    mkdirSync(join(folder, String(round)))
    writeFileSync(
      join(folder, String(round), 'counterbay.lock'),
      JSON.stringify({ pid: 2 ** 22 - 1, startId: 'long ago', claim: 'dead', url: null }),
    )
  }
  const startAt = String(Date.now() + 1500)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, () => startVictim(victim.file, 'lock-many', folder, String(rounds), startAt)),
  )
  const programs = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  await Promise.all(programs.map((program) => program.kill()))
  expect(programs).toHaveLength(4)
  const won = programs.flatMap(({ said }) => JSON.parse(said) as number[]).sort((a, b) => a - b)
  expect(won).toEqual(Array.from({ length: rounds }, (_, round) => round))
})
