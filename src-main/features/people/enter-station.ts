import { invariant } from '../../base/invariant'
import type { StationCall } from '../../ipc/context'
import type { SignedInUser } from '../../ipc/station'
import { shopDay } from './shop-day'

/** Opens the station for this person, whoever worked there before. With the password, the PIN works here for the rest of the shop's day. */
export function enterStation({ program, station }: StationCall, user: SignedInUser, by: 'password' | 'pin'): void {
  invariant(program.shop, 'nobody enters before the shop is set up')
  if (by === 'password') station.passwordDays.set(user.id, shopDay(program.clock.now(), program.shop.profile.timezone))
  station.user = user
  station.locked = false
  station.lastActivity = performance.now()
  station.changed()
}
