import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const fileOf = (dataFolder: string): string => join(dataFolder, 'launch-key')

/** The secret by which a second start on this data folder may ask the first one for a link; only this user can read it. */
export async function launchKeyOf(dataFolder: string): Promise<string> {
  const key = randomBytes(32).toString('base64url')
  await writeFile(fileOf(dataFolder), key, { mode: 0o600 })
  return key
}

/** A new link from the Counterbay that already serves this folder; null when it does not answer. */
export async function linkFromRunning(origin: string, dataFolder: string): Promise<string | null> {
  try {
    const key = await readFile(fileOf(dataFolder), 'utf8')
    const signal = AbortSignal.timeout(3000)
    const response = await fetch(`${origin}/launch`, { method: 'POST', headers: { 'x-counterbay-launch': key }, signal })
    return response.ok ? await response.text() : null
  } catch {
    return null
  }
}
