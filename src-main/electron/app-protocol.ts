import type { Protocol } from 'electron'
import { securityHeaders } from '../web/content-security-policy'
import { builtFileAt, type BuiltFiles } from '../web/built-files'
import { APP_ORIGIN, APP_SCHEME, originOf } from './origin'

/** Before the program is ready, or Chromium treats the scheme as having no origin. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

export function serveAppScheme(protocol: Pick<Protocol, 'handle'>, files: BuiltFiles): void {
  protocol.handle(APP_SCHEME, (request) => answer(request, files))
}

export function answer(request: Pick<Request, 'url' | 'method'>, files: BuiltFiles): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405, headers: securityHeaders })
  const file = originOf(request.url) === APP_ORIGIN ? builtFileAt(files, new URL(request.url).pathname) : undefined
  if (!file) return new Response(null, { status: 404, headers: securityHeaders })
  const headers = { ...securityHeaders, 'content-type': file.contentType }
  return new Response(request.method === 'HEAD' ? null : file.body, { headers })
}
