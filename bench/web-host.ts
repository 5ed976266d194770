import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ApiClient } from '../src-preload/contract/api'
import { advisor } from './advisor'

/** A running web host in a process of its own, as `npm start -- --web` starts it. */
export interface Host {
  readonly process: ChildProcess
  readonly dataFolder: string
  /** performance.now() when its process was started */
  readonly began: number
  readonly readyMs: number
  readonly link: URL
}

const START_LIMIT_MS = 60_000

/** @param nodeOptions for node itself, before the program */
export async function startHost(dataFolder: string, nodeOptions: readonly string[] = []): Promise<Host> {
  const began = performance.now()
  const { DATABASE_URL: _, ...env } = process.env
  const program = [join(import.meta.dirname, 'web.js'), '--data', dataFolder, '--port', '0']
  const child = spawn(process.execPath, [...nodeOptions, ...program], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const late = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS)
  if (!child.stdout) throw new Error('the web host cannot be heard')
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /ready at (\S+)/.exec(line)?.[1]
    if (link === undefined) continue
    clearTimeout(late)
    return { process: child, dataFolder, began, readyMs: performance.now() - began, link: new URL(link) }
  }
  throw new Error('the web host did not start')
}

export async function stopHost({ process: child }: Host): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}

/** Comes in as a browser does: a link's token for a cookie. The token of the first link is good for one. */
export async function knock({ link }: Host): Promise<ApiClient> {
  const token = new URLSearchParams(link.hash.slice(1)).get('token') ?? ''
  const answer = await fetch(new URL('/session', link), { method: 'POST', headers: { origin: link.origin, 'x-counterbay-token': token } })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return createORPCClient(new RPCLink({ url: `${link.origin}/rpc`, headers: { cookie, origin: link.origin } }))
}

/** The service advisor, at a station of their own. */
export async function signedIn(host: Host): Promise<ApiClient> {
  const calls = await knock(host)
  await calls.session.signIn(advisor)
  return calls
}

/** Another link, as a second start on the same folder gets one. */
export async function secondLink({ link, dataFolder }: Host): Promise<string> {
  const { linkFromRunning } = await import('../src-main/web/launch-key')
  const another = await linkFromRunning(link.origin, dataFolder)
  if (another === null) throw new Error('the web host gives no second link')
  return another
}
