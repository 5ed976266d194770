import { describeError } from '../base/log'
import { listenForChanges } from '../database/changes'
import { openDatabase } from '../database/pool'
import { dropPractice, fillPractice, practiceName } from '../features/practice/practice-database'
import { readProfile } from '../features/shop/read-profile'
import type { Program, ShopRuntime } from './context'
import type { Station } from './station'

/**
 * A copy of the shop to practise on: one database for all stations that practise, made for the first and gone with the last. Kept in memory
 * only: whatever ends the program, the next start is in the books.
 */
export class PracticeRoom {
  private readonly inside = new Map<Station, string>()
  private copy: Promise<Copy> | null = null
  private shop: ShopRuntime | null = null
  private waiting = 0
  private clearing: Promise<void> = Promise.resolve()

  constructor(private readonly program: Omit<Program, 'practice'>) {}

  /** Once, before anybody works: what a program left behind that was killed. */
  async removeLeftover(): Promise<void> {
    // A server of the shop's own may refuse it; the books do not wait for that.
    await dropPractice(this.program.connections.owner, this.name()).catch((error: unknown) => {
      this.program.log.warn({ reason: describeError(error) }, 'practice database not removed')
    })
  }

  /** The copy this station works on; null = it works on the books. A practice belongs to the person who began it. */
  shopOf(station: Station): ShopRuntime | null {
    const personId = this.inside.get(station)
    if (personId === undefined) return null
    if (station.user?.id === personId) return this.shop
    void this.leave(station)
    return null
  }

  /** @throws when the copy cannot be made; the station then works on the books as before */
  async enter(station: Station): Promise<void> {
    const personId = station.user?.id
    if (personId === undefined || this.inside.has(station)) return
    this.waiting += 1
    try {
      this.copy ??= this.make()
      this.shop = (await this.copy).shop
      if (station.user?.id === personId) this.inside.set(station, personId)
    } catch (error) {
      this.copy = null
      throw error
    } finally {
      this.waiting -= 1
    }
    station.changed()
    await this.clearWhenEmpty()
  }

  /** The last one out takes the copy away. */
  async leave(station: Station): Promise<void> {
    if (!this.inside.delete(station)) return
    station.changed()
    await this.clearWhenEmpty()
  }

  /** With the program. */
  async close(): Promise<void> {
    this.inside.clear()
    await this.clearWhenEmpty()
  }

  private name(): string {
    const { connections, config } = this.program
    return practiceName(connections.owner, config.databaseUrl === null ? null : config.dataFolder)
  }

  private async make(): Promise<Copy> {
    await this.clearing
    const { connections, log, shop } = this.program
    if (!shop) throw new Error('there is no shop to practise on')
    const { owner, app, appRole } = connections
    const name = this.name()
    const started = performance.now()
    await fillPractice(owner, name, shop.id)
    const connection = { ...app, database: name }
    const db = openDatabase(connection, { shopId: shop.id, log, max: 4, ...(appRole ? { role: appRole } : {}) })
    const runtime: ShopRuntime = { id: shop.id, db, profile: await readProfile(db, shop.id) }
    const listener = listenForChanges(connection, shop.id, (change) => {
      void this.hear(runtime, change)
    })
    log.info({ ms: Math.round(performance.now() - started) }, 'practice begun')
    return {
      shop: runtime,
      async remove() {
        await listener.close()
        await db.close()
        await dropPractice(owner, name)
        log.info({}, 'practice ended')
      },
    }
  }

  /** Ids of the copy are those of the books: a screen of the books that hears of one looks once more at what has not changed. */
  private async hear(runtime: ShopRuntime, change: { area: string; id: string }): Promise<void> {
    try {
      if (change.area === 'shop' || change.area === '*') runtime.profile = await readProfile(runtime.db, runtime.id)
    } catch (error) {
      this.program.log.warn({ reason: describeError(error) }, 'could not read again what changed in practice')
    }
    this.program.changes.publish(change as Parameters<Program['changes']['publish']>[0])
  }

  private async clearWhenEmpty(): Promise<void> {
    const { copy } = this
    if (this.inside.size + this.waiting > 0 || copy === null) return
    this.copy = null
    this.shop = null
    this.clearing = copy
      .then((made) => made.remove())
      .catch((error: unknown) => {
        this.program.log.warn({ reason: describeError(error) }, 'practice database not removed')
      })
    await this.clearing
  }
}

interface Copy {
  readonly shop: ShopRuntime
  remove(): Promise<void>
}
