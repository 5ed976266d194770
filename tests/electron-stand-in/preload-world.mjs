/**
 * Runs a sandboxed preload in its isolated world, before any script of the page. `globalThis.__standIn` is a binding of the DevTools
 * protocol that only this world has. Sent to the page as text: uses nothing outside itself.
 */
export function runPreload(info, codec, bridge, preload) {
  const toHost = globalThis.__standIn
  const post = (message) => toHost(JSON.stringify(message))
  const notEmulated = (name) => {
    throw new Error(`electron stand-in: ${name} is not emulated`)
  }
  const strict = (name, members) =>
    new Proxy(members, {
      get: (target, key) => (typeof key === 'symbol' || key in target || key === 'then' ? target[key] : notEmulated(`${name}.${key}`)),
    })

  const listeners = new Map()
  const replies = new Map()
  let nextId = 1
  const add = (channel, listener, once) => {
    if (!listeners.has(channel)) listeners.set(channel, [])
    listeners.get(channel).push({ listener, once })
  }
  const remove = (channel, listener) => {
    const kept = (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener)
    listeners.set(channel, kept)
  }
  const ipcRenderer = strict('ipcRenderer', {
    on: (channel, listener) => add(channel, listener, false),
    once: (channel, listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    send: (channel, ...args) => post({ type: 'send', channel, args: codec.encode(args) }),
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = nextId++
        replies.set(id, { channel, resolve, reject })
        post({ type: 'invoke', id, channel, args: codec.encode(args) })
      }),
  })

  const receive = {
    reply({ id, error, value }) {
      const waiting = replies.get(id)
      replies.delete(id)
      if (error === undefined) waiting?.resolve(codec.decode(value))
      else waiting?.reject(new Error(`Error invoking remote method '${waiting.channel}': ${error}`))
    },
    event({ channel, args }) {
      const values = codec.decode(args)
      const heard = (listeners.get(channel) ?? []).slice() // `once` removes while this goes through them
      for (const { listener, once } of heard) {
        if (once) remove(channel, listener)
        listener({ sender: ipcRenderer, senderId: 0, ports: [] }, ...values)
      }
    },
  }
  globalThis.__standInDeliver = (message) => receive[message.type](message)

  const electron = strict('electron (in a preload)', {
    ipcRenderer,
    contextBridge: strict('contextBridge', { exposeInMainWorld: bridge.expose }),
  })
  const allowed = {
    electron,
    'electron/renderer': electron,
    timers: { setTimeout, setInterval, clearTimeout, clearInterval },
    url: { URL, URLSearchParams },
  }
  const require = (name) => {
    const bare = name.replace(/^node:/, '')
    if (Object.hasOwn(allowed, bare)) return allowed[bare]
    throw new Error(`module not found: ${name}`) // what a sandboxed preload gets from Electron
  }
  const module = { exports: {} }
  const process = { ...info, env: {}, type: 'renderer', sandboxed: true, contextIsolated: true }
  try {
    preload(require, process, module, module.exports, globalThis)
  } catch (error) {
    post({ type: 'preload-error', message: String(error?.stack ?? error) })
  }
}
