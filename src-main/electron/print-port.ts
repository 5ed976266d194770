import type { IpcMain, WebContents, WebContentsPrintOptions } from 'electron'
import type { PrintOutcome } from '../../src-preload/contract/desktop'
import type { Log } from '../base/log'
import { refuseSender, type TrustedSenders } from './trusted-sender'

export const PRINT_CHANNEL = 'counterbay-print'

/**
 * The system's dialog, always: nothing leaves a printer that nobody asked for. The sheets are whole pages of US letter with their margins in
 * them; without a size Electron would take A4.
 */
export const printOptions = {
  silent: false,
  printBackground: true,
  margins: { marginType: 'none' },
  pageSize: 'Letter',
} as const satisfies WebContentsPrintOptions

/** Electron's word for "the person changed their mind", the one reason that is no failure. */
const CANCELED = 'Print job canceled'

export interface PrintPort extends TrustedSenders {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly log: Log
}

/** Lets the page in our window print itself as it looks on paper, and hear whether that worked. */
export function openPrintPort(port: PrintPort): void {
  port.ipcMain.handle(PRINT_CHANNEL, async (event): Promise<PrintOutcome> => {
    const refusal = refuseSender(event, port)
    if (refusal === null) return printPage(event.sender, port.log)
    port.log.warn({ refusal, contents: event.sender.id }, 'print refused')
    throw new Error('refused')
  })
}

async function printPage(contents: Pick<WebContents, 'print'>, log: Log): Promise<PrintOutcome> {
  const reason = await failureOf(contents)
  if (reason === null) return 'printed'
  if (reason === CANCELED) return 'canceled'
  log.warn({ reason }, 'nothing was printed')
  return 'failed'
}

/** Electron's reason why nothing was printed, or null. Where there is no printer at all it may throw instead of telling. */
function failureOf(contents: Pick<WebContents, 'print'>): Promise<string | null> {
  return new Promise((resolve) => {
    try {
      contents.print(printOptions, (success, reason) => resolve(success ? null : reason))
    } catch (error) {
      resolve(String(error))
    }
  })
}
