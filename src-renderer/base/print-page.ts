import { desktop } from './host'

/**
 * Opens the system's print dialog with what the page has for printers. Answers when that may go away again: the dialog draws from it.
 * @throws Error with a sentence for the user when nothing could be printed
 */
export async function printPage(): Promise<void> {
  if (!desktop) return printInBrowser()
  if ((await desktop.print()) === 'failed')
    throw new Error('Nothing was printed. See whether the printer is on and has paper, then try again.')
}

function printInBrowser(): Promise<void> {
  return new Promise((resolve) => {
    window.addEventListener('afterprint', () => resolve(), { once: true })
    window.print()
  })
}
