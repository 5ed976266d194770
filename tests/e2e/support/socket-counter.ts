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
  return { socket, api: createORPCClient(new RPCLink({ websocket: socket })), close: () => socket.terminate() }
}
