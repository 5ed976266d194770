import type { Role } from '../../src-preload/contract/permissions'
import { CallMeter } from './call-meter'

/** Who is signed in, as every call needs it; read again whenever the user's row changes. */
export interface SignedInUser {
  id: string
  firstName: string
  lastName: string
  role: Role
  canApprove: boolean
  hasPin: boolean
  mustChangePassword: boolean
  /** of the password this session stands on; a session ends when somebody gives the person another one */
  passwordChangedAt: string | null
}

/**
 * One place where people work: the desktop window, or one browser (its cookie) of the web host.
 * Kept in memory only: a restart asks for the password again.
 */
export interface Station {
  readonly id: string
  /** signed in, also while locked */
  user: SignedInUser | null
  locked: boolean
  /** milliseconds of a monotonic clock; a wrong system clock must not unlock or lock anything */
  lastActivity: number
  /** users who gave their password here -> the shop's day on which they did; their PIN works here for the rest of that day */
  readonly passwordDays: Map<string, string>
  /** how much it asks of the program */
  readonly meter: CallMeter
  /** called after user or locked changed, so that every window of the station hears of it */
  changed: () => void
}

export function newStation(id: string): Station {
  return {
    id,
    user: null,
    locked: false,
    lastActivity: performance.now(),
    passwordDays: new Map(),
    meter: new CallMeter(),
    changed: () => undefined,
  }
}
