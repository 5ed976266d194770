import { BrowserWindow, dialog, type DownloadItem, type Session, type WebContents } from 'electron'
import type { Log } from '../base/log'
import { isOwnDocument } from './origin'

/**
 * A document that the page made itself is saved where the person says in the system's dialog; anything else is not downloaded at all.
 * A disk that is full or a folder that may not be written is told: nobody looks for a file that was never there.
 */
export function saveDocuments(session: Session, { origin, log }: { origin: string; log: Log }): void {
  session.on('will-download', (event, item, contents) => {
    if (!isOwnDocument(item.getURL(), origin)) {
      event.preventDefault()
      log.warn({}, 'download refused')
      return
    }
    item.setSaveDialogOptions({ title: 'Save document', filters: filtersFor(item.getMimeType()) }) // the title would be the address of the blob
    item.once('done', (_event, state) => {
      if (state === 'interrupted') tellNotSaved(contents, item, log)
    })
  })
}

function filtersFor(mimeType: string): { name: string; extensions: string[] }[] {
  return mimeType === 'application/pdf' ? [{ name: 'PDF', extensions: ['pdf'] }] : []
}

function tellNotSaved(contents: WebContents, item: DownloadItem, log: Log): void {
  log.warn({ type: item.getMimeType() }, 'a document was not saved')
  const window = contents.isDestroyed() ? null : BrowserWindow.fromWebContents(contents)
  if (!window) return
  void dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Counterbay',
    message: `${item.getFilename()} was not saved`,
    detail: 'The folder may be full, or may not be written to. Choose another one.',
    buttons: ['OK'],
  })
}
