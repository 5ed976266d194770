import { Menu, type BrowserWindow } from 'electron'
import { shortcuts } from '../../src-preload/contract/shortcuts'
import { menuTemplate } from './menu-template'

const MENU_CHANNEL = 'counterbay-menu'

/** A chosen menu item reaches the page as the id of its shortcut; so does what the program itself chooses. */
export function chooseInPage(window: BrowserWindow, shortcutId: string): void {
  if (!window.isDestroyed()) window.webContents.send(MENU_CHANNEL, shortcutId)
}

export function setMenu(window: BrowserWindow, isPackaged: boolean): void {
  const choose = (shortcutId: string): void => chooseInPage(window, shortcutId)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ shortcuts, platform: process.platform, isPackaged, choose })))
}
