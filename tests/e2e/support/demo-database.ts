import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { connectionUrl, type ConnectionSettings } from '../../../src-main/database/connection-settings'
import { fillDemoShop } from '../../../src-main/features/demo/fill-demo-shop'

export interface DemoDatabase {
  readonly url: string
  drop(): Promise<void>
}

/** A copy of the demo shop, without PINs; filled once per run, by the test file that needs it first. */
export async function demoDatabase(): Promise<DemoDatabase> {
  const { superuser, owner, emptyTemplate } = inject('testServer')
  const template = `${emptyTemplate}_demo`
  const name = `demo_${process.pid}_${randomBytes(4).toString('hex')}`
  await asSuperuser(superuser, async (admin) => {
    // Two files that need it at the same time fill it once; the lock goes with the connection.
    await admin.query(`SELECT pg_advisory_lock(hashtext('demo shop'))`)
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template])
    if (rowCount === 0) {
      // Under its last name only when it is whole: a run of one file after a failed one finds no half shop.
      const draft = `${name}_draft`
      await admin.query(`CREATE DATABASE ${draft} OWNER ${owner.user} TEMPLATE ${emptyTemplate}`)
      await fillDemoShop({ ...owner, database: draft })
      await admin.query(`ALTER DATABASE ${draft} RENAME TO ${template}`)
    }
    await admin.query(`CREATE DATABASE ${name} OWNER ${owner.user} TEMPLATE ${template} STRATEGY file_copy`)
  })
  return {
    url: connectionUrl({ ...owner, database: name }),
    drop: () => asSuperuser(superuser, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`)),
  }
}

async function asSuperuser(superuser: ConnectionSettings, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ ...superuser, database: 'postgres' })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
