/** How long a child may take to end by itself after a signal before it is ended by force. */
const graceMs = 15_000

const children = new Set()
let isEnding = false

/**
 * Remembers a child until it ends, so that no command leaves one behind.
 * @template {import('node:child_process').ChildProcess} Child
 * @param {Child} child
 * @returns {Child}
 */
export function adopt(child) {
  children.add(child)
  child.once('exit', () => children.delete(child))
  child.once('error', () => children.delete(child))
  if (isEnding) child.kill('SIGKILL')
  return child
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
  const onSignal = (signal) => {
    if (isEnding) return
    isEnding = true
    void endChildren().then(() => {
      before(signal)
      process.exit(codes[signal])
    })
  }
  for (const signal of Object.keys(codes)) process.on(signal, onSignal)
  return () => {
    for (const signal of Object.keys(codes)) process.off(signal, onSignal)
  }
}
