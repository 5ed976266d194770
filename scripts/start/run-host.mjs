import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { onEndRequest } from '../prepare/on-end-request.mjs'
import { root } from '../prepare/project.mjs'

/**
 * Runs the application until it ends. Signals are passed on, so that it can end itself in order, with its database.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ onLine?: (line: string) => void }} [options] onLine sees each line of stdout, which is shown all the same
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null, ms: number }>} code as a shell would give it
 */
export function runHost(program, parameters, { onLine } = {}) {
  const startedAt = Date.now()
  const child = spawn(program, parameters, { cwd: root, stdio: ['inherit', onLine === undefined ? 'inherit' : 'pipe', 'inherit'] })
  const stopPassingOn = onEndRequest((signal) => child.kill(signal))
  if (onLine !== undefined) showLines(child.stdout, onLine)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
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
