// What is not emulated must throw: a test that passes because a call did nothing would be worse than no test.
import { EventEmitter } from 'node:events'

// Asked for by Node, Playwright or a debugger of every object; none of them is part of Electron's API.
const askedByTools = new Set([
  'then',
  'toJSON',
  'inspect',
  'constructor',
  'domain',
  'nodeType',
  'tagName',
  'asymmetricMatch',
  '__esModule',
  'default',
])

export function missing(name) {
  return new Error(`electron stand-in: ${name} is not emulated`)
}

function strictEnd(name, end) {
  return new Proxy(end, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || askedByTools.has(key) || key.startsWith('_'))
        return Reflect.get(target, key, receiver)
      throw missing(`${name}.${key}`)
    },
  })
}

/** An object of Electron's API: the given members, and an error for every other name. */
export function emulated(name, members) {
  return Object.assign(Object.create(strictEnd(name, Object.prototype)), members)
}

/** A base class whose instances know the given events and throw for every other event and every member they do not have. */
export function emulatedEmitter(name, events) {
  const known = new Set([...events, 'newListener', 'removeListener', 'error'])
  const check = (event) => {
    if (typeof event === 'string' && !known.has(event)) throw missing(`event '${event}' of ${name}`)
  }
  class Emulated extends EventEmitter {
    on(event, listener) {
      check(event)
      return super.on(event, listener)
    }
    addListener(event, listener) {
      return this.on(event, listener)
    }
    once(event, listener) {
      check(event)
      return super.once(event, listener)
    }
    prependListener(event, listener) {
      check(event)
      return super.prependListener(event, listener)
    }
  }
  Object.setPrototypeOf(Emulated.prototype, strictEnd(name, EventEmitter.prototype))
  return Emulated
}

/** A whole module of Electron's API that is not emulated: importing it is fine, using it throws. */
export function notEmulated(name) {
  const refuse = () => {
    throw missing(name)
  }
  return new Proxy(function unused() {}, {
    apply: refuse,
    construct: refuse,
    get(target, key) {
      if (typeof key === 'symbol' || askedByTools.has(key) || key === 'prototype' || key === 'name' || key === 'length')
        return Reflect.get(target, key)
      throw missing(`${name}.${key}`)
    },
  })
}

/** Options whose meaning is not emulated must not be accepted in silence either. */
export function assertKnownOptions(what, options, known) {
  for (const key of Object.keys(options)) if (!known.has(key)) throw missing(`option ${key} of ${what}`)
}
