import type { Config } from '../base/config'
import { systemClock } from '../base/clock'
import type { Log } from '../base/log'
import { listenForChanges } from '../database/changes'
import { openConnections } from '../database/open-connections'
import { migrate } from '../database/migrate'
import { openDatabase } from '../database/pool'
import { reading, sql } from '../database/transaction'
import { hashPin } from '../features/people/hash-pin'
import { reloadUser } from '../features/people/reload-user'
import { abandonJobs } from '../features/printing/job-queries'
import { stationId } from '../features/printing/station-id'
import { readProfile } from '../features/shop/read-profile'
import { keepVinData } from '../features/vehicles/keep-vin-data'
import { PrintQueues } from '../printing/print-queues'
import { ChangeHub } from './change-hub'
import type { Program, ShopRuntime } from './context'
import { PracticeRoom } from './practice-room'

const knownShops = sql('', 'SELECT id, slug, name FROM known_shops()')

/** Database, migrations, the shop if there is one: in this order, each before the next. */
export async function openProgram(options: {
  config: Config
  demo: boolean
  log: Log
  version: string
}): Promise<{ program: Program; close(): Promise<void> }> {
  const { config, log, demo, version } = options
  const database = await openConnections(config, log)
  try {
    await migrate(database.owner)
    if (demo) await fillWhenEmpty(database.owner, config.dataFolder, log)
    const changes = new ChangeHub()
    const closers: (() => Promise<void> | void)[] = []
    const running: Omit<Program, 'practice'> = {
      config,
      log,
      version,
      demo,
      clock: systemClock,
      changes,
      prints: new PrintQueues((paymentId) => changes.publish({ area: 'printing', id: paymentId })),
      connections: database,
      stations: new Set(),
      shop: null,
      async openShop(shopId) {
        const shop = await openShop(program, shopId)
        closers.push(shop.close)
        program.shop = shop.runtime
        return shop.runtime
      },
    }
    const program: Program = Object.assign(running, { practice: new PracticeRoom(running) })
    await program.practice.removeLeftover()
    const [first] = await shopsOf(database.app, database.appRole, log)
    if (first) {
      const { id, db } = await program.openShop(first.id)
      await abandonJobs(reading(db), id, await stationId(config.dataFolder))
    }
    closers.push(keepVinData(database.owner, log))
    return {
      program,
      async close() {
        try {
          await program.prints.close()
          await program.practice.close()
          for (const close of closers) await close()
        } finally {
          await database.stop()
        }
      },
    }
  } catch (error) {
    await database.stop()
    throw error
  }
}

async function fillWhenEmpty(owner: Program['connections']['owner'], dataFolder: string, log: Log): Promise<void> {
  const { fillDemoShop } = await import('../features/demo/fill-demo-shop')
  const started = performance.now()
  const filled = await fillDemoShop(owner, { hashPin: (pin) => hashPin(dataFolder, pin) })
  if (filled) log.info({ ms: Math.round(performance.now() - started) }, 'demo shop filled')
}

/** Asked with a pool that belongs to no shop: it sees the list of shops and nothing else. */
async function shopsOf(app: Program['connections']['app'], role: string | undefined, log: Log): Promise<{ id: string }[]> {
  const nobody = openDatabase(app, { shopId: null, max: 1, log, ...(role ? { role } : {}) })
  try {
    return await reading(nobody).query<{ id: string }>(knownShops)
  } finally {
    await nobody.close()
  }
}

async function openShop(program: Program, shopId: string): Promise<{ runtime: ShopRuntime; close: () => Promise<void> }> {
  const { app, appRole } = program.connections
  const db = openDatabase(app, { shopId, log: program.log, ...(appRole ? { role: appRole } : {}) })
  const runtime: ShopRuntime = { id: shopId, db, profile: await readProfile(db, shopId) }
  const keepCurrent = async (area: string, id: string): Promise<void> => {
    if (area === 'shop' || area === '*') runtime.profile = await readProfile(db, shopId)
    if (area === 'users' || area === '*') await reloadUser(program, area === '*' ? null : id)
  }
  const listener = listenForChanges(app, shopId, (change) => {
    keepCurrent(change.area, change.id)
      .catch((error: unknown) => {
        program.log.warn({ error }, 'could not read again what changed')
      })
      .finally(() => {
        program.changes.publish(change as Parameters<typeof program.changes.publish>[0])
      })
  })
  return {
    runtime,
    async close() {
      await listener.close()
      await db.close()
    },
  }
}
