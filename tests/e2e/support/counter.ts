import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ApiClient } from '../../../src-preload/contract/api'
import type { RunningHost } from './web-host'

/** What a call was answered with. */
export interface Answer {
  readonly status: number
  /** 'OK', or the error's code */
  readonly code: string
  /** the output, or the error with its message and data */
  readonly body: unknown
}

/** One counter: a session of its own at a running host, over the contract's HTTP. */
export interface Counter {
  readonly host: RunningHost
  readonly cookie: string
  /** The contract, typed; a refused call rejects with its error. */
  readonly api: ApiClient
  /** Any input for any call ('payments.take'), also what no type allows. @throws when there is no answer at all */
  send(call: string, input: unknown): Promise<Answer>
  /** The same with the body as it is. */
  sendText(call: string, text: string): Promise<Answer>
}

export async function openCounter(host: RunningHost): Promise<Counter> {
  const cookie = await exchangeToken(host, await host.newLink())
  const headers = { cookie, origin: host.origin }
  const link = new RPCLink({ url: `${host.origin}/rpc`, headers })
  const sendText = async (call: string, text: string): Promise<Answer> => {
    const response = await fetch(`${host.origin}/rpc/${call.replaceAll('.', '/')}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: text,
    })
    return readAnswer(response)
  }
  return {
    host,
    cookie,
    api: createORPCClient(link),
    sendText,
    send: (call, input) => sendText(call, JSON.stringify({ json: input })),
  }
}

/** A counter with somebody signed in. */
export async function signedIn(host: RunningHost, email: string, password: string): Promise<Counter> {
  const counter = await openCounter(host)
  await counter.api.session.signIn({ email, password })
  return counter
}

export async function exchangeToken(host: RunningHost, link: string): Promise<string> {
  const token = new URL(link).hash.replace('#token=', '')
  const response = await fetch(`${host.origin}/session`, {
    method: 'POST',
    headers: { origin: host.origin, 'x-counterbay-token': token },
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (response.status !== 204 || cookie === undefined) throw new Error(`the launch token was answered with ${response.status}`)
  return cookie
}

async function readAnswer(response: Response): Promise<Answer> {
  const { status } = response
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status, code: 'OK', body: null }
  }
  const text = await response.text()
  const body = parsed(text)
  if (response.ok) return { status, code: 'OK', body }
  return { status, code: isCoded(body) ? body.code : `HTTP ${status}`, body }
}

function parsed(text: string): unknown {
  try {
    return (JSON.parse(text) as { json?: unknown }).json
  } catch {
    return text
  }
}

function isCoded(body: unknown): body is { code: string } {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
}
