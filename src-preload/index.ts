import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'

// All that a page gets: text on one channel, the ids of chosen menu items, and the system's print dialog. What the text means is checked
// by the main process.
const documentId = crypto.randomUUID() // new for every document, so that no answer reaches a later one

function hear(channel: string, listener: (...values: unknown[]) => void): () => void {
  const withoutEvent = (_event: IpcRendererEvent, ...values: unknown[]): void => listener(...values)
  ipcRenderer.on(channel, withoutEvent)
  return () => {
    ipcRenderer.off(channel, withoutEvent)
  }
}

contextBridge.exposeInMainWorld('api', {
  host: 'electron',
  send: (text: unknown) => ipcRenderer.send('counterbay', documentId, text),
  onMessage: (callback: (text: unknown) => void) => hear('counterbay', (forDocument, text) => forDocument === documentId && callback(text)),
  onMenu: (callback: (shortcutId: unknown) => void) => hear('counterbay-menu', (shortcutId) => callback(shortcutId)),
  print: () => ipcRenderer.invoke('counterbay-print'),
})
