import { createRouterClient } from '@orpc/server'
import type { ApiClient } from '../src-preload/contract/api'
import type { Log } from '../src-main/base/log'
import { uuid7 } from '../src-main/base/uuid7'
import { connectionUrl, type ConnectionSettings } from '../src-main/database/connection-settings'
import { gate, type GateContext } from '../src-main/ipc/gate'
import { openProgram } from '../src-main/ipc/open-program'
import { router } from '../src-main/ipc/router'
import { newStation } from '../src-main/ipc/station'
import type { ShopRuntime } from '../src-main/ipc/context'
import { advisor } from './advisor'

/** One counter of the shop as the product runs it: a program with a pool of its own, and somebody who is signed in. */
export interface Counter {
  readonly shop: ShopRuntime
  readonly userId: string
  readonly calls: ApiClient
  close(): Promise<void>
}

export async function openCounter(options: { owner: ConnectionSettings; dataFolder: string; log: Log }): Promise<Counter> {
  const { owner, dataFolder, log } = options
  const config = { dataFolder, databaseUrl: connectionUrl(owner), logLevel: 'info', color: false } as const
  const opened = await openProgram({ config, demo: true, log, version: 'bench' })
  const { program } = opened
  const station = newStation(uuid7())
  program.stations.add(station)
  const context: GateContext = { program, station, host: 'electron' }
  const calls: ApiClient = createRouterClient(router as never, { context, interceptors: [gate as never, copyAcross] } as never)
  await calls.session.signIn(advisor)
  if (!program.shop || !station.user) throw new Error('nobody could sign in to the demo shop')
  return { shop: program.shop, userId: station.user.id, calls, close: () => opened.close() }
}

/** What a call carries is copied on its way in and on its way out, as between window and main process. */
async function copyAcross(options: { input: unknown; next: (options: object) => Promise<unknown> }): Promise<unknown> {
  return structuredClone(await options.next({ ...options, input: structuredClone(options.input) }))
}
