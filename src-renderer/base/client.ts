import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client'
import type { ApiClient } from '../../src-preload/contract/api'
import { desktopLink } from './desktop-link'
import { toCallError } from './errors'
import { desktop } from './host'
import { reconnectingSocketLink } from './socket-link'

let current: (() => ClientLink<ClientContext>) | undefined

/** Opens the connection at the first call: in the web host the launch token must have become a cookie before. */
function link(): ClientLink<ClientContext> {
  current ??= desktop ? desktopLink(desktop) : reconnectingSocketLink(`${location.origin.replace(/^http/, 'ws')}/rpc`)
  return current()
}

/**
 * Everything the program can do (contract/api.ts): `await client.orders.get({ orderId })`.
 * A failed call is always rejected with a CallError. Screens use it through their area's <area>-api.ts.
 */
export const client: ApiClient = createORPCClient({
  async call(path, input, options) {
    try {
      return await link().call(path, input, options)
    } catch (error) {
      throw toCallError(error)
    }
  },
})
