import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Station } from '../ipc/station'

/** One-time launch tokens and the cookies they are exchanged for. A cookie is a station; both live in memory only. */
export class BrowserSessions {
  private readonly tokens = new Set<string>()
  private readonly stations = new Map<string, Station>()

  constructor(
    readonly cookieName: string,
    private readonly openStation: () => Station,
  ) {}

  /** A token of 256 random bits, good for one exchange. */
  newToken(): string {
    const token = randomBytes(32).toString('base64url')
    this.tokens.add(token)
    return token
  }

  /** The cookie for a token; undefined when the token is wrong or used up. */
  exchange(token: string): string | undefined {
    const known = [...this.tokens].find((candidate) => sameSecret(candidate, token))
    if (known === undefined) return undefined
    this.tokens.delete(known)
    const cookie = randomBytes(32).toString('base64url')
    this.stations.set(cookie, this.openStation())
    return cookie
  }

  stationOf(cookieHeader: string | undefined): Station | undefined {
    const cookie = cookieHeader
      ?.split(/;\s*/)
      .find((part) => part.startsWith(`${this.cookieName}=`))
      ?.slice(this.cookieName.length + 1)
    return cookie === undefined ? undefined : this.stations.get(cookie)
  }
}

/** Compares without telling by its time how much of the secret was right. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
