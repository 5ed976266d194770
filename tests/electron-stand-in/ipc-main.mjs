import { EventEmitter } from 'node:events'

class IpcMain extends EventEmitter {
  _handlers = new Map()
  handle(channel, handler) {
    if (this._handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this._handlers.set(channel, handler)
  }
  removeHandler(channel) {
    this._handlers.delete(channel)
  }
}

export const ipcMain = new IpcMain()

/** A message of a preload: an event for `send`, a call with its reply for `invoke`. */
export async function receiveFromPage(event, { type, id, channel, args }, codec, deliver) {
  const values = codec.decode(args)
  if (type === 'send') {
    ipcMain.emit(channel, event, ...values)
    return
  }
  const handler = ipcMain._handlers.get(channel)
  if (!handler) return deliver({ type: 'reply', id, error: `Error: No handler registered for '${channel}'` })
  try {
    deliver({ type: 'reply', id, value: codec.encode(await handler(event, ...values)) })
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error)
    deliver({ type: 'reply', id, error: String(error) })
  }
}
