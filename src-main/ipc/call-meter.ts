/** Many times what a scanner's burst, a fast typist or a screen that loads anew ever sends. */
const AT_ONCE = 250
const A_SECOND = 2_000
/** may come at once after a quiet time */
const BURST = 5_000
/** between two lines of the log about refused calls */
const QUIET_MS = 1_000

/**
 * How much one station may ask of the program: calls that are under way at the same time, and calls in a stretch of time (a bucket that
 * fills with the clock and loses one with each call; no timer). A page that runs wild waits; the other counters do not. Passwords and PINs
 * have their own lock-out, long before this.
 */
export class CallMeter {
  private underWay = 0
  private left = BURST
  private lastMs = 0
  private toldMs = -Infinity

  /** @param nowMs milliseconds of a monotonic clock; @returns whether the call may go on: then `end` belongs to it */
  begin(nowMs: number): boolean {
    this.left = Math.min(BURST, this.left + ((nowMs - this.lastMs) / 1000) * A_SECOND)
    this.lastMs = nowMs
    if (this.left < 1 || this.underWay >= AT_ONCE) return false
    this.left -= 1
    this.underWay += 1
    return true
  }

  end(): void {
    this.underWay -= 1
  }

  /** Whether a refusal is worth a line of the log: a flood of calls must not become a flood of lines. */
  isWorthTelling(nowMs: number): boolean {
    if (nowMs - this.toldMs < QUIET_MS) return false
    this.toldMs = nowMs
    return true
  }
}
