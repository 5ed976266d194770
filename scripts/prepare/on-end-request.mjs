const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
const parentPollMs = 250

/**
 * Calls back when this command is asked to end: by a signal, or by the end of the npm that started it. npm passes a signal on to the
 * shell between us, and that shell ends without telling us.
 * @param {(signal: string) => void} handler
 * @returns {() => void} back to how it was before
 */
export function onEndRequest(handler) {
  for (const signal of signals) process.on(signal, handler)
  const stopWatching = process.env.npm_lifecycle_event === undefined ? () => {} : onParentEnd(() => handler('SIGTERM'))
  return () => {
    stopWatching()
    for (const signal of signals) process.off(signal, handler)
  }
}

function onParentEnd(handler) {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    handler()
  }, parentPollMs)
  timer.unref()
  return () => clearInterval(timer)
}
