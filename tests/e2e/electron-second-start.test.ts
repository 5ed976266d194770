import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { callFromPage, cleanEnvironment, endElectron, launchElectron, standIn, startAndWait, type RunningApp } from './electron-app'
import { exchangeToken } from './support/counter'
import { embeddedConnection, violationsOf } from './support/owner-sql'
import { setUpShop } from './support/shop-work'
import { newDataFolder, removeHost, startWebHost, type RunningHost } from './support/web-host'

const MESSAGE = '[message box] Counterbay is already open in the browser: Open in browser, Close'
const webProgram = resolve(import.meta.dirname, '../../out/main/web.js')

const hosts: RunningHost[] = []
const windows: RunningApp[] = []
afterEach(async () => {
  for (const running of windows.splice(0)) await endElectron(running)
  for (const host of hosts.splice(0)) await removeHost(host)
})

async function webHost(dataFolder?: string): Promise<RunningHost> {
  const host = await startWebHost(dataFolder === undefined ? {} : { dataFolder })
  hosts.push(host)
  return host
}

async function electronOn(dataFolder: string): Promise<RunningApp> {
  const running = await launchElectron(standIn, dataFolder)
  windows.push(running)
  return running
}

const openedLink = (output: string): string | undefined => /\[opened in the browser\] (\S+)/.exec(output)?.[1]

// Only in the stand-in: with real Electron somebody has to answer the message box, and a real browser would open.
describe('Electron started on a data folder that is in use', () => {
  it('leads to the web host that has it, which goes on', async () => {
    const host = await webHost()
    const { exitCode, errorOutput } = await startAndWait(standIn, ['--data', host.dataFolder])
    expect(exitCode).toBe(0)
    expect(errorOutput).toContain(MESSAGE)
    const link = openedLink(errorOutput)
    expect(new URL(link ?? '').origin).toBe(host.origin)
    await exchangeToken(host, link ?? '') // the link opens the program, once
    await expect(exchangeToken(host, link ?? '')).rejects.toThrow('401')
    expect(await host.end()).toBe(0)
  })

  it('waits for a web host that is still starting', async () => {
    const dataFolder = newDataFolder()
    const starting = webHost(dataFolder)
    await expect.poll(() => lockOf(dataFolder), { timeout: 30_000, interval: 5 }).toMatchObject({ url: null })
    const { exitCode, errorOutput } = await startAndWait(standIn, ['--data', dataFolder])
    expect(exitCode).toBe(0)
    expect(new URL(openedLink(errorOutput) ?? '').origin).toBe((await starting).origin)
  })

  it('takes over from a web host that was killed, and from one that is just ending', async () => {
    const host = await webHost()
    await setUpShop(host)
    await host.kill()
    const first = await electronOn(host.dataFolder)
    expect((await callFromPage(first.page, '/session/status', 'a')).body.json).toMatchObject({ stage: 'signed_out', host: 'electron' })
    expect(await violationsOf(embeddedConnection(host.dataFolder))).toEqual([])
    await first.app.close()
    await first.exit
    windows.splice(0)

    const again = await webHost(host.dataFolder)
    const ending = again.end()
    const second = await electronOn(host.dataFolder)
    expect(await ending).toBe(0)
    expect((await callFromPage(second.page, '/session/status', 'b')).body.json).toMatchObject({ stage: 'signed_out' })
  })
})

it('the web host started on a folder that a window has says so at once', async () => {
  const running = await electronOn(newDataFolder())
  const { exitCode, output } = await secondWebHost(running.dataFolder)
  expect(exitCode).toBe(75)
  expect(output.trim()).toBe(
    `Counterbay already runs on ${running.dataFolder} (process ${running.app.process().pid}). It is open in its own window.`,
  )
})

it('a second web host finds the first', async () => {
  const host = await webHost()
  const { exitCode, output } = await secondWebHost(host.dataFolder)
  expect(exitCode).toBe(0)
  const link = /^Counterbay is ready at (\S+)$/m.exec(output)?.[1] ?? ''
  expect(new URL(link).origin).toBe(host.origin)
  await exchangeToken(host, link)
})

/** A start that is expected to end by itself. */
async function secondWebHost(dataFolder: string): Promise<{ exitCode: number | null; output: string }> {
  const words = [webProgram, '--data', dataFolder]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'], env: cleanEnvironment() })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part
    })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, output }
}

function lockOf(dataFolder: string): object | null {
  try {
    return JSON.parse(readFileSync(join(dataFolder, 'counterbay.lock'), 'utf8')) as object
  } catch {
    return null
  }
}
