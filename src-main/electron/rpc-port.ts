import type { IpcMain, WebContents } from 'electron'
import type { Log } from '../base/log'
import { refuseSender, type TrustedSenders } from './trusted-sender'

/** The only channel from the window; what runs on it is text of the contract's protocol. */
export const CHANNEL = 'counterbay'
/** Longer than any call of the contract needs; a page that sends more is broken or hostile. */
const MAX_CHARACTERS = 16 * 1024 * 1024

/** One conversation between one document and the application. */
export interface Conversation {
  receive(text: string): void
  close(): void
}

export interface RpcPort extends TrustedSenders {
  readonly ipcMain: Pick<IpcMain, 'on'>
  /** `send` reaches the document that began the conversation and no later one */
  readonly connect: (contents: WebContents, send: (text: string) => void) => Conversation
  readonly log: Log
}

interface Open {
  readonly documentId: string
  readonly conversation: Conversation
}

/**
 * Lets each document that our windows show hold one conversation. The preload gives each document an id of its own, because "navigation
 * has begun" does not say which document a message came from, and a navigation that is refused leaves the old document alive.
 * A conversation ends when another document is shown, when its renderer is gone or its window destroyed.
 */
export function openRpcPort(port: RpcPort): void {
  const open = new Map<WebContents, Open>()
  const ended = new WeakMap<WebContents, string>()

  const end = (contents: WebContents): void => {
    const current = open.get(contents)
    if (!current) return
    open.delete(contents)
    ended.set(contents, current.documentId)
    current.conversation.close()
  }

  const begin = (contents: WebContents, documentId: string): Open => {
    end(contents)
    if (!watched.has(contents)) watch(contents)
    const send = (text: string): void => {
      if (open.get(contents)?.documentId === documentId && !contents.isDestroyed()) contents.send(CHANNEL, documentId, text)
    }
    const begun = { documentId, conversation: port.connect(contents, send) }
    open.set(contents, begun)
    return begun
  }

  const watched = new WeakSet<WebContents>()
  const watch = (contents: WebContents): void => {
    watched.add(contents)
    let leaving: string | undefined
    contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) leaving = open.get(contents)?.documentId
    })
    contents.on('did-navigate', () => {
      if (leaving !== undefined && open.get(contents)?.documentId === leaving) end(contents)
    })
    contents.on('render-process-gone', () => end(contents))
    contents.once('destroyed', () => end(contents))
  }

  port.ipcMain.on(CHANNEL, (event, documentId: unknown, text: unknown) => {
    const contents = event.sender
    const refusal = refuseSender(event, port) ?? refuseMessage(documentId, text)
    if (refusal !== null || typeof documentId !== 'string' || typeof text !== 'string') {
      port.log.warn({ refusal, contents: contents.id }, 'message dropped')
      return
    }
    if (ended.get(contents) === documentId) return // a last word of a document that is gone
    const current = open.get(contents)
    const { conversation } = current?.documentId === documentId ? current : begin(contents, documentId)
    conversation.receive(text)
  })
}

function refuseMessage(documentId: unknown, text: unknown): string | null {
  if (typeof documentId !== 'string' || documentId.length === 0 || documentId.length > 64) return 'no document id'
  if (typeof text !== 'string') return 'not text'
  return text.length > MAX_CHARACTERS ? 'too long' : null
}
