import { browser } from './browser.mjs'
import { emulated, emulatedEmitter, missing } from './emulated.mjs'
import { protocol } from './schemes.mjs'

// Chromium's name of each permission that a page can ask for here. Answers are set once, not asked for per request.
const permissions = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  media: 'camera',
}

class Session extends emulatedEmitter('session', ['will-download']) {
  #permissionRequest
  #beforeRequest
  protocol = protocol
  webRequest = emulated('session.webRequest', {
    onBeforeRequest: (...args) => {
      if (args.length === 2) throw missing('the filter of webRequest.onBeforeRequest')
      this.#beforeRequest = args[0] ?? undefined
    },
  })

  setPermissionRequestHandler(handler) {
    this.#permissionRequest = handler
    void this._applyPermissions()
  }
  setPermissionCheckHandler() {}
  setDevicePermissionHandler() {}
  setDisplayMediaRequestHandler() {}
  setBluetoothPairingHandler() {}
  setSpellCheckerEnabled() {}

  async _applyPermissions() {
    if (!this.#permissionRequest || !browser()) return
    for (const [permission, name] of Object.entries(permissions)) {
      let granted = false
      this.#permissionRequest(null, permission, (answer) => (granted = answer), { requestingUrl: '', isMainFrame: true })
      await browser().send('Browser.setPermission', { permission: { name }, setting: granted ? 'granted' : 'denied' })
    }
  }

  /** Whether the application's request filter lets this request through. */
  _allows(details) {
    const ask = this.#beforeRequest
    if (!ask) return Promise.resolve(true)
    return new Promise((resolve) =>
      ask(details, ({ cancel, redirectURL }) => {
        if (redirectURL) throw missing('redirectURL of webRequest.onBeforeRequest')
        resolve(!cancel)
      }),
    )
  }
}

export const defaultSession = new Session()
export const session = emulated('session', { defaultSession })
