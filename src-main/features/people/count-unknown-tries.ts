/**
 * Tries with an e-mail address nobody has: counted and locked like those of a real one, so that the answers tell no difference.
 * In memory, because there is no row to keep them in; a restart costs a guesser more than it gives.
 */
const FREE_TRIES = 5
const MOST_ADDRESSES = 500
const tries = new Map<string, { wrong: number; lockedUntilMs: number }>()

/** Seconds until the next try counts, 0 when this one did. Times are of the monotonic clock. */
export function countUnknownTry(shopId: string, email: string, nowMs: number = performance.now()): number {
  const key = `${shopId} ${email.toLowerCase()}`
  const known = tries.get(key) ?? { wrong: 0, lockedUntilMs: 0 }
  if (known.lockedUntilMs > nowMs) return Math.max(1, Math.ceil((known.lockedUntilMs - nowMs) / 1000))
  const wrong = known.wrong + 1
  const pauseMs = wrong < FREE_TRIES ? 0 : Math.min(30_000 * 2 ** (wrong - FREE_TRIES), 900_000)
  tries.delete(key)
  tries.set(key, { wrong, lockedUntilMs: pauseMs === 0 ? 0 : nowMs + pauseMs })
  for (const oldest of tries.keys()) {
    if (tries.size <= MOST_ADDRESSES) break
    tries.delete(oldest)
  }
  return 0
}
