import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { silentLog } from '../base/log'
import type { ConnectionSettings } from '../database/connection-settings'
import { startEmbeddedServer, type EmbeddedServer } from '../database/embedded-server'
import { migrate } from '../database/migrate'
import { identifyProcess } from '../database/process-identity'
import { fillTestShops } from './fill-test-shops'

/** What a test file needs to make its own database; all of it is text, because it crosses into the workers. */
export interface TestServer {
  readonly superuser: ConnectionSettings
  readonly owner: ConnectionSettings
  readonly app: ConnectionSettings
  /** Migrated, without a shop. */
  readonly emptyTemplate: string
  /** Migrated, with shops A and B. */
  readonly shopsTemplate: string
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

const PREFIX = 'counterbay-test-'

/** One server for the run, one template that the real migrations built; each test file clones it. */
export default async function startTestServer(project: TestProject): Promise<() => Promise<void>> {
  await sweepDeadRuns()
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  let server: EmbeddedServer | undefined
  const end = async (): Promise<void> => {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    server = await startEmbeddedServer({ dataFolder: folder, log: silentLog, durable: false })
    project.provide('testServer', await buildTemplates(server))
  } catch (error) {
    await end()
    throw error
  }
  return end
}

async function buildTemplates({ owner, app, superuser }: EmbeddedServer): Promise<TestServer> {
  await migrate(owner)
  const emptyTemplate = owner.database
  const shopsTemplate = `${emptyTemplate}_shops`
  const admin = new Client({ ...superuser, database: 'postgres' })
  await admin.connect()
  try {
    await admin.query(`CREATE DATABASE ${shopsTemplate} OWNER ${owner.user} TEMPLATE ${emptyTemplate}`)
  } finally {
    await admin.end()
  }
  await fillTestShops({ ...owner, database: shopsTemplate })
  return { superuser, owner, app, emptyTemplate, shopsTemplate }
}

/** A run that was killed could not clean up: its server still runs and its folder is still there. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^counterbay-test-(\d+)-/.exec(name)?.[1])
    if (!name.startsWith(PREFIX) || Number.isNaN(pid) || identifyProcess(pid)) continue
    const folder = join(tmpdir(), name)
    // Starting a server on the folder first ends the orphan in good order.
    const server = await startEmbeddedServer({ dataFolder: folder, log: silentLog, durable: false }).catch(() => null)
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
