import type { AddressInfo } from 'node:net'
import { createORPCClient } from '@orpc/client'
import { implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { api, type ApiClient } from '../../src-preload/contract/api'
import { connectionState, setConnectionState } from './connection'
import { toCallError } from './errors'
import { reconnectingSocketLink } from './socket-link'

/** jsdom's own WebSocket does not run on this Node; a browser's one never throws when nobody is there. */
class BrowserLikeSocket extends WebSocket {
  constructor(url: string) {
    super(url)
    this.on('error', () => undefined)
  }
}

const os = implement(api)
let server: WebSocketServer | undefined
let cookieKnown = true
const held: (() => void)[] = []

async function startHost(port = 0): Promise<number> {
  const started = new WebSocketServer({ port, host: '127.0.0.1' })
  const handler = new RPCHandler({
    orders: { choices: os.orders.choices.handler(() => new Promise((_, reject) => held.push(() => reject(new Error('ended'))))) },
    users: { approvers: os.users.approvers.handler(() => []) },
  })
  started.on('connection', (socket) => void handler.upgrade(socket, { context: {} }))
  await new Promise((resolve) => started.once('listening', resolve))
  server = started
  return (started.address() as AddressInfo).port
}

function stopHost(): void {
  for (const socket of server?.clients ?? []) socket.terminate()
  server?.close()
}

function connect(port: number): ApiClient {
  const link = reconnectingSocketLink(`ws://127.0.0.1:${port}`)
  return createORPCClient({ call: (path, input, options) => link().call(path, input, options) })
}

beforeEach(() => {
  cookieKnown = true
  setConnectionState('connecting')
  vi.stubGlobal('WebSocket', BrowserLikeSocket)
  // The answer of the web host's POST /session, which jsdom's page has no origin for.
  vi.stubGlobal('fetch', async () => new Response(null, { status: cookieKnown ? 204 : 401 }))
})
afterEach(() => {
  // Nobody tries to come back after the test: a browser that is refused stays away.
  cookieKnown = false
  stopHost()
  for (const end of held.splice(0)) end()
})

describe('reconnectingSocketLink', () => {
  it('lets a call wait for the first connection', async () => {
    const client = connect(await startHost())
    await expect(client.users.approvers({})).resolves.toEqual([])
    expect(connectionState()).toBe('open')
  })

  it('fails calls in flight with a clear error when the connection breaks, and comes back by itself', async () => {
    const port = await startHost()
    const client = connect(port)
    await client.users.approvers({})
    const lost = client.orders.choices({}).catch(toCallError)
    await vi.waitFor(() => expect(held).toHaveLength(1))
    stopHost()
    expect(await lost).toMatchObject({ code: 'CONNECTION_LOST' })
    await vi.waitFor(() => expect(connectionState()).toBe('lost'))
    expect(await client.users.approvers({}).catch(toCallError)).toMatchObject({ code: 'CONNECTION_LOST' })

    await startHost(port)
    await vi.waitFor(() => expect(connectionState()).toBe('open'), 5000)
    await expect(client.users.approvers({})).resolves.toEqual([])
  })

  it('stops trying when the host does not know this browser', async () => {
    const port = await startHost()
    const client = connect(port)
    await client.users.approvers({})
    cookieKnown = false
    stopHost()
    await vi.waitFor(() => expect(connectionState()).toBe('refused'))
  })
})
