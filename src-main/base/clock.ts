/** The time of day as the application sees it; injected, so that a test can stand at any minute of any year. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
