import { hash, parseOptions, verify } from '@node-rs/argon2'
import { assertOutsideTransaction } from '../../database/transaction'

/** Argon2id (the library's default) above the floor of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 32_768, timeCost: 3, parallelism: 1 } as const

/** Of a random password nobody knows: checking against it makes an unknown e-mail address as slow as a wrong password. */
const NOBODY = '$argon2id$v=19$m=32768,t=3,p=1$5NwT00Wn0iqUt8oCap9CVA$iv+1ijWOiQMfUn+uT42aFcxTmczszHcHYk5lxc3Ymhk'

/** Runs on the library's own threads, outside any transaction: it takes longer than locks may be held. */
export async function hashPassword(secret: string): Promise<string> {
  assertOutsideTransaction('hashing a password')
  return await hash(secret, COST)
}

/** False for a hash of another kind as well, after the same time. */
export async function verifyPassword(stored: string | null, secret: string): Promise<boolean> {
  assertOutsideTransaction('checking a password')
  const usable = stored !== null && stored.startsWith('$argon2id$')
  const matches = await verify(usable ? stored : NOBODY, secret)
  return usable && matches
}

/** True for a hash made with less than today's cost: it is replaced at the next sign-in. */
export function isOutdated(stored: string): boolean {
  const { memoryCost, timeCost } = parseOptions(stored)
  return memoryCost < COST.memoryCost || timeCost < COST.timeCost
}

/** Hashes of another program (bcrypt, `$2b$…`) are kept for the record; their owners need a new password. */
export function isForeignHash(stored: string): boolean {
  return stored.startsWith('$2')
}
