import { mkdirSync, cpSync, existsSync, mkdtempSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import { connectionUrl, type ConnectionSettings } from '../../../src-main/database/connection-settings'
import { fillDemoShop } from '../../../src-main/features/demo/fill-demo-shop'
import { hashPin } from '../../../src-main/features/people/hash-pin'
import { TEST_FOLDER } from '../../../src-main/testing/sweep-dead-runs'

export interface DemoDatabase {
  readonly url: string
  readonly owner: ConnectionSettings
  /** Goes with the database: the PINs of the demo people work with it. */
  readonly dataFolder: string
  drop(): Promise<void>
}

/** A copy of the demo shop; filled once per run, by whoever needs it first. */
export async function demoDatabase(): Promise<DemoDatabase> {
  const server = inject('testServer')
  const template = `${server.emptyTemplate}_demo`
  const folder = join(tmpdir(), `${TEST_FOLDER}${process.ppid}-demo`)
  const admin = new Client({ ...server.superuser, database: 'postgres' })
  await admin.connect()
  const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
  if (rowCount === 0) {
    const draft = `${template}_draft`
    await admin.query(`CREATE DATABASE ${draft} OWNER ${server.owner.user} TEMPLATE ${server.emptyTemplate}`)
    mkdirSync(folder, { recursive: true })
    await fillDemoShop({ ...server.owner, database: draft }, { hashPin: (pin) => hashPin(folder, pin) })
    await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`)
  }
  const name = `demo_${process.pid}_${randomBytes(4).toString('hex')}`
  await admin.query(`CREATE DATABASE ${name} OWNER ${server.owner.user} TEMPLATE ${template}`)
  await admin.end()
  const dataFolder = mkdtempSync(join(tmpdir(), `${TEST_FOLDER}${process.pid}-demo-`))
  if (existsSync(folder)) cpSync(folder, dataFolder, { recursive: true })
  const owner = { ...server.owner, database: name }
  return { url: connectionUrl(owner), owner, dataFolder, drop: () => dropDatabase(server.superuser, name) }
}

async function dropDatabase(superuser: ConnectionSettings, name: string): Promise<void> {
  const admin = new Client({ ...superuser, database: 'postgres' })
  await admin.connect()
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
  await admin.end()
}
