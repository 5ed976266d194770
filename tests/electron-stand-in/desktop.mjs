// What belongs to the desktop around the windows: dialogs, menu, theme, screen, shell. Nothing is shown; what was asked for is recorded.
import { EventEmitter } from 'node:events'
import { emulated, emulatedEmitter } from './emulated.mjs'
import { record } from './state.mjs'

// A test lays out another answer with electronApp.evaluate(({ dialog }) => { dialog.showSaveDialog = ... })
const cancelled =
  (name, answer) =>
  (...args) => {
    const options = args.at(-1)
    record.dialogs.push({ name, options })
    if (name === 'showMessageBox') console.error(`[message box] ${options.message}: ${options.buttons?.join(', ')}`)
    return Promise.resolve(answer)
  }
export const dialog = emulated('dialog', {
  showOpenDialog: cancelled('showOpenDialog', { canceled: true, filePaths: [] }),
  showSaveDialog: cancelled('showSaveDialog', { canceled: true, filePath: '' }),
  showMessageBox: cancelled('showMessageBox', { response: 0, checkboxChecked: false }),
  showMessageBoxSync(...args) {
    record.dialogs.push({ name: 'showMessageBoxSync', options: args.at(-1) })
    return 0
  },
  showErrorBox(title, content) {
    record.dialogs.push({ name: 'showErrorBox', options: { title, content } })
    console.error(`[error box] ${title}: ${content}`)
  },
})

export const shell = emulated('shell', {
  openExternal(url) {
    record.opened.push(url)
    console.error(`[opened in the browser] ${url}`)
    return Promise.resolve()
  },
  openPath: (path) => Promise.resolve((record.opened.push(path), '')),
})

export class MenuItem {
  constructor(options) {
    Object.assign(this, options)
  }
}

export class Menu extends emulatedEmitter('Menu', ['menu-will-show', 'menu-will-close']) {
  static #application = null
  items = []
  static buildFromTemplate(template) {
    const menu = new Menu()
    const below = (submenu) => (Array.isArray(submenu) ? { submenu: Menu.buildFromTemplate(submenu) } : {})
    menu.items = template.map((options) => new MenuItem({ ...options, ...below(options.submenu) }))
    return menu
  }
  static setApplicationMenu = (menu) => (Menu.#application = menu)
  static getApplicationMenu = () => Menu.#application
  getMenuItemById(id) {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

const area = { x: 0, y: 0, width: 1920, height: 1080 }
const display = {
  id: 1,
  bounds: area,
  workArea: { ...area, height: 1040 },
  workAreaSize: { width: 1920, height: 1040 },
  size: { width: 1920, height: 1080 },
  scaleFactor: 1,
}
export const screen = Object.assign(new EventEmitter(), { getPrimaryDisplay: () => display, getAllDisplays: () => [display] })
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false, themeSource: 'system' })

/** Nothing happens to this computer unless a test says so: `powerMonitor.emit('suspend')`, `powerMonitor.getSystemIdleState = () => 'locked'`. */
class PowerMonitor extends emulatedEmitter('powerMonitor', [
  'suspend',
  'resume',
  'shutdown',
  'lock-screen',
  'unlock-screen',
  'user-did-become-active',
  'user-did-resign-active',
]) {
  getSystemIdleTime = () => 0
  getSystemIdleState = () => 'active'
}
export const powerMonitor = new PowerMonitor()
