import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { setConnectionState } from './connection'
import type { DesktopApi } from './host'

/** The one text channel of the preload script in the form oRPC knows: something with postMessage and 'message' events. */
class PreloadPort extends EventTarget {
  constructor(private readonly api: DesktopApi) {
    super()
    api.onMessage((text) => {
      this.dispatchEvent(new MessageEvent('message', { data: text }))
    })
  }

  postMessage(text: string): void {
    this.api.send(text)
  }
}

export function desktopLink(api: DesktopApi): () => ClientLink<ClientContext> {
  const port = new PreloadPort(api)
  const link = new RPCLink({ port })
  setConnectionState('open')
  return () => link
}
