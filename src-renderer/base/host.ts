import type { PrintOutcome } from '../../src-preload/contract/desktop'

/** What the preload script gives the window; absent in the web host. */
export interface DesktopApi {
  readonly host: 'electron'
  send: (text: string) => void
  /** Answers with a function that stops listening. */
  onMessage: (listener: (text: string) => void) => () => void
  /** Ids of contract/shortcuts.ts that were chosen in the native menu. */
  onMenu: (listener: (id: string) => void) => () => void
  /** The system's print dialog for this page; answers when it is closed. */
  print: () => Promise<PrintOutcome>
}

declare global {
  interface Window {
    readonly api?: DesktopApi
  }
}

export const desktop: DesktopApi | undefined = window.api
