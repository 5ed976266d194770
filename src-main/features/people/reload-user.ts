import { isDeepStrictEqual } from 'node:util'
import { reading } from '../../database/transaction'
import type { Program } from '../../ipc/context'
import type { SignedInUser, Station } from '../../ipc/station'
import { endSession } from './lock-station'
import { findActiveUser } from './people-queries'

/**
 * Reads a person again wherever they are signed in; `userId` null = everybody. Rights change at once; who was deactivated, or was
 * given another password, is signed out.
 */
export async function reloadUser(program: Program, userId: string | null): Promise<void> {
  for (const station of program.stations) {
    const { user } = station
    if (program.shop && user && (userId === null || user.id === userId)) await reload(program.shop, station, user)
  }
}

async function reload(shop: NonNullable<Program['shop']>, station: Station, before: SignedInUser): Promise<void> {
  const now = await findActiveUser(reading(shop.db), shop.id, before.id)
  // Somebody else may have taken the station over while the row was read.
  if (station.user?.id !== before.id) return
  if (!now || now.passwordChangedAt !== station.user.passwordChangedAt) {
    endSession(station)
    return
  }
  const isSame = isDeepStrictEqual(now, station.user)
  Object.assign(station.user, now) // the same object: a call that runs right now, such as a new password, holds it too
  if (!isSame) station.changed()
}
