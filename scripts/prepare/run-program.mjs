import { spawn } from 'node:child_process'
import { adopt } from './children.mjs'
import { shareLock } from './hold-lock.mjs'
import { root } from './project.mjs'

/**
 * Runs a program to its end and keeps what it prints. Never throws: a program that cannot be started ends with code 127.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ timeoutSeconds?: number, env?: Record<string, string>, shell?: boolean, folder?: string }} [options]
 * @returns {Promise<{ code: number | null, signal: string | null, timedOut: boolean, output: string }>} output: stdout and stderr as they came
 */
export function runProgram(command, parameters, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, {
      cwd: options.folder ?? root,
      env: { ...process.env, ...options.env },
      shell: options.shell ?? false,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    adopt(child)
    shareLock(child.pid)
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    let timedOut = false
    const onLimit = () => {
      timedOut = true
      child.kill('SIGKILL')
    }
    const limit = options.timeoutSeconds ? setTimeout(onLimit, options.timeoutSeconds * 1000) : undefined
    const finish = (code, signal, extra = '') => {
      clearTimeout(limit)
      resolve({ code, signal, timedOut, output: Buffer.concat(chunks).toString('utf8') + extra })
    }
    child.on('error', (error) => finish(127, null, `${error.message}\n`))
    child.on('close', (code, signal) => finish(code, signal))
  })
}
