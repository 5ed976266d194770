import type { WebContents, WebContentsPrintOptions } from 'electron'
import type { Desk } from '../ipc/context'

/** Whole pages of US letter with their margins in them; without a size Electron would take A4. */
const SHEETS = {
  silent: true,
  printBackground: true,
  margins: { marginType: 'none' },
  pageSize: 'Letter',
} as const satisfies WebContentsPrintOptions

/** The printers of the computer, as the page of a window may use them: only by name, and only to print what it shows. */
export function deskOf(contents: Pick<WebContents, 'getPrintersAsync' | 'print'>): Desk {
  const names = async (): Promise<string[]> => (await contents.getPrintersAsync()).map(({ name }) => name)
  return {
    printers: names,
    async print(systemName) {
      // With a name it does not know Electron falls back to the system's default printer, in another room perhaps.
      if (!(await names()).includes(systemName)) return 'there is no such printer'
      return new Promise((resolve) => {
        try {
          contents.print({ ...SHEETS, deviceName: systemName }, (success, reason) => resolve(success ? null : reason || 'unknown'))
        } catch (error) {
          resolve(String(error)) // where no printing is possible at all
        }
      })
    },
  }
}
