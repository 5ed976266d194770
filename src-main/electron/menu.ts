import { Menu } from 'electron'
import { shortcuts } from '../../src-preload/contract/shortcuts'
import { menuTemplate } from './menu-template'

/** @param choose hears the id of the shortcut whose menu item was clicked */
export function setMenu(isPackaged: boolean, choose: (shortcutId: string) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ shortcuts, platform: process.platform, isPackaged, choose })))
}
