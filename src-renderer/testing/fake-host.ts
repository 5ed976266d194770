import { type Context, implement } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { api } from '../../src-preload/contract/api'
import type { DesktopApi } from '../base/host'

/** One end of a line of text, as the preload script is one. */
class End extends EventTarget {
  other: End | undefined
  readonly postMessage = (text: unknown): void => {
    queueMicrotask(() => this.other?.dispatchEvent(new MessageEvent('message', { data: text })))
  }
}

/**
 * The program's side of the border for tests of screens: the real contract, the real protocol, answers given by the test. Importing this module
 * sets window.api, so it must be imported before anything of base/.
 */
export const os: ReturnType<typeof implement<typeof api>> = implement(api)

const screenEnd = new End()
const programEnd = new End()
screenEnd.other = programEnd
programEnd.other = screenEnd

const bridge: DesktopApi = {
  host: 'electron',
  send: screenEnd.postMessage,
  onMessage: (listener) => {
    const onText = (event: Event): void => listener((event as MessageEvent<string>).data)
    screenEnd.addEventListener('message', onText)
    return () => screenEnd.removeEventListener('message', onText)
  },
  onMenu: () => () => undefined,
  print: () => Promise.resolve('printed'),
}
Object.defineProperty(window, 'api', { value: bridge })

/** Answers calls with these handlers (`{ customers: { search: os.customers.search.handler(...) } }`); once a test file. */
export function answerWith(router: ConstructorParameters<typeof RPCHandler<Context>>[0]): void {
  new RPCHandler(router).upgrade(programEnd, { context: {} })
}
