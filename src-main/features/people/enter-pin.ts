import type { SessionStatus } from '../../../src-preload/contract/session'
import { AppError } from '../../base/app-error'
import type { StationCall } from '../../ipc/context'
import { checkPin } from './check-pin'
import { enterStation } from './enter-station'
import { sessionStatus } from './session-status'
import { shopDay } from './shop-day'

/**
 * Opens a locked screen or switches to somebody else; only for people who gave their password at this station today.
 * @throws AppError SETUP_NEEDED, PIN_NOT_READY, WRONG_PIN, LOCKED_OUT
 */
export async function enterPin(call: StationCall, { userId, pin }: { userId: string; pin: string }): Promise<SessionStatus> {
  const { program, station } = call
  const { shop } = program
  if (!shop) throw new AppError('SETUP_NEEDED')
  const today = shopDay(program.clock.now(), shop.profile.timezone)
  if (station.passwordDays.get(userId) !== today) throw new AppError('PIN_NOT_READY')
  const user = await checkPin({ db: shop.db, shopId: shop.id, dataFolder: program.config.dataFolder }, userId, pin)
  if (!user) throw new AppError('PIN_NOT_READY')
  enterStation(call, user, 'pin')
  return await sessionStatus(call)
}
