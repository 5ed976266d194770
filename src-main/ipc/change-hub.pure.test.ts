import { expect, it } from 'vitest'
import { ChangeHub } from './change-hub'

const order = (n: number) => ({ area: 'orders' as const, id: String(n) })

it('tells a few changes one by one, many at once as everything', async () => {
  const hub = new ChangeHub()
  const stop = new AbortController()
  const stream = hub.stream(stop.signal)
  const first = stream.next() // listens from here on
  for (let n = 0; n < 3; n += 1) hub.publish(order(n))
  expect([(await first).value, (await stream.next()).value, (await stream.next()).value]).toEqual([order(0), order(1), order(2)])
  for (let n = 0; n < 10_101; n += 1) hub.publish(order(n))
  expect((await stream.next()).value).toEqual({ area: '*', id: '*' })
  let told = 1
  const rest = (async () => {
    for await (const _ of stream) told += 1
  })()
  stop.abort()
  await rest
  expect(told).toBeLessThanOrEqual(101)
})

it('ends when nobody listens any more, also while it waits', async () => {
  const stop = new AbortController()
  const next = new ChangeHub().stream(stop.signal).next()
  stop.abort()
  expect(await next).toEqual({ value: undefined, done: true })
})
