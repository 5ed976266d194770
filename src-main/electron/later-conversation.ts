import type { Conversation } from './rpc-port'

/**
 * A conversation that may begin before the application is ready: the window opens while the database starts, and what it says meanwhile
 * is delivered in order. When the application never becomes ready nothing is delivered; the start itself reports that.
 */
export function laterConversation(connect: Promise<() => Conversation>): Conversation {
  let closed = false
  const conversation = connect.then(
    (begin) => (closed ? null : begin()),
    () => null,
  )
  return {
    receive(text) {
      void conversation.then((begun) => begun?.receive(text))
    },
    close() {
      closed = true
      void conversation.then((begun) => begun?.close())
    },
  }
}
