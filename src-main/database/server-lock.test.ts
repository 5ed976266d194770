import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
  writeFileSync(join(folder, 'counterbay.lock'), JSON.stringify({ pid: process.ppid, startId: 'another start', url: null }))
  const lock = taken()
  expect(JSON.parse(readFileSync(join(folder, 'counterbay.lock'), 'utf8'))).toMatchObject({ pid: process.pid })
  lock.release()
  writeFileSync(join(folder, 'counterbay.lock'), JSON.stringify({ pid: process.ppid, startId, url: null }))
  expect(acquireFolderLock(folder)).toEqual({ heldBy: { pid: process.ppid, url: null } })
})

test('a torn file, as a power cut leaves it, does not keep the folder', () => {
  writeFileSync(join(folder, 'counterbay.lock'), '{"pid":12')
  taken().release()
})

test('of several that find a dead holder at once, one wins', async () => {
  writeFileSync(join(folder, 'counterbay.lock'), JSON.stringify({ pid: 2 ** 22 - 1, startId: 'long ago', url: null }))
  const programs = await Promise.all(Array.from({ length: 4 }, () => startVictim(victim.file, 'lock', folder)))
  expect(programs.map(({ said }) => said).sort()).toEqual(['locked', 'refused', 'refused', 'refused'])
  await Promise.all(programs.map((program) => program.kill()))
})
