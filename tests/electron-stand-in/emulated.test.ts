import { describe, expect, it } from 'vitest'

type Anything = Record<string, (...values: unknown[]) => unknown>
type Constructor = new (...values: unknown[]) => unknown
interface StandIn {
  app: Anything
  dialog: Anything
  session: { defaultSession: Anything & { webRequest: Anything } }
  Tray: Constructor
  utilityProcess: Anything
  BrowserWindow: Constructor
}

const standIn = (await import(/* @vite-ignore */ new URL('electron.mjs', import.meta.url).href)) as StandIn
const window = (await import(/* @vite-ignore */ new URL('emulated.mjs', import.meta.url).href)) as {
  assertKnownOptions(what: string, options: object, known: Set<string>): void
}

describe('what the stand-in does not emulate throws', () => {
  it.each([
    ['a member', () => standIn.app['setBadgeCount']?.(1), 'app.setBadgeCount'],
    ['a member of a plain object', () => standIn.dialog['showCertificateTrustDialog']?.(), 'dialog.showCertificateTrustDialog'],
    ['an event', () => standIn.app['on']?.('gpu-info-update', () => undefined), "event 'gpu-info-update' of app"],
    [
      'a second-level member',
      () => standIn.session.defaultSession.webRequest['onHeadersReceived']?.(),
      'session.webRequest.onHeadersReceived',
    ],
    ['a class', () => new standIn.Tray('icon.png'), 'Tray'],
    ['a member of a whole module', () => standIn.utilityProcess['fork']?.('x.js'), 'utilityProcess.fork'],
    [
      'an option',
      () => window.assertKnownOptions('BrowserWindow', { vibrancy: 'menu' }, new Set(['width'])),
      'option vibrancy of BrowserWindow',
    ],
  ])('%s', (_what, use, name) => {
    expect(use).toThrow(`electron stand-in: ${name} is not emulated`)
  })

  it('as Electron does, it makes no window before the application is ready', () => {
    expect(() => new standIn.BrowserWindow({})).toThrow('Cannot create BrowserWindow before app is ready')
  })
})
