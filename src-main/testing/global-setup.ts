import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { silentLog } from '../base/log'
import type { ConnectionSettings } from '../database/connection-settings'
import { startEmbeddedServer, type EmbeddedServer } from '../database/embedded-server'
import { migrate } from '../database/migrate'
import { fillTestShops } from './fill-test-shops'
import { sweepDeadRuns, TEST_FOLDER } from './sweep-dead-runs'

/** What a test file needs to make its own database; all of it is text, because it crosses into the workers. */
export interface TestServer {
  readonly superuser: ConnectionSettings
  readonly owner: ConnectionSettings
  readonly app: ConnectionSettings
  /** Migrated, without a shop. */
  readonly emptyTemplate: string
  /** Migrated, with shops A and B. */
  readonly shopsTemplate: string
  /** For files of the tests; gone when the run ends. */
  readonly folder: string
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

let server: EmbeddedServer | undefined
let folder: string | undefined

/** One server for the run, one template that the real migrations built; each test file clones it. */
export async function setup(project: TestProject): Promise<void> {
  await sweepDeadRuns()
  folder = mkdtempSync(join(tmpdir(), `${TEST_FOLDER}${process.pid}-`))
  try {
    server = await startEmbeddedServer({ dataFolder: folder, log: silentLog, durable: false })
    project.provide('testServer', { ...(await buildTemplates(server)), folder })
  } catch (error) {
    await teardown()
    throw error
  }
}

export async function teardown(): Promise<void> {
  await server?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
}

async function buildTemplates({ owner, app, superuser }: EmbeddedServer): Promise<Omit<TestServer, 'folder'>> {
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
