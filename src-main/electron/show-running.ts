import { app, dialog } from 'electron'
import { openInBrowser } from './open-in-browser'

const OPEN = 0
const CLOSE = 1

/**
 * The web host works on this data folder: its pages belong into a browser, where its menu, its lock and its end are at home. So this start
 * says so and leads there.
 */
export async function showRunning(link: string): Promise<void> {
  await app.whenReady()
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Counterbay',
    message: 'Counterbay is already open in the browser',
    detail: 'It works on the same shop. Go on there, or end it first to work in a window of its own.',
    buttons: ['Open in browser', 'Close'],
    defaultId: OPEN,
    cancelId: CLOSE,
    noLink: true,
  })
  if (response === OPEN) await openInBrowser(link)
}
