import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const known = new Map<string, Promise<string>>()

/** Which installation of the program this is, for what belongs to a place and not to the shop: its printers. Kept in the data folder. */
export function stationId(dataFolder: string): Promise<string> {
  let id = known.get(dataFolder)
  if (!id) {
    id = readOrMake(join(dataFolder, 'station-id'), dataFolder)
    known.set(dataFolder, id)
    id.catch(() => known.delete(dataFolder))
  }
  return id
}

/** Written whole under another name, then linked: two programs at once agree on one, a crash leaves none. */
async function readOrMake(path: string, dataFolder: string): Promise<string> {
  const stored = await readId(path)
  if (stored) return stored
  await mkdir(dataFolder, { recursive: true })
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, randomUUID())
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  const made = await readId(path)
  if (!made) throw new Error('the station has no id')
  return made
}

async function readId(path: string): Promise<string | null> {
  try {
    const text = (await readFile(path, 'utf8')).trim()
    return /^[0-9a-f-]{36}$/.test(text) ? text : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
