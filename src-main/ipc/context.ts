import type { ShopSettings } from '../../src-preload/contract/shop'
import type { Clock } from '../base/clock'
import type { Config } from '../base/config'
import type { Log } from '../base/log'
import type { ConnectionSettings, Database } from '../database/pool'
import type { PrintQueues } from '../printing/print-queues'
import type { ChangeHub } from './change-hub'
import type { OpenViews } from './open-views'
import type { PracticeRoom } from './practice-room'
import type { SignedInUser, Station } from './station'

/** What the window or browser can do for the program; absent = not on this host. */
export interface HostConnection {
  readonly kind: 'electron' | 'web'
  send(text: string): void
  readonly desk?: Desk
}

/** The printers of the computer that the window stands on. */
export interface Desk {
  /** their names, as the system calls them */
  printers(): Promise<string[]>
  /** Prints what the window has for printers, without asking. Answers with the system's reason why not, or null. */
  print(systemName: string): Promise<string | null>
}

/** The shop this process works for; a pool belongs to one shop. */
export interface ShopRuntime {
  readonly id: string
  readonly db: Database
  /** kept current by live changes of area 'shop' */
  profile: { name: string; state: string; timezone: string; logoSha256: string | null; settings: ShopSettings }
}

/** The running program, without anybody signed in. */
export interface Program {
  readonly config: Config
  readonly log: Log
  readonly clock: Clock
  readonly version: string
  readonly demo: boolean
  readonly changes: ChangeHub
  /** what waits for the shop's receipt printers */
  readonly prints: PrintQueues
  /** `appRole`: the role to act as when the log-in role is the owner (a DATABASE_URL of the shop's own) */
  readonly connections: { owner: ConnectionSettings; app: ConnectionSettings; appRole?: string }
  /** every place where somebody may be signed in */
  readonly stations: Set<Station>
  /** where stations work on a copy instead of the books */
  readonly practice: PracticeRoom
  /** null until the shop is set up */
  shop: ShopRuntime | null
  /** after set-up: opens the pool of the new shop and listens for its changes */
  openShop(shopId: string): Promise<ShopRuntime>
}

/** What a call before or around sign-in gets. */
export interface StationCall {
  readonly program: Program
  readonly station: Station
  readonly host: 'electron' | 'web'
  readonly desk?: Desk
  readonly log: Log
  /** connects the user's reference number with the log */
  readonly ref: string
}

/** What every use case gets: who asks, for which shop, with which database. */
export interface Ctx {
  readonly db: Database
  /** the books, also in practice: people and their PINs are real, and so is every try */
  readonly books: Database
  readonly shopId: string
  readonly shop: ShopRuntime['profile']
  readonly user: SignedInUser
  readonly userId: string
  /** this installation's folder; a PIN works only with the secret that is kept there */
  readonly dataFolder: string
  readonly prints: PrintQueues
  readonly log: Log
  readonly ref: string
  readonly clock: Clock
  /** of the page that asks; absent where each call stands alone */
  readonly views?: OpenViews
  /** on a copy: nothing leaves the program, and every paper says so */
  readonly practice: boolean
}
