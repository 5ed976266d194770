import { ConfigError } from '../base/config'

/** Where a PostgreSQL is and who knocks. `host` may be the folder of a Unix socket. */
export interface ConnectionSettings {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password?: string
  readonly ssl?: object
}

/**
 * Reads `postgresql://user:password@host:5432/database?sslmode=verify-full`; a socket folder is given as `?host=/folder`.
 * @throws ConfigError without the URL itself, which holds a password
 */
export function connectionSettingsFromUrl(text: string): ConnectionSettings {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new ConfigError('the database URL cannot be read; it looks like postgresql://user:password@host:5432/database')
  }
  const database = decodeURIComponent(url.pathname.slice(1))
  const user = decodeURIComponent(url.username)
  if (!database || !user) throw new ConfigError('the database URL must name a user and a database')
  const password = decodeURIComponent(url.password)
  const ssl = tls(url.searchParams.get('sslmode'))
  return {
    host: url.searchParams.get('host') ?? (decodeURIComponent(url.hostname) || 'localhost'),
    port: Number(url.searchParams.get('port') ?? (url.port || '5432')),
    database,
    user,
    ...(password ? { password } : {}),
    ...(ssl ? { ssl } : {}),
  }
}

/** The inverse of {@link connectionSettingsFromUrl}, without TLS. */
export function connectionUrl({ host, port, database, user, password }: ConnectionSettings): string {
  const who = `${encodeURIComponent(user)}${password ? `:${encodeURIComponent(password)}` : ''}`
  const path = `${who}@${host.startsWith('/') ? 'localhost' : host}:${port}/${encodeURIComponent(database)}`
  return `postgresql://${path}${host.startsWith('/') ? `?host=${encodeURIComponent(host)}` : ''}`
}

function tls(mode: string | null): object | null {
  if (mode === null || mode === 'disable') return null
  if (mode === 'verify-full') return { rejectUnauthorized: true }
  if (mode === 'require') return { rejectUnauthorized: false }
  throw new ConfigError('sslmode must be disable, require or verify-full')
}
