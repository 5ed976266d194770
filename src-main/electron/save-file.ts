import { rename, rm, writeFile } from 'node:fs/promises'

/**
 * Writes a document where the user said.
 * @param choose asks for the place; null = the user changed their mind
 * @returns the chosen path, or null
 */
export async function saveFile(choose: () => Promise<string | null>, data: Uint8Array): Promise<string | null> {
  const file = await choose()
  if (file === null) return null
  const unfinished = `${file}.part`
  try {
    await writeFile(unfinished, data)
    await rename(unfinished, file) // a full disk must not leave half of a document under its name
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  return file
}
