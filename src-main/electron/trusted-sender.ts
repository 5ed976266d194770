import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron'

export interface TrustedSenders {
  /** the origin whose main frame may speak */
  readonly origin: string
  readonly isOurWindow: (contents: WebContents) => boolean
}

/** Why a sender is not heard, or null: only the main frame of a window we made, showing our own origin. */
export function refuseSender(event: IpcMainEvent | IpcMainInvokeEvent, { origin, isOurWindow }: TrustedSenders): string | null {
  if (!isOurWindow(event.sender)) return 'not a window of the program'
  try {
    const frame = event.senderFrame // null when the frame has navigated or is gone
    if (!frame) return 'no frame'
    if (frame.parent !== null) return 'not the main frame'
    return frame.origin === origin ? null : 'foreign origin'
  } catch {
    return 'frame is gone' // Electron throws when a frame that is gone is asked anything
  }
}
