import type { BrowserWindow } from 'electron'
import { openExternal } from './open-external'
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
    saveFile: (suggestedName, data) => saveFile(window, suggestedName, data),
    openExternal,
  }
}
