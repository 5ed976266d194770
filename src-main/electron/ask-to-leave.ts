import { dialog, type BrowserWindow } from 'electron'

let isForced = false

/** From now on nobody is asked: the computer shuts down, or the process was told to end. */
export function leaveWithoutAsking(): void {
  isForced = true
}

/** A page that would lose what was typed into it refuses to go (base/unsaved.ts): whoever closes the window, or loads it again, is asked first. */
export function askToLeave(window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    if (isForced || leaves(window)) event.preventDefault() // of what the page prevented
  })
}

function leaves(window: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    message: 'Something that was typed is not stored yet.',
    detail: 'It is lost when the window is closed.',
    buttons: ['Close anyway', 'Stay'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return answer === 0
}
