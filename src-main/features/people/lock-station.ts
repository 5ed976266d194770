import type { SessionStatus } from '../../../src-preload/contract/session'
import type { StationCall } from '../../ipc/context'
import type { Station } from '../../ipc/station'
import { sessionStatus } from './session-status'

/** The screen is covered; the person stays signed in. */
export async function lockStation(call: StationCall): Promise<SessionStatus> {
  call.station.locked = true
  call.station.changed()
  return await sessionStatus(call)
}

/** The person leaves: their PIN opens this station only after the password was given again. */
export async function signOut(call: StationCall): Promise<SessionStatus> {
  endSession(call.station)
  return await sessionStatus(call)
}

export function endSession(station: Station): void {
  if (station.user) station.passwordDays.delete(station.user.id)
  station.user = null
  station.locked = false
  station.changed()
}

/** The gate has noted the moment already. */
export function stillHere(): Promise<Record<string, never>> {
  return Promise.resolve({})
}
