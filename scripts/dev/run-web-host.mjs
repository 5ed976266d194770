import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { inProject, root } from '../prepare/project.mjs'
import { hostWords, readyLine } from '../start/read-flags.mjs'

/**
 * Starts the built web host and waits until it is ready.
 * @param {import('../start/read-flags.mjs').Flags} flags
 * @param {string | null} port
 * @returns {Promise<{ origin: string, fragment: string, end: () => Promise<number> }>} fragment: with the token that opens the program once
 */
export async function runWebHost(flags, port) {
  const words = [inProject('out', 'main', 'web.js'), ...hostWords(flags), ...(port === null ? [] : ['--port', port])]
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  const url = await Promise.race([readyUrl(child.stdout), ended])
  if (typeof url === 'number') throw new Error(`The web host ended with ${url} before it was ready`)
  const { origin, hash } = new URL(url)
  return {
    origin,
    fragment: hash,
    end: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

function readyUrl(stdout) {
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const url = readyLine.exec(line)?.[1]
      if (url === undefined) console.log(line)
      else resolve(url)
    })
  })
}
