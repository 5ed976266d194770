import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { holdLock, shareLock } from './hold-lock.mjs'

let folder = ''
let lock = ''
/** No process has so high a number: Linux stops at 2^22. */
const nobody = String(2 ** 30)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterbay-lock-'))
  lock = join(folder, 'deep', 'prepare.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('lets one in after the other and leaves nothing behind', async () => {
  const story = []
  const work = (name) => async () => {
    story.push(`${name} in`)
    await Promise.resolve()
    story.push(`${name} out`)
  }
  await Promise.all([holdLock(lock, work('a')), holdLock(lock, work('b'))])
  expect(story).toEqual(['a in', 'a out', 'b in', 'b out'])
  expect(existsSync(lock)).toBe(false)
})

it('lets the next one in after a failure', async () => {
  await expect(holdLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await expect(holdLock(lock, () => Promise.resolve('fine'))).resolves.toBe('fine')
})

it('takes over from a process that is gone', async () => {
  await holdLock(lock, () => Promise.resolve())
  writeFileSync(lock, nobody)
  await expect(holdLock(lock, () => Promise.resolve('mine'))).resolves.toBe('mine')
})

it('waits for the program that a killed command left running', async () => {
  const orphan = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 400)'], { stdio: 'ignore' })
  await holdLock(lock, () => {
    shareLock(orphan.pid)
    copyFileSync(lock, `${lock}.kept`)
    return Promise.resolve()
  })
  writeFileSync(lock, readFileSync(`${lock}.kept`, 'utf8').replace(String(process.pid), nobody))
  await expect(holdLock(lock, () => Promise.resolve(orphan.exitCode))).resolves.toBe(0)
})

it('takes over from a number that another program has by now: no heartbeat for minutes', async () => {
  await holdLock(lock, () => Promise.resolve())
  writeFileSync(lock, String(process.pid))
  utimesSync(lock, new Date(0), new Date(0))
  await expect(holdLock(lock, () => Promise.resolve('mine'))).resolves.toBe('mine')
})
