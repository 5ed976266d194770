/**
 * One end of the context bridge. The page's world and the preload's world share the DOM window, and DOM events reach the listeners
 * of both synchronously, so that a call across is synchronous, as in Electron. Sent to the page as text: uses nothing outside itself.
 *
 * @param side 'main' (the page) or 'isolated' (the preload); @param secret names the events, unknown to the page's scripts
 */
export function makeBridge(side, secret, codec) {
  const otherSide = side === 'main' ? 'isolated' : 'main'
  const functions = new Map()
  const idOfFunction = new WeakMap()
  const promises = new Map()
  let nextId = 1
  let answer

  const post = (message) => window.dispatchEvent(new CustomEvent(secret + otherSide, { detail: JSON.stringify(message) }))
  const failure = (error) => ({ kind: 'error', value: error instanceof Error ? error.message : String(error) })
  const isPlain = (value) => value !== null && typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value))

  function give(value) {
    if (typeof value === 'function') {
      if (!idOfFunction.has(value)) idOfFunction.set(value, nextId++)
      functions.set(idOfFunction.get(value), value)
      return { kind: 'function', value: idOfFunction.get(value) }
    }
    if (value instanceof Promise) {
      const id = nextId++
      const settle = (ok, result) => post({ type: 'settle', id, ok, value: result })
      value.then(
        (result) => settle(true, give(result)),
        (error) => settle(false, failure(error)),
      )
      return { kind: 'promise', value: id }
    }
    if (value instanceof Error) return failure(value)
    if (typeof value === 'symbol') throw new TypeError('Symbols cannot cross the context bridge')
    if (Array.isArray(value)) return { kind: 'array', value: value.map(give) }
    if (isPlain(value)) return { kind: 'object', value: Object.keys(value).map((key) => [key, give(value[key])]) }
    return { kind: 'clone', value: codec.encode(value) }
  }

  function take({ kind, value }) {
    if (kind === 'function') return (...args) => call(value, args)
    if (kind === 'promise') return new Promise((resolve, reject) => promises.set(value, { resolve, reject }))
    if (kind === 'error') return new Error(value)
    if (kind === 'array') return Object.freeze(value.map(take))
    if (kind === 'object') return Object.freeze(Object.fromEntries(value.map(([key, item]) => [key, take(item)])))
    return codec.decode(value)
  }

  function ask(message) {
    answer = undefined
    post(message)
    const received = answer
    if (!received) throw new Error('the context bridge did not answer')
    if (!received.ok) throw take(received.value)
    return take(received.value)
  }
  const call = (id, args) => ask({ type: 'call', id, args: args.map(give) })

  function reply(make) {
    let message
    try {
      message = { type: 'answer', ok: true, value: give(make()) }
    } catch (error) {
      message = { type: 'answer', ok: false, value: failure(error) }
    }
    post(message)
  }

  const receive = {
    call: (message) => reply(() => functions.get(message.id)(...message.args.map(take))),
    answer: (message) => (answer = message),
    settle(message) {
      const promise = promises.get(message.id)
      promises.delete(message.id)
      if (message.ok) promise?.resolve(take(message.value))
      else promise?.reject(take(message.value))
    },
    expose: (message) =>
      reply(() => {
        if (message.key in window) throw new Error('Cannot bind an API on top of an existing property on the window object')
        Object.defineProperty(window, message.key, { value: take(message.value), writable: false, configurable: false, enumerable: true })
      }),
  }
  window.addEventListener(secret + side, (event) => {
    const message = JSON.parse(event.detail)
    receive[message.type](message)
  })

  return { expose: (key, api) => ask({ type: 'expose', key, value: give(api) }) }
}
