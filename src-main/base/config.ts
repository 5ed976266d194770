import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  /** Absolute folder of everything this installation stores: cluster, logs, photos, lock. */
  readonly dataFolder: string
  /** A PostgreSQL of the owner's own; null means the embedded one. */
  readonly databaseUrl: string | null
  readonly logLevel: LogLevel
  readonly color: boolean
}

/** What the configuration is read from; given, so that the rules can be tested for every platform. */
export interface Surroundings {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly homeFolder: string
  readonly isRoot: boolean
}

/** A setting that a person wrote wrongly: the message says which one and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export function surroundings(): Surroundings {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    platform: process.platform,
    homeFolder: homedir(),
    isRoot: process.getuid?.() === 0,
  }
}

/** Command line before environment before the platform's convention. @throws ConfigError */
export function readConfig(from: Surroundings = surroundings()): Config {
  const chosenFolder = option(from.argv, '--data') ?? from.env['COUNTERBAY_DATA']
  return {
    dataFolder: chosenFolder ? resolve(chosenFolder) : conventionalFolder(from),
    databaseUrl: databaseUrl(from.env['DATABASE_URL']),
    logLevel: logLevel(from.env['LOG_LEVEL']),
    color: !from.env['NO_COLOR'],
  }
}

function conventionalFolder({ env, platform, homeFolder, isRoot }: Surroundings): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homeFolder, 'AppData', 'Local'), 'Counterbay')
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'Counterbay')
  // PostgreSQL refuses to run as root and the user it runs as instead cannot enter root's home.
  if (isRoot) return '/var/lib/counterbay'
  return join(env['XDG_DATA_HOME'] ?? join(homeFolder, '.local', 'share'), 'counterbay')
}

function option(argv: readonly string[], name: string): string | undefined {
  for (const [index, word] of argv.entries()) {
    if (word.startsWith(`${name}=`)) return present(name, word.slice(name.length + 1))
    if (word === name) return present(name, argv[index + 1])
  }
  return undefined
}

function present(name: string, value: string | undefined): string {
  if (!value || value.startsWith('--')) throw new ConfigError(`${name} needs a value`)
  return value
}

function databaseUrl(value: string | undefined): string | null {
  if (!value) return null
  if (!/^postgres(ql)?:\/\//.test(value)) throw new ConfigError('DATABASE_URL must begin with postgresql://')
  return value
}

function logLevel(value: string | undefined): LogLevel {
  if (!value) return 'info'
  const level = LOG_LEVELS.find((known) => known === value.toLowerCase())
  if (!level) throw new ConfigError(`LOG_LEVEL is "${value}"; it must be one of ${LOG_LEVELS.join(', ')}`)
  return level
}
