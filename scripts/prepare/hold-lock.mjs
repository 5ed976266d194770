import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { say } from './project.mjs'

const pollMs = 200
const heartbeatMs = 2_000
/** Without a heartbeat for so long the number of the process belongs to another program by now (restart of the machine). */
const silentMs = 300_000

/** The lock this process holds now. */
let held = null

/**
 * A program that was started under the lock holds it too: should this process be killed, the next command waits for the program's end.
 * @param {number | undefined} pid
 */
export function shareLock(pid) {
  if (held !== null && pid !== undefined && existsSync(held)) appendFileSync(held, `\n${pid}`)
}

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
    const holders = holdersOf(file)
    if (holders === null) continue
    const alive = holders.find(isAlive)
    if (alive === undefined) {
      removeLockOf(file, holders)
      continue
    }
    if (!told) say(`Waiting for another command in this folder (process ${alive}) ...`)
    told = true
    await wait(pollMs)
  }
  const heartbeat = setInterval(() => existsSync(file) && utimesSync(file, new Date(), new Date()), heartbeatMs)
  heartbeat.unref()
  const release = () => {
    held = null
    rmSync(file, { force: true })
  }
  held = file
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

/** @returns {number[] | null} null when the lock has gone in the meantime; nobody when its holders have been silent for too long */
function holdersOf(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > silentMs) return []
    const pids = readFileSync(file, 'utf8').split('\n')
    return pids.map((pid) => Number.parseInt(pid, 10)).filter((pid) => pid > 0)
  } catch {
    return null
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** In a container nobody may collect the processes that ended: their numbers stay, but nothing runs. */
function isZombie(pid) {
  try {
    return /^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Removes the lock of dead holders; one that another command took in the meantime is put back. */
function removeLockOf(file, holders) {
  const aside = `${file}.${process.pid}.old`
  try {
    renameSync(file, aside)
    if (holdersOf(aside)?.join() !== holders.join()) linkSync(aside, file)
  } catch {
    // Another command was quicker: the next look at the lock decides.
  }
  rmSync(aside, { force: true })
}
