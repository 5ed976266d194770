import { expect, it } from 'vitest'
import { laterConversation } from './later-conversation'
import type { Conversation } from './rpc-port'

function recorder(): { heard: string[]; begin: () => Conversation } {
  const heard: string[] = []
  return { heard, begin: () => ({ receive: (text) => heard.push(text), close: () => heard.push('closed') }) }
}

it('delivers what was said before the application was ready, in order', async () => {
  const { heard, begin } = recorder()
  const ready = deferred<() => Conversation>()
  const conversation = laterConversation(ready.promise)
  conversation.receive('first')
  conversation.receive('second')
  ready.resolve(begin)
  await settled()
  conversation.receive('third')
  conversation.close()
  await settled()
  expect(heard).toEqual(['first', 'second', 'third', 'closed'])
})

it('never begins one that was closed before', async () => {
  const { heard, begin } = recorder()
  const ready = deferred<() => Conversation>()
  const conversation = laterConversation(ready.promise)
  conversation.receive('first')
  conversation.close()
  ready.resolve(begin)
  await settled()
  expect(heard).toEqual([])
})

it('leaves a failed start to the start', async () => {
  const conversation = laterConversation(Promise.reject(new Error('no database')))
  conversation.receive('first')
  conversation.close()
  await expect(settled()).resolves.toBeUndefined()
})

function deferred<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve!: (value: Value) => void
  const promise = new Promise<Value>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
