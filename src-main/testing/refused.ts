import { AppError } from '../base/app-error'

/** What a use case answers, or the expected error it refuses with. @throws when it fails in another way */
export async function outcomeOf<T>(work: Promise<T>): Promise<T | AppError> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
}

/** The expected error of a use case. @throws when the use case goes through, or fails in another way */
export async function refused(work: Promise<unknown>): Promise<AppError> {
  const outcome = await outcomeOf(work)
  if (outcome instanceof AppError) return outcome
  throw new Error('this was expected to be refused')
}

/** 'ok', or the code of the expected error. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const outcome = await outcomeOf(work)
  return outcome instanceof AppError ? outcome.code : 'ok'
}
