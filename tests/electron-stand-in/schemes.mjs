// app:// is not a scheme that Chromium knows. Its pages live at https://<host>.<scheme>.electron-stand-in.invalid/ and every
// address that the application sees is translated back.
import { emulated } from './emulated.mjs'

const SUFFIX = '.electron-stand-in.invalid'
const registered = new Map()
const handlers = new Map()
let appIsReady = () => false

export function useReadiness(isReady) {
  appIsReady = isReady
}

export function toChromiumUrl(url) {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url)
  return parts && registered.has(parts[1]) ? `https://${parts[2]}.${parts[1]}${SUFFIX}${parts[3] || '/'}` : url
}

export function toAppUrl(url) {
  if (url.startsWith('blob:')) return `blob:${toAppUrl(url.slice('blob:'.length))}`
  const parts = /^https:\/\/([^/]+)\.([a-z][a-z0-9+-]*)\.electron-stand-in\.invalid(.*)$/i.exec(url)
  return parts ? `${parts[2]}://${parts[1]}${parts[3]}` : url
}

export function originOf(url) {
  return /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i.exec(url)?.[1] ?? 'null'
}

export function handlerOf(appUrl) {
  return handlers.get(/^([a-z][a-z0-9+.-]*):/i.exec(appUrl)?.[1] ?? '')
}

/** A fetch Request for an address that Node's Request would refuse the origin of: only its `url` is replaced. */
export function schemeRequest(url, { method, headers }, body) {
  const request = new Request('http://electron-stand-in.invalid/', { method, headers, ...(body?.length ? { body, duplex: 'half' } : {}) })
  const read = (target, key) => (typeof target[key] === 'function' ? target[key].bind(target) : target[key])
  return new Proxy(request, { get: (target, key) => (key === 'url' ? url : read(target, key)) })
}

export const protocol = emulated('protocol', {
  registerSchemesAsPrivileged(list) {
    if (appIsReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of list) registered.set(scheme, privileges ?? {})
  },
  handle(scheme, handler) {
    if (handlers.has(scheme)) throw new Error(`The scheme has been intercepted: ${scheme}`)
    if (!registered.get(scheme)?.standard)
      throw new Error(`electron stand-in: scheme ${scheme} must be registered as standard before app is ready`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
})
