import { basename, join } from 'node:path'
import { app, dialog, shell, type BrowserWindow } from 'electron'
import { AppError } from '../base/app-error'
import { externalUrl } from './external-url'
import { canPrintPdf, printPdf } from './print-pdf'
import { saveFile } from './save-file'

/** What only a desktop window can do for the application. */
export interface HostServices {
  /** absent where the page has to print its own view */
  readonly print?: (pdf: Uint8Array, jobName: string) => Promise<void>
  readonly saveFile: (suggestedName: string, data: Uint8Array) => Promise<string | null>
  readonly openExternal: (url: string) => Promise<void>
}

export function hostServices(window: BrowserWindow): HostServices {
  return {
    ...(canPrintPdf() ? { print: printPdf } : {}),
    saveFile: (suggestedName, data) => saveFile(() => choosePlace(window, suggestedName), data),
    openExternal,
  }
}

async function choosePlace(window: BrowserWindow, suggestedName: string): Promise<string | null> {
  const defaultPath = join(app.getPath('documents'), basename(suggestedName))
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath })
  return canceled || filePath === '' ? null : filePath
}

/** The only caller of shell.openExternal. The main process makes the address from stored data; a page never names one. */
async function openExternal(text: string): Promise<void> {
  const url = externalUrl(text)
  if (url === null) throw new AppError('FORBIDDEN')
  await shell.openExternal(url)
}
