import type { MenuItemConstructorOptions } from 'electron'
import type { Shortcut } from '../../src-preload/contract/shortcuts'
import { acceleratorOf } from './accelerator'

export interface MenuFacts {
  readonly shortcuts: readonly Shortcut[]
  readonly platform: NodeJS.Platform
  /** developers get reload and developer tools; an installed program does not */
  readonly isPackaged: boolean
  readonly choose: (shortcutId: string) => void
}

const MENUS = ['File', 'Edit', 'Counter', 'View', 'Help'] as const satisfies readonly Shortcut['menu'][]
const separator: MenuItemConstructorOptions = { type: 'separator' }

/** The native menu: the shortcut table, and what a desktop program is expected to have besides. */
export function menuTemplate(facts: MenuFacts): MenuItemConstructorOptions[] {
  const isMac = facts.platform === 'darwin'
  const menus = MENUS.map((label) => ({ label, submenu: joined(shortcutItems(label, facts), standardItems(label, facts)) }))
  const shown: MenuItemConstructorOptions[] = menus.filter(({ submenu }) => submenu.length > 0)
  return isMac ? [{ role: 'appMenu' }, ...shown] : shown
}

/** The page hears the key itself: the menu shows it and must not catch it first, or it would act twice. */
function shortcutItems(menu: Shortcut['menu'], { shortcuts, choose }: MenuFacts): MenuItemConstructorOptions[] {
  return shortcuts
    .filter((shortcut) => shortcut.menu === menu)
    .map(({ id, keys, title }) => {
      const accelerator = acceleratorOf(keys)
      return { id, label: title, ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }), click: () => choose(id) }
    })
}

function standardItems(menu: Shortcut['menu'], { platform, isPackaged }: MenuFacts): MenuItemConstructorOptions[] {
  if (menu === 'File') return [{ role: platform === 'darwin' ? 'close' : 'quit' }]
  if (menu === 'Edit')
    return [{ role: 'undo' }, { role: 'redo' }, separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]
  if (menu !== 'View') return []
  const zoom: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
  ]
  return isPackaged ? zoom : [...zoom, separator, { role: 'reload' }, { role: 'toggleDevTools' }]
}

function joined(first: MenuItemConstructorOptions[], second: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return first.length > 0 && second.length > 0 ? [...first, separator, ...second] : [...first, ...second]
}
