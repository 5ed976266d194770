import { EventEmitter } from 'node:events'
import type { App, Session } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { silentLog } from '../base/log'
import { APP_ORIGIN } from './origin'
import { closeSession, guardAllContents } from './security'

type Answer<Given> = (given: Given) => void

describe('a page', () => {
  /** As much of a page as the guards touch. */
  class Page extends EventEmitter {
    windowOpen: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
    setWindowOpenHandler = (handler: Page['windowOpen']): void => {
      this.windowOpen = handler
    }
  }
  let page: Page
  beforeEach(() => {
    const app = new EventEmitter()
    page = new Page()
    guardAllContents(app as unknown as App, APP_ORIGIN, silentLog)
    app.emit('web-contents-created', {}, page)
  })

  function isPrevented(event: string, url: string): boolean {
    let prevented = false
    page.emit(event, { url, preventDefault: () => (prevented = true) })
    return prevented
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stays where it is (%s)', (event) => {
    expect(isPrevented(event, `${APP_ORIGIN}/orders`)).toBe(false)
    for (const url of [
      'https://example.com/',
      'file:///etc/passwd',
      'app://other/',
      'javascript:alert(1)',
      'data:text/html,x',
      'about:blank',
    ])
      expect(isPrevented(event, url)).toBe(true)
  })

  it('attaches no webview, whatever it shows', () => {
    expect(isPrevented('will-attach-webview', `${APP_ORIGIN}/`)).toBe(true)
  })

  it('opens no window, not even on its own address', () => {
    expect(page.windowOpen({ url: `${APP_ORIGIN}/` })).toEqual({ action: 'deny' })
  })
})

describe('the session', () => {
  const handlers: Record<string, (...given: never[]) => unknown> = {}
  let beforeRequest: (details: { url: string; resourceType: string }, answer: Answer<{ cancel: boolean }>) => void
  const keep =
    (name: string) =>
    (handler: (...given: never[]) => unknown): void => {
      handlers[name] = handler
    }
  beforeEach(() => {
    const session = {
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      setDisplayMediaRequestHandler: keep('display'),
      webRequest: {
        onBeforeRequest: (listener: typeof beforeRequest) => {
          beforeRequest = listener
        },
      },
    }
    closeSession(session as unknown as Session, { origin: APP_ORIGIN, isPackaged: true, log: silentLog })
  })

  it('grants nothing: asked, looked up, a device, or the screen', () => {
    const answers: boolean[] = []
    const ask = handlers['request'] as unknown as (contents: null, permission: string, answer: Answer<boolean>) => void
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem'])
      ask(null, permission, (granted) => answers.push(granted))
    expect(new Set(answers)).toEqual(new Set([false]))
    expect([handlers['check']?.(), handlers['device']?.(), handlers['display']]).toEqual([false, false, null])
  })

  it('fetches the program’s own files and nothing else', () => {
    const isCancelled = (url: string): boolean => {
      let cancelled = false
      beforeRequest({ url, resourceType: 'xhr' }, ({ cancel }) => {
        cancelled = cancel
      })
      return cancelled
    }
    expect(isCancelled(`${APP_ORIGIN}/index.html`)).toBe(false)
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:80/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'devtools://devtools/x.html',
    ])
      expect(isCancelled(url)).toBe(true)
  })
})
