import type { ClientContext, ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { connectionState, setConnectionState } from './connection'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 4000

/** The web host answers 401 when the browser has no session cookie; a WebSocket alone cannot tell that from a host that is gone. */
async function isRefused(): Promise<boolean> {
  try {
    const answer = await fetch('/session', { method: 'POST' })
    return answer.status === 401
  } catch {
    return false
  }
}

/**
 * One WebSocket to the web host, made again whenever it breaks, with growing pauses. A call made while it is being opened waits; calls in
 * flight when it breaks, or made while it is closed, fail at once.
 */
export function reconnectingSocketLink(url: string): () => ClientLink<ClientContext> {
  let pauseMs = FIRST_PAUSE_MS
  let link = open()

  function open(): ClientLink<ClientContext> {
    const socket = new WebSocket(url)
    socket.addEventListener('open', () => {
      pauseMs = FIRST_PAUSE_MS
      setConnectionState('open')
    })
    socket.addEventListener('close', () => {
      void reopen()
    })
    return new RPCLink({ websocket: socket })
  }

  async function reopen(): Promise<void> {
    const wasOpen = connectionState() === 'open' || connectionState() === 'lost'
    setConnectionState(wasOpen ? 'lost' : 'connecting')
    if (await isRefused()) {
      setConnectionState('refused')
      return
    }
    setTimeout(() => {
      link = open()
    }, pauseMs)
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  }

  return () => link
}
