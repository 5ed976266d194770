import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'

/** Asks where, writes there. @returns the chosen path, or null when the user changed their mind */
export async function saveFile(window: BrowserWindow, suggestedName: string, data: Uint8Array): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: join(app.getPath('documents'), basename(suggestedName)) })
  if (canceled || filePath === '') return null
  const unfinished = `${filePath}.part`
  try {
    await writeFile(unfinished, data)
    await rename(unfinished, filePath) // a full disk must not leave half of a document under its name
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  return filePath
}
