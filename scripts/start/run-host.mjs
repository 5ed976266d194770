import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { onEndRequest } from '../prepare/on-end-request.mjs'
import { root } from '../prepare/project.mjs'

/**
 * Ctrl+C reaches everybody: on Windows every program of the console, elsewhere every process of the foreground group. On Windows that is how
 * the application hears of it, and to "send" it a signal there would kill it on the spot, its database left running. Elsewhere it gets a
 * group of its own and hears of it from us alone: Chromium's helpers would otherwise end before the window has stored what was typed.
 */
const hearsByItself = process.platform === 'win32'

/**
 * Runs the application until it ends. The first request to end is passed on, once: how long its end takes is its own matter.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ onLine?: (line: string) => void }} [options] onLine sees each line of stdout, which is shown all the same
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null, ms: number }>} code as a shell would give it
 */
export function runHost(program, parameters, { onLine } = {}) {
  const startedAt = Date.now()
  const child = spawn(program, parameters, {
    cwd: root,
    stdio: ['ignore', onLine === undefined ? 'inherit' : 'pipe', 'inherit'],
    detached: !hearsByItself,
  })
  let asked = false
  const stopPassingOn = onEndRequest((signal) => {
    if (!asked && !hearsByItself) child.kill(signal)
    asked = true
  })
  if (onLine !== undefined) showLines(child.stdout, onLine)
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      stopPassingOn()
      reject(error)
    })
    child.on('close', (code, signal) => {
      stopPassingOn()
      resolve({ code: code ?? 128 + constants.signals[signal], signal, ms: Date.now() - startedAt })
    })
  })
}

function showLines(stream, onLine) {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (text) => {
    process.stdout.write(text)
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(onLine)
  })
}
