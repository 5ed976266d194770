import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'

const runHostFile = new URL('./run-host.mjs', import.meta.url).href

/** Says each time it is asked to end, and ends when the test lets it. */
const host = `
  setInterval(() => {}, 1000)
  process.on('SIGINT', () => console.log('host asked'))
  process.on('SIGUSR2', () => process.exit(7))
  console.log('host ' + process.pid)`

const command = `
  const { runHost } = await import(${JSON.stringify(runHostFile)})
  const ended = runHost(process.execPath, ['-e', ${JSON.stringify(host)}])
  process.on('SIGINT', () => console.log('command heard')) // after the host was told, or not
  const end = await ended
  console.log('end ' + end.code + ' ' + end.signal)`

/** The command as a terminal starts it: the leader of a process group of its own. */
async function startCommand() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', command], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = []
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const closed = once(child, 'close')
  const until = async (wanted, count) => {
    while (lines.filter((line) => line.startsWith(wanted)).length < count) await once(reader, 'line')
  }
  await until('host ', 1)
  return { pid: child.pid, hostPid: Number.parseInt(lines[0].replace('host ', ''), 10), lines, closed, until }
}

it.skipIf(process.platform === 'win32')('Ctrl+C, which the whole group hears and npm repeats, asks the host to end once', async () => {
  const { pid, hostPid, lines, closed, until } = await startCommand()
  const requests = [-pid, pid, -pid] // the terminal; npm, which passes it on; somebody impatient
  for (const [index, target] of requests.entries()) {
    process.kill(target, 'SIGINT')
    await until('command heard', index + 1)
  }
  await until('host asked', 1)
  process.kill(hostPid, 'SIGUSR2')
  const [code] = await closed
  expect(lines.filter((line) => line === 'host asked')).toHaveLength(1)
  expect(lines.at(-1)).toBe('end 7 null')
  expect(code).toBe(0)
  expect(() => process.kill(hostPid, 0)).toThrow('ESRCH')
})

it.skipIf(process.platform === 'win32')('says how a host ended that was ended by force', async () => {
  const { hostPid, lines, closed } = await startCommand()
  process.kill(hostPid, 'SIGKILL')
  await closed
  expect(lines.at(-1)).toBe('end 137 SIGKILL')
})
