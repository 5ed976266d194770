import type { SessionStatus } from '../../../src-preload/contract/session'
import { AppError } from '../../base/app-error'
import { reading } from '../../database/transaction'
import type { StationCall } from '../../ipc/context'
import { countUnknownTry } from './count-unknown-tries'
import { enterStation } from './enter-station'
import { hashPassword, isForeignHash, isOutdated, verifyPassword } from './hash-password'
import { sessionStatus } from './session-status'
import { countSignInTry, recordSignIn } from './try-queries'

/**
 * E-mail and password. An address nobody has answers as a wrong password does, after the same time.
 * @throws AppError SETUP_NEEDED, WRONG_CREDENTIALS, LOCKED_OUT
 */
export async function signIn(call: StationCall, input: { email: string; password: string }): Promise<SessionStatus> {
  const { shop } = call.program
  if (!shop) throw new AppError('SETUP_NEEDED')
  const db = reading(shop.db)
  const tried = input.email.includes('\0') ? undefined : await countSignInTry(db, shop.id, input.email)
  if (!tried) return await refuseUnknown(shop.id, input)
  if (tried.hash === null) throw new AppError('LOCKED_OUT', { retryAfterSeconds: tried.retryAfterSeconds })
  if (!(await verifyPassword(tried.hash, input.password))) throw wrong(tried.hash)
  const newHash = isOutdated(tried.hash) ? await hashPassword(input.password) : null
  const user = await recordSignIn(db, shop.id, tried.userId, newHash)
  if (!user) throw new AppError('WRONG_CREDENTIALS')
  enterStation(call, user, 'password')
  return await sessionStatus(call)
}

async function refuseUnknown(shopId: string, { email, password }: { email: string; password: string }): Promise<never> {
  const retryAfterSeconds = countUnknownTry(shopId, email)
  if (retryAfterSeconds > 0) throw new AppError('LOCKED_OUT', { retryAfterSeconds })
  await verifyPassword(null, password)
  throw new AppError('WRONG_CREDENTIALS')
}

function wrong(storedHash: string): AppError {
  return isForeignHash(storedHash)
    ? new AppError('WRONG_CREDENTIALS', {
        message: 'This password comes from another program and must be set anew. Ask the owner for a new one.',
      })
    : new AppError('WRONG_CREDENTIALS')
}
