import { onEndRequest } from './on-end-request.mjs'

/** How long a child may take to end by itself after a signal before it is ended by force. */
const graceMs = 15_000

const children = new Set()
let isEnding = false

/**
 * Remembers a child until it ends, so that no command leaves one behind.
 * @template {import('node:child_process').ChildProcess} Child
 * @param {Child} child
 * @param {{ leadsGroup?: boolean }} [options] leadsGroup: it was started `detached`, and what it started in turn must not outlive it
 * @returns {Child}
 */
export function adopt(child, { leadsGroup = false } = {}) {
  children.add(child)
  child.once('exit', () => {
    children.delete(child)
    if (leadsGroup) endGroup(child.pid)
  })
  child.once('error', () => children.delete(child))
  if (isEnding) child.kill('SIGKILL')
  return child
}

function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // Nobody of the group is left: as it should be.
  }
}

const ended = (child) => new Promise((resolve) => child.once('exit', resolve))

/** Asks every child that still runs to end, waits, and ends by force what did not. */
export async function endChildren() {
  await Promise.all(
    [...children].map(async (child) => {
      const end = ended(child)
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await end
      clearTimeout(force)
    }),
  )
}

/**
 * Ctrl+C or a termination ends the children first, then this command.
 * @param {(signal: string) => void} [before] what else has to be said or removed
 * @returns {() => void} back to how signals were handled before
 */
export function endChildrenWhenInterrupted(before = () => {}) {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }
  return onEndRequest((signal) => {
    if (isEnding) return
    isEnding = true
    void endChildren().then(() => {
      before(signal)
      process.exit(codes[signal])
    })
  })
}
