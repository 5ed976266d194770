/** The window's own origin: not file://, so that it has storage and a policy of its own and no other page shares them. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'counterbay'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** `URL.origin` is the text 'null' for a scheme of our own, which would make every such scheme equal. */
export function originOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url)
    return host === '' ? null : `${protocol}//${host}`
  } catch {
    return null
  }
}

/** Where the window loads from: the built files, or Vite's server while developing (never in an installed program). */
export function windowOrigin(devServerUrl: string | undefined, isPackaged: boolean): string {
  return (!isPackaged && devServerUrl ? originOf(devServerUrl) : null) ?? APP_ORIGIN
}

/** Whether the window may fetch this at all; the policy of the page decides the rest. */
export function isAllowedRequest(url: string, origin: string, isPackaged: boolean): boolean {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0].toLowerCase()
  if (scheme === 'blob:') return isOwnDocument(url, origin)
  if (scheme === 'data:') return true
  if (originOf(url) === origin) return true
  if (scheme === 'devtools:') return !isPackaged
  return origin !== APP_ORIGIN && originOf(url) === origin.replace(/^http/, 'ws') // the development server's reload socket
}

/** A document that the page made itself, such as an invoice it saves: the system asks where to. Nothing else is ever downloaded. */
export function isOwnDocument(url: string, origin: string): boolean {
  return url.startsWith('blob:') && originOf(url.slice('blob:'.length)) === origin
}
