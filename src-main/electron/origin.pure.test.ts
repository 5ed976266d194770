import { describe, expect, it } from 'vitest'
import { APP_ORIGIN, isAllowedRequest, isOwnDocument, originOf, windowOrigin } from './origin'

const DEV = 'http://localhost:5173'

describe('origin of the window', () => {
  it('is the built files, also when a developer variable is left set on an installed program', () => {
    expect(windowOrigin(undefined, true)).toBe(APP_ORIGIN)
    expect(windowOrigin(undefined, false)).toBe(APP_ORIGIN)
    expect(windowOrigin(DEV, true)).toBe(APP_ORIGIN)
  })

  it('is the development server while developing', () => {
    expect(windowOrigin(`${DEV}/some/page`, false)).toBe(DEV)
    expect(windowOrigin('no address', false)).toBe(APP_ORIGIN)
  })

  it.each([
    ['app://counterbay/orders/17?x=1#y', APP_ORIGIN],
    ['app://other/', 'app://other'],
    ['app:counterbay', null],
    ['data:text/html,hi', null],
    ['about:blank', null],
    ['nonsense', null],
    ['https://user@example.com:8443/', 'https://example.com:8443'],
  ])('of %s is %s', (url, origin) => {
    expect(originOf(url)).toBe(origin)
  })
})

describe('requests of the window', () => {
  it.each(['app://counterbay/index.html', 'blob:app://counterbay/3f2b', 'data:image/png;base64,AA=='])('allows %s', (url) => {
    expect(isAllowedRequest(url, APP_ORIGIN, true)).toBe(true)
  })

  it.each([
    'https://example.com/',
    'http://127.0.0.1:5432/',
    'ws://127.0.0.1:9222/',
    'file:///etc/passwd',
    'app://other/index.html',
    'app://counterbay.example.com/',
    'blob:https://example.com/3f2b',
    'devtools://devtools/bundled/inspector.html',
    'chrome-extension://abc/x.js',
    'nonsense',
  ])('refuses %s', (url) => {
    expect(isAllowedRequest(url, APP_ORIGIN, true)).toBe(false)
  })

  it('allows the development server, its reload socket and the developer tools while developing, and no other site', () => {
    expect(isAllowedRequest(`${DEV}/main.tsx`, DEV, false)).toBe(true)
    expect(isAllowedRequest('ws://localhost:5173/?token=1', DEV, false)).toBe(true)
    expect(isAllowedRequest('devtools://devtools/bundled/inspector.html', DEV, false)).toBe(true)
    expect(isAllowedRequest('https://example.com/', DEV, false)).toBe(false)
    expect(isAllowedRequest('devtools://devtools/bundled/inspector.html', APP_ORIGIN, false)).toBe(true)
  })

  it('lets a page save only what it made itself', () => {
    expect(isOwnDocument('blob:app://counterbay/3f2b', APP_ORIGIN)).toBe(true)
    expect(isOwnDocument('blob:https://example.com/3f2b', APP_ORIGIN)).toBe(false)
    expect(isOwnDocument('app://counterbay/index.html', APP_ORIGIN)).toBe(false)
  })
})
