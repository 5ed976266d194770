import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { ApiClient } from '../../../src-preload/contract/api'
import type { Counter } from './counter'

export interface SocketCounter {
  readonly socket: WebSocket
  readonly api: ApiClient
  close(): void
}

/** The contract over the WebSocket that the screens use, in the session of a counter. */
export async function openSocket({ host, cookie }: Counter): Promise<SocketCounter> {
  const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/rpc`, { headers: { cookie }, origin: host.origin })
  await new Promise((opened, failed) => {
    socket.once('open', opened)
    socket.once('error', failed)
  })
  // ws has every method of the browser's WebSocket that is used; only its event types are its own.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { socket, api: createORPCClient(link), close: () => socket.terminate() }
}
