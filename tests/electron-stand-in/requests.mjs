import { handlerOf, schemeRequest, toAppUrl } from './schemes.mjs'

/** One request of a page, held by Chromium: navigation guards first, then the session's filter, then the application's scheme handler. */
export async function answerRequest(contents, devtools, paused) {
  const { requestId, request, resourceType, frameId } = paused
  const url = toAppUrl(request.url)
  const fail = (errorReason) => devtools.send('Fetch.failRequest', { requestId, errorReason })

  if (resourceType === 'Document' && !mayNavigate(contents, url, frameId)) return fail('Aborted')
  const details = {
    id: 0,
    url,
    method: request.method,
    resourceType: resourceTypeOf(resourceType, contents, frameId),
    webContentsId: contents.id,
  }
  if (!(await contents.session._allows(details))) return fail('BlockedByClient')
  if (url === request.url) return devtools.send('Fetch.continueRequest', { requestId })

  const handler = handlerOf(url)
  if (!handler) return fail('Failed')
  const response = await handler(schemeRequest(url, request, bodyOf(request)))
  return devtools.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status || 200,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  })
}

function mayNavigate(contents, url, frameId) {
  const isMainFrame = frameId === contents._targetId
  if (isMainFrame && contents._programmatic > 0) {
    contents._programmatic--
    return true
  }
  let prevented = false
  const details = { url, isMainFrame, isSameDocument: false, preventDefault: () => (prevented = true) }
  contents.emit('will-frame-navigate', details)
  if (isMainFrame) contents.emit('will-navigate', details, url)
  return !prevented
}

const resourceTypeOf = (type, contents, frameId) =>
  type === 'Document' ? (frameId === contents._targetId ? 'mainFrame' : 'subFrame') : type.toLowerCase()

function bodyOf(request) {
  if (!request.hasPostData) return undefined
  return Buffer.concat((request.postDataEntries ?? []).map((entry) => Buffer.from(entry.bytes, 'base64')))
}
