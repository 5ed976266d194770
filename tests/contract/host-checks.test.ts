import { request, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { testDatabase, type TestDatabase } from '../../src-main/testing/test-database'
import { exchangeToken, openCounter, type Counter } from '../e2e/support/counter'
import { openSocket } from '../e2e/support/socket-counter'
import { removeHost, startWebHost, type RunningHost } from '../e2e/support/web-host'

let database: TestDatabase
let host: RunningHost
let counter: Counter

beforeAll(async () => {
  database = await testDatabase()
  host = await startWebHost({ databaseUrl: database.url })
  counter = await openCounter(host)
})

afterAll(async () => {
  if (host) await removeHost(host)
  await database?.close()
})

const STATUS = '/rpc/session/status'

/** A request as no browser would send it: every header is the caller's. */
function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<IncomingMessage & { text: string }> {
  const { hostname, port, host: authority } = new URL(host.origin)
  return new Promise((answered, failed) => {
    const out = request({ hostname, port, method, path, headers: { host: authority, ...headers }, setHost: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.once('end', () => {
        answered(Object.assign(response, { text }))
      })
    })
    out.once('error', failed)
    out.end(body)
  })
}

/** Text that is no message of the protocol, or half of one. */
const rubbish = [
  '',
  '{',
  'null',
  '17',
  '[]',
  '{"i":1}',
  '{"i":"a"}',
  '{"i":"a","p":null}',
  '{"i":"a","p":{"u":"http://["}}',
  '{"i":"a","p":{"u":"/session/status","h":{"content-type":"multipart/form-data; boundary=x"},"b":"x"}}',
  '{"i":"a","p":{"u":"/session/status","h":{"content-disposition":"attachment; filename=x"},"b":{"json":{}}}}',
  '{"i":"a","p":{"u":"/session/status","h":{"content-type":"text/event-stream"},"b":{"json":{}}}}',
  '{"i":"a","p":{"u":"/session/status","b":{"json":{},"meta":[[31,"__proto__","x"]],"maps":[["x"]]}}}',
  '{"i":"a","p":{"u":"/session/status","b":{"json":{},"meta":17}}}',
  '{"i":"a","p":{"u":"/__proto__/toString","b":{"json":{}}}}',
  '{"i":"a","p":{"u":"/session/nothing","b":{"json":{}}}}',
  '{"i":"a","t":2,"p":{"e":"message","d":{"json":1}}}',
  '{"i":"a","t":3,"p":{"e":"done"}}',
  '{"i":"a","t":4}',
  '{"i":"a","t":99,"p":{}}',
  '\u0000'.repeat(1000),
  '['.repeat(50_000),
]

const json = { 'content-type': 'application/json' }
const call = (headers: Record<string, string>) => ask('POST', STATUS, { ...json, ...headers }, '{"json":{}}')

describe('the web host', () => {
  it('answers its own page with its cookie', async () => {
    const answer = await call({ origin: host.origin, cookie: counter.cookie })
    expect(answer.statusCode).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({ json: { stage: 'signed_out', host: 'web' } })
  })

  it('takes a launch token once: 401 the second time, and for a guessed one', async () => {
    const link = await host.newLink()
    const cookie = await exchangeToken(host, link)
    const token = new URL(link).hash.replace('#token=', '')
    const session = (value: string) => ask('POST', '/session', { origin: host.origin, 'x-counterbay-token': value })
    expect((await session(token)).statusCode).toBe(401)
    expect((await session(`${token.slice(0, -1)}A`)).statusCode).toBe(401)
    expect((await session('')).statusCode).toBe(401)
    expect((await call({ origin: host.origin, cookie })).statusCode).toBe(200)
  })

  it('gives a cookie that no script and no other site can use', async () => {
    const token = new URL(await host.newLink()).hash.replace('#token=', '')
    const answer = await ask('POST', '/session', { origin: host.origin, 'x-counterbay-token': token })
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(/^counterbay_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)])
  })

  it.each([
    ['without a cookie', {}],
    ['with a made-up cookie', { cookie: 'counterbay_1=abc' }],
  ])('refuses a call %s: 401', async (_, headers) => {
    expect((await call({ origin: host.origin, ...headers })).statusCode).toBe(401)
  })

  it.each(['https://evil.example', 'null', 'http://localhost', ''])('refuses a call of the origin "%s": 403', async (origin) => {
    const answer = await call({ cookie: counter.cookie, ...(origin === '' ? {} : { origin }) })
    expect(answer.statusCode).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it.each(['localhost', 'evil.example', '127.0.0.1'])('refuses a request for the host "%s": 421', async (name) => {
    for (const path of ['/', STATUS]) expect((await ask('GET', path, { host: name })).statusCode).toBe(421)
    expect((await call({ host: name, origin: host.origin, cookie: counter.cookie })).statusCode).toBe(421)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('refuses the method %s: 405', async (method) => {
    expect((await ask(method, STATUS, { origin: host.origin, cookie: counter.cookie })).statusCode).toBe(405)
  })

  it('runs no call by GET, and knows no call that is not in the contract', async () => {
    const headers = { origin: host.origin, cookie: counter.cookie }
    expect((await ask('GET', STATUS, headers)).statusCode).toBe(404)
    expect((await ask('GET', '/rpc/session/signOut?data=%7B%7D', headers)).statusCode).toBe(404)
    expect((await ask('POST', '/rpc/session/nothing', { ...json, ...headers }, '{}')).statusCode).toBe(404)
    expect((await ask('POST', '/rpc/__proto__/constructor', { ...json, ...headers }, '{}')).statusCode).toBe(404)
  })

  it.each(['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/main/web.js', '/assets/../../main/web.js', '/etc/passwd.js'])(
    'serves nothing but the built screens: %s',
    async (path) => {
      expect((await ask('GET', path)).statusCode).toBe(404)
    },
  )

  it('sends the content security policy with every answer', async () => {
    for (const answer of [
      await ask('GET', '/'),
      await ask('GET', '/nothing.js'),
      await call({ origin: host.origin, cookie: counter.cookie }),
    ]) {
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
      expect(answer.headers['content-security-policy']).not.toMatch(/unsafe/)
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })

  it.each([
    ['without a cookie', { cookie: '' }],
    ['of a foreign origin', { origin: 'https://evil.example' }],
    ['without an origin', { origin: '' }],
    ['for a foreign host', { host: 'evil.example' }],
  ])('refuses a WebSocket %s: 403', async (_, wrong: Record<string, string>) => {
    const headers = Object.entries({ origin: host.origin, cookie: counter.cookie, ...wrong }).filter(([, value]) => value !== '')
    const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/rpc`, { headers: Object.fromEntries(headers) })
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      socket.once('unexpected-response', (out, response) => {
        resolve(response.statusCode)
        out.destroy()
      })
      socket.once('open', () => {
        reject(new Error('it was let in'))
      })
      socket.on('error', () => undefined)
    })
    expect(answered).toBe(403)
  })

  it.each(rubbish)('lives on when a WebSocket is sent %o', async (text) => {
    const { socket, api, close } = await openSocket(counter)
    socket.send(text)
    expect((await api.session.status({})).stage).toBe('signed_out')
    close()
    expect((await counter.send('session.status', {})).code).toBe('OK')
  })

  it('ends a WebSocket that sends too much, and lives on', async () => {
    const { socket } = await openSocket(counter)
    socket.on('error', () => undefined)
    const closed = new Promise((done) => socket.once('close', done))
    socket.send('x'.repeat(3 << 20))
    expect(await closed).toBe(1009)
    expect((await counter.send('session.status', {})).code).toBe('OK')
  })
})
