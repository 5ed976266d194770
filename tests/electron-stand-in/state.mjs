// What the parts of the stand-in share. No part of the application ever sees this module.

/** Set by bin.mjs before anything else: the application's folder, its package.json, its own arguments, the command-line switches. */
export const launch = { appPath: process.cwd(), manifest: {}, arguments: [], switches: new Map() }

/** Every BrowserWindow that is open. */
export const windows = new Set()

/** Every WebContents that is alive, by the id Chromium gave its page. */
export const contentsByTarget = new Map()

/** Answers that a test has laid out for dialogs, and what the application asked for: read them with `electronApp.evaluate`. */
export const record = { opened: [], dialogs: [], printed: [] }

/** Set by app.mjs to break the circle between the application object and the windows it closes. */
export const hooks = { windowGone() {}, emitOnApp() {} }

export const unprivileged = process.getuid?.() !== 0

export const debug = process.env.ELECTRON_STAND_IN_DEBUG === '1'
