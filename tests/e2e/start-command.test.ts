import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { cleanEnvironment } from './electron-app'
import { postmasterPid } from './support/owner-sql'
import { newDataFolder } from './support/web-host'

const command = resolve(import.meta.dirname, '../../scripts/start.mjs')

// Windows has no process groups; there the console itself tells the host (scripts/start/run-host.mjs).
it.skipIf(process.platform === 'win32')(
  'Ctrl+C ends the host once and cleanly, its database with it, and leaves no process behind',
  async () => {
    const dataFolder = newDataFolder()
    try {
      // As a shell starts it: a group of its own, which a terminal sends its Ctrl+C to.
      const child = spawn(process.execPath, [command, '--web', '--no-open', '--data', dataFolder], {
        detached: true,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: cleanEnvironment(),
      })
      const group = child.pid
      if (group === undefined) throw new Error('the command did not start')
      await once(createInterface(child.stdout), 'line')
      const { pid: host } = JSON.parse(readFileSync(join(dataFolder, 'counterbay.lock'), 'utf8')) as { pid: number }
      const database = postmasterPid(dataFolder)
      expect([host, database].map(isAlive)).toEqual([true, true])

      const closed = once(child, 'close')
      process.kill(-group, 'SIGINT')
      process.kill(group, 'SIGINT') // npm passes it on as well
      expect(await closed).toEqual([0, null])
      expect([host, database].map(isAlive)).toEqual([false, false])
      expect(existsSync(join(dataFolder, 'counterbay.lock'))).toBe(false)
      expect(readdirSync(join(dataFolder, 'postgres')).filter((name) => name === 'postmaster.pid')).toEqual([])
      const log = readFileSync(join(dataFolder, 'logs/counterbay.log'), 'utf8').trim().split('\n')
      const levels = new Set(log.map((line) => (JSON.parse(line) as { level: string }).level))
      expect([levels.has('info'), levels.has('error'), levels.has('fatal')]).toEqual([true, false, false])
    } finally {
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
    }
  },
)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** In a container nobody may collect the processes that ended: their numbers stay, but nothing runs. */
function isZombie(pid: number): boolean {
  const status = `/proc/${pid}/status`
  return existsSync(status) && /^State:\s*Z/m.test(readFileSync(status, 'utf8'))
}
