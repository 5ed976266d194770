import type { SessionStatus } from '../../../src-preload/contract/session'
import { AppError } from '../../base/app-error'
import { sqlState } from '../../database/sql-error'
import type { StationCall } from '../../ipc/context'
import { sessionStatus } from '../people/session-status'

const NOT_ALLOWED = '42501'

/** From now on this station works on a copy. @throws AppError FORBIDDEN when the server's owner may not make a database */
export async function startPractice(call: StationCall): Promise<SessionStatus> {
  try {
    await call.program.practice.enter(call.station)
  } catch (error) {
    if (sqlState(error) !== NOT_ALLOWED) throw error
    throw new AppError('FORBIDDEN', { message: 'The database server does not let this program make a second database to practise on.' })
  }
  return await sessionStatus(call)
}

/** Back to the books. */
export async function leavePractice(call: StationCall): Promise<SessionStatus> {
  await call.program.practice.leave(call.station)
  return await sessionStatus(call)
}
