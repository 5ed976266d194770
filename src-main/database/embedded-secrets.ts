import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Passwords of the embedded cluster: 32 random bytes each, hexadecimal, so that they need no quoting anywhere. */
export interface ClusterSecrets {
  /** Names this cluster in folders outside of the data folder. */
  readonly clusterId: string
  readonly superuserPassword: string
  readonly ownerPassword: string
  readonly appPassword: string
}

const REMEDY = 'without its passwords the database cannot be opened: restore it from a backup'

/** Reads the secrets of this data folder, or makes them: complete and on the disk before a cluster knows them. */
export function clusterSecrets(dataFolder: string): ClusterSecrets {
  const file = join(dataFolder, 'postgres-secrets.json')
  if (!existsSync(file)) {
    if (existsSync(join(dataFolder, 'postgres'))) throw new Error(`${file} is missing; ${REMEDY}`)
    write(file)
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ClusterSecrets
  } catch (error) {
    throw new Error(`${file} is damaged; ${REMEDY}`, { cause: error })
  }
}

function write(file: string): void {
  const password = (): string => randomBytes(32).toString('hex')
  const secrets: ClusterSecrets = {
    clusterId: randomBytes(8).toString('hex'),
    superuserPassword: password(),
    ownerPassword: password(),
    appPassword: password(),
  }
  const draft = `${file}.${process.pid}`
  rmSync(draft, { force: true })
  const handle = openSync(draft, 'wx', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(secrets, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(draft, file)
}
