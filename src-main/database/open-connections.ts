import type { Config } from '../base/config'
import type { Log } from '../base/log'
import { connectionSettingsFromUrl, type ConnectionSettings } from './connection-settings'
import { startEmbeddedServer } from './embedded-server'

export interface Connections {
  readonly owner: ConnectionSettings
  readonly app: ConnectionSettings
  /** the role to act as when the log-in role is the owner */
  readonly appRole?: string
  stop(): Promise<void>
}

/** The owner's own PostgreSQL (DATABASE_URL), or the embedded one of the data folder. */
export async function openConnections(config: Config, log: Log): Promise<Connections> {
  if (!config.databaseUrl) return startEmbeddedServer({ dataFolder: config.dataFolder, log })
  const owner = connectionSettingsFromUrl(config.databaseUrl)
  return { owner, app: owner, appRole: 'counterbay_app', stop: () => Promise.resolve() }
}
