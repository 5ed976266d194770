// The `electron` module as the main process sees it. A name that is missing here is an error at import; one that is not emulated is an
// error at its first use.
import { app } from './app.mjs'
import { BrowserWindow } from './browser-window.mjs'
import { dialog, Menu, MenuItem, nativeTheme, powerMonitor, screen, shell } from './desktop.mjs'
import { notEmulated } from './emulated.mjs'
import { ipcMain } from './ipc-main.mjs'
import { protocol } from './schemes.mjs'
import { session } from './session.mjs'
import { record } from './state.mjs'
import { webContents } from './web-contents.mjs'

export { app, BrowserWindow, dialog, ipcMain, Menu, MenuItem, nativeTheme, powerMonitor, protocol, screen, session, shell, webContents }

/** Only of the stand-in: what the application asked the desktop for. */
export const standInRecord = record

export const autoUpdater = notEmulated('autoUpdater')
export const BaseWindow = notEmulated('BaseWindow')
export const clipboard = notEmulated('clipboard')
export const contentTracing = notEmulated('contentTracing')
export const crashReporter = notEmulated('crashReporter')
export const desktopCapturer = notEmulated('desktopCapturer')
export const globalShortcut = notEmulated('globalShortcut')
export const MessageChannelMain = notEmulated('MessageChannelMain')
export const nativeImage = notEmulated('nativeImage')
export const net = notEmulated('net')
export const netLog = notEmulated('netLog')
export const Notification = notEmulated('Notification')
export const powerSaveBlocker = notEmulated('powerSaveBlocker')
export const safeStorage = notEmulated('safeStorage')
export const systemPreferences = notEmulated('systemPreferences')
export const Tray = notEmulated('Tray')
export const utilityProcess = notEmulated('utilityProcess')
export const View = notEmulated('View')
export const WebContentsView = notEmulated('WebContentsView')
export const webFrameMain = notEmulated('webFrameMain')
