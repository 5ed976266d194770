import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Application } from '../ipc/application'
import { lockWhenIdle } from '../ipc/gate'
import type { Station } from '../ipc/station'
import { BrowserSessions, sameSecret } from './browser-sessions'
import { builtFileAt, type BuiltFiles } from './built-files'
import { securityHeaders } from './content-security-policy'

export interface WebHost {
  /** 'http://127.0.0.1:PORT' */
  readonly origin: string
  /** a link that opens the program once: the origin with a new one-time token in its fragment */
  newLink(): string
  close(): Promise<void>
}

const MAX_MESSAGE_BYTES = 2 << 20
const IDLE_CHECK_MS = 10_000

/**
 * The application on loopback HTTP: the same screens and the same contract as in Electron.
 * Answers only its own exact Host (DNS rebinding) and, where something is done, its own exact Origin (other pages of the browser);
 * the contract only under the session cookie, which a one-time launch token is exchanged for.
 */
export async function startWebHost(options: {
  application: Application
  files: BuiltFiles
  port: number
  launchKey: string
}): Promise<WebHost> {
  const { application, files, launchKey } = options
  const server = createServer()
  await listen(server, options.port)
  const { port } = server.address() as AddressInfo
  const authority = `127.0.0.1:${port}`
  const origin = `http://${authority}`
  const sessions = new BrowserSessions(`counterbay_${port}`, () => application.openStation())
  const newLink = (): string => `${origin}/#token=${sessions.newToken()}`
  const requests: Requests = { application, files, launchKey, authority, origin, sessions, newLink }
  server.on('request', (request, response) => {
    answer(requests, request, response).catch((error: unknown) => {
      application.program.log.error({ error }, 'request failed')
      if (!response.headersSent) end(response, 500)
    })
  })
  const sockets = acceptSockets(server, requests)
  const idle = setInterval(() => {
    for (const station of application.program.stations) lockWhenIdle(application.program, station)
  }, IDLE_CHECK_MS).unref()
  return {
    origin,
    newLink,
    close: () =>
      new Promise((resolve) => {
        clearInterval(idle)
        for (const socket of sockets.clients) socket.terminate()
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

interface Requests {
  application: Application
  files: BuiltFiles
  launchKey: string
  authority: string
  origin: string
  sessions: BrowserSessions
  newLink: () => string
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function answer(host: Requests, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.host !== host.authority) {
    end(response, 421)
    return
  }
  const { pathname } = new URL(request.url ?? '/', host.origin)
  if (request.method === 'GET' || request.method === 'HEAD') {
    answerFile(host, pathname, request.method, response)
    return
  }
  if (request.method !== 'POST') end(response, 405)
  else if (pathname === '/launch') answerLaunch(host, request, response)
  else if (request.headers.origin !== host.origin) end(response, 403)
  else if (pathname === '/session') answerSession(host, request, response)
  else await answerCall(host, request, response)
}

function answerFile(host: Requests, pathname: string, method: string, response: ServerResponse): void {
  const file = pathname.startsWith('/rpc') ? undefined : builtFileAt(host.files, pathname)
  if (!file) end(response, 404)
  else end(response, 200, { 'content-type': file.contentType }, method === 'HEAD' ? undefined : file.body)
}

/** A second start on the same data folder proves by the key in that folder that it may have a link of its own. */
function answerLaunch(host: Requests, request: IncomingMessage, response: ServerResponse): void {
  const key = request.headers['x-counterbay-launch']
  if (request.headers.origin !== undefined || typeof key !== 'string' || !sameSecret(key, host.launchKey)) end(response, 403)
  else end(response, 200, { 'content-type': 'text/plain; charset=utf-8' }, host.newLink())
}

function answerSession(host: Requests, request: IncomingMessage, response: ServerResponse): void {
  const token = request.headers['x-counterbay-token']
  const cookie = typeof token === 'string' ? host.sessions.exchange(token) : undefined
  if (cookie === undefined) end(response, host.sessions.stationOf(request.headers.cookie) ? 204 : 401)
  else end(response, 204, { 'set-cookie': `${host.sessions.cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/` })
}

async function answerCall(host: Requests, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const station = host.sessions.stationOf(request.headers.cookie)
  if (!station) {
    end(response, 401)
    return
  }
  const bytes = Number(request.headers['content-length'] ?? Infinity)
  if (!(bytes <= MAX_MESSAGE_BYTES)) {
    end(response, bytes === Infinity ? 411 : 413, { connection: 'close' })
    return
  }
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
  const context = { program: host.application.program, station, host: 'web' as const }
  const { matched } = await host.application.http.handle(request, response, { prefix: '/rpc', context })
  if (!matched) end(response, 404)
}

const HEADERS = { ...securityHeaders, 'cache-control': 'no-store' }

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}, body?: string | Uint8Array): void {
  response.writeHead(status, { ...HEADERS, ...headers }).end(body)
}

function acceptSockets(server: Server, host: Requests): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  server.on('upgrade', (request, socket, head) => {
    const station = host.sessions.stationOf(request.headers.cookie)
    const ours = request.headers.host === host.authority && request.headers.origin === host.origin && request.url === '/rpc'
    if (!ours || !station) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      converse(host.application, webSocket, station)
    })
  })
  return sockets
}

function converse(application: Application, socket: WebSocket, station: Station): void {
  const send = (text: string): void => {
    if (socket.readyState === socket.OPEN) socket.send(text)
  }
  const conversation = application.connect({ kind: 'web', send }, station)
  socket.on('message', (data, isBinary) => {
    if (!isBinary) conversation.receive((data as Buffer).toString('utf8'))
  })
  socket.on('close', () => {
    conversation.close()
  })
  socket.on('error', () => {
    socket.terminate()
  })
}
