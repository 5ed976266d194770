import { app, dialog } from 'electron'

/** The plain words of last resort: no window may exist, no log may be open. The program ends afterwards. */
export function failToStart(error: unknown, logFolder: string | null): void {
  const reason = error instanceof Error && error.message !== '' ? error.message : 'An unexpected error stopped the start.'
  tell('Counterbay cannot start', reason, logFolder)
  app.exit(1)
}

export function tellFatalError(logFolder: string): void {
  tell('Counterbay has to close', 'Something went wrong in the program. Nothing that was confirmed is lost. Start it again.', logFolder)
}

function tell(title: string, text: string, logFolder: string | null): void {
  dialog.showErrorBox(title, logFolder === null ? text : `${text}\n\nDetails are in the log:\n${logFolder}`)
}
