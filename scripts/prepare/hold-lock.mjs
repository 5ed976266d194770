import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { say } from './project.mjs'

const pollMs = 200
const heartbeatMs = 2_000
/** Without a heartbeat for so long the number of the process belongs to another program by now (restart of the machine). */
const silentMs = 60_000

/**
 * Only one command at a time may install or build in a checkout. A lock of a process that is gone (kill -9, power cut) is taken over.
 * @template Result
 * @param {string} file
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function holdLock(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    const holder = holderOf(file)
    if (holder === null || (!isAlive(holder) && removeLockOf(file, holder))) continue
    if (!told) say(`Waiting for another command in this folder (process ${holder}) ...`)
    told = true
    await wait(pollMs)
  }
  const heartbeat = setInterval(() => existsSync(file) && utimesSync(file, new Date(), new Date()), heartbeatMs)
  heartbeat.unref()
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    process.off('exit', release)
    release()
  }
}

/** Appears with its content or not at all: a link, unlike a write, cannot be seen half done. */
function take(file) {
  const own = `${file}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

/** @returns {number | null} null when the lock has gone in the meantime; 0 when it is held by nobody any more */
function holderOf(file) {
  try {
    const isSilent = Date.now() - statSync(file).mtimeMs > silentMs
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return isSilent || !Number.isInteger(pid) ? 0 : pid
  } catch {
    return null
  }
}

function isAlive(pid) {
  if (pid === 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Removes a dead holder's lock; one that another command took in the meantime is put back. */
function removeLockOf(file, holder) {
  const aside = `${file}.${process.pid}.old`
  try {
    renameSync(file, aside)
    if (holderOf(aside) !== holder) linkSync(aside, file)
  } catch {
    // Another command was quicker: the next look at the lock decides.
  }
  rmSync(aside, { force: true })
  return true
}
