import { type ErrorCode, type ErrorData, sentenceOf } from '../../src-preload/contract/errors'

/**
 * An expected failure: a code of the contract's closed list, the sentence for the user, data for the screen.
 * Anything else that is thrown is a fault of the program and reaches the user as a reference number only.
 */
export class AppError extends Error {
  override readonly name = 'AppError'

  constructor(
    readonly code: ErrorCode,
    readonly data: ErrorData & { message?: string } = {},
  ) {
    super(data.message ?? sentenceOf(code))
  }
}

/** INVALID_INPUT with one sentence beside one field. */
export function invalidField(field: string, sentence: string): AppError {
  return new AppError('INVALID_INPUT', { fields: { [field]: sentence } })
}
