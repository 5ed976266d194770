import { createHmac, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { invariant } from '../../base/invariant'
import { assertOutsideTransaction } from '../../database/transaction'
import { hashPassword, verifyPassword } from './hash-password'

const PEPPER_BYTES = 32
const peppers = new Map<string, Promise<Buffer>>()

/**
 * A PIN has a million values: without the secret of this installation, which is not in the database, a copy of the hashes would be
 * guessed within hours. A PIN therefore works on this data folder only.
 */
export async function hashPin(dataFolder: string, pin: string): Promise<string> {
  return await hashPassword(await peppered(dataFolder, pin))
}

export async function verifyPin(dataFolder: string, storedHash: string, pin: string): Promise<boolean> {
  return await verifyPassword(storedHash, await peppered(dataFolder, pin))
}

async function peppered(dataFolder: string, pin: string): Promise<string> {
  assertOutsideTransaction('reading the PIN secret')
  let pepper = peppers.get(dataFolder)
  if (!pepper) {
    pepper = readPepper(dataFolder)
    peppers.set(dataFolder, pepper)
    pepper.catch(() => peppers.delete(dataFolder))
  }
  return createHmac('sha256', await pepper)
    .update(pin)
    .digest('base64')
}

/** Made at first use. Written whole under another name, then linked: two programs at once agree on one secret, a crash leaves none. */
async function readPepper(dataFolder: string): Promise<Buffer> {
  const path = join(dataFolder, 'pin-pepper')
  const stored = await readIfThere(path)
  if (stored) return stored
  await mkdir(dataFolder, { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(randomBytes(PEPPER_BYTES))
    await file.sync()
  } finally {
    await file.close()
  }
  await link(draft, path).catch((error: unknown) => {
    if (!isCode(error, 'EEXIST')) throw error
  })
  await rm(draft)
  const made = await readIfThere(path)
  invariant(made, 'the PIN secret was written and is gone')
  return made
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    const pepper = await readFile(path)
    invariant(pepper.length === PEPPER_BYTES, 'the PIN secret has the wrong length')
    return pepper
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
