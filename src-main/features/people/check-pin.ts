import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { Database } from '../../database/pool'
import type { SignedInUser } from '../../ipc/station'
import { verifyPin } from './hash-pin'
import { countPinTry, recordRightPin } from './try-queries'

interface PinPlace {
  readonly db: Database
  readonly shopId: string
  readonly dataFolder: string
}

/**
 * Somebody's PIN, with its lock-out. Answers with the person as they are now; undefined when they have no PIN that works.
 * @throws AppError LOCKED_OUT, WRONG_PIN
 */
export async function checkPin({ db, shopId, dataFolder }: PinPlace, userId: string, pin: string): Promise<SignedInUser | undefined> {
  const tried = await countPinTry(reading(db), shopId, userId)
  if (!tried) return undefined
  if (tried.hash === null) throw new AppError('LOCKED_OUT', { retryAfterSeconds: tried.retryAfterSeconds })
  if (!(await verifyPin(dataFolder, tried.hash, pin))) throw new AppError('WRONG_PIN')
  return await recordRightPin(reading(db), shopId, userId)
}
