import { grantOf, permissions } from '../../../src-preload/contract/permissions'
import type { PinPerson, SessionStatus, SessionUser } from '../../../src-preload/contract/session'
import { reading } from '../../database/transaction'
import { statesThatRegister } from '../../rules/states-that-register'
import type { StationCall } from '../../ipc/context'
import { lockWhenIdle } from '../../ipc/gate'
import type { SignedInUser } from '../../ipc/station'
import { selectPinPeople } from './people-queries'
import { shopDay } from './shop-day'

/** What this station is: not set up, nobody signed in, locked, or open; and for whom. */
export async function sessionStatus(call: StationCall): Promise<SessionStatus> {
  const { program, station, host } = call
  const { shop } = program
  lockWhenIdle(program, station)
  const here = { host, demo: program.demo, version: program.version, practice: program.practice.shopOf(station) !== null }
  if (!shop) {
    const today = program.clock.now().toISOString().slice(0, 10)
    return { ...here, stage: 'setup', shop: null, user: null, people: [], idleMinutes: 5, statesThatRegister: statesThatRegister(today) }
  }
  const { name, timezone, settings } = shop.profile
  return {
    ...here,
    stage: !station.user ? 'signed_out' : station.locked ? 'locked' : 'open',
    shop: { id: shop.id, name, timezone },
    user: station.user && sessionUser(station.user),
    people: await pinPeople(call),
    idleMinutes: settings.idleMinutes,
  }
}

function sessionUser(user: SignedInUser): SessionUser {
  const { id, firstName, lastName, role, hasPin, mustChangePassword } = user
  const grants: SessionUser['grants'] = {}
  for (const permission of permissions) {
    const grant = grantOf(role, permission)
    if (grant !== 'no') grants[permission] = grant
  }
  return { id, firstName, lastName, role, grants, hasPin, mustChangePassword }
}

async function pinPeople({ program, station }: StationCall): Promise<PinPerson[]> {
  if (!program.shop) return []
  const today = shopDay(program.clock.now(), program.shop.profile.timezone)
  const ids = [...station.passwordDays].filter(([, day]) => day === today).map(([userId]) => userId)
  return ids.length === 0 ? [] : await selectPinPeople(reading(program.shop.db), program.shop.id, ids)
}
