import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { shortcuts } from '../../src-preload/contract/shortcuts'
import { acceleratorOf } from './accelerator'
import { menuTemplate, type MenuFacts } from './menu-template'

const facts: MenuFacts = { shortcuts, platform: 'linux', isPackaged: true, choose: () => undefined }

function items(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])])
}
const roles = (given: MenuFacts): (string | undefined)[] => items(menuTemplate(given)).map((item) => item.role)

describe('keys in the notation of the menu', () => {
  it.each([
    ['F2', 'F2'],
    ['$mod+k', 'CmdOrCtrl+K'],
    ['$mod+Shift+p', 'CmdOrCtrl+Shift+P'],
    ['Alt+ArrowLeft', 'Alt+ArrowLeft'],
    ['g o', null],
    ['Hyper+k', null],
  ])('%s is %s', (keys, accelerator) => {
    expect(acceleratorOf(keys)).toBe(accelerator)
  })
})

describe('the native menu', () => {
  it('has every shortcut of the table once, with its key', () => {
    const shown = items(menuTemplate(facts)).filter((item) => item.id !== undefined)
    expect(shown.map(({ id, label }) => ({ id, label })).toSorted(byId)).toEqual(
      shortcuts.map(({ id, title }) => ({ id, label: title })).toSorted(byId),
    )
    expect(shown.every((item) => item.accelerator !== undefined)).toBe(true)
  })

  it('leaves the keys themselves to the page, which hears them too', () => {
    expect(items(menuTemplate(facts)).filter((item) => item.accelerator !== undefined && item.registerAccelerator !== false)).toEqual([])
  })

  it('tells which shortcut was chosen', () => {
    const chosen: string[] = []
    const template = menuTemplate({ ...facts, choose: (id) => chosen.push(id) })
    const click = items(template).find((item) => item.id === 'find')?.click as unknown as () => void
    click()
    expect(chosen).toEqual(['find'])
  })

  it('gives reload and developer tools to developers only', () => {
    expect(roles(facts)).not.toContain('toggleDevTools')
    expect(roles(facts)).not.toContain('reload')
    expect(roles({ ...facts, isPackaged: false })).toEqual(expect.arrayContaining(['toggleDevTools', 'reload']))
  })

  it("has the program's own menu first on macOS, and quit where a user looks for it", () => {
    expect(menuTemplate({ ...facts, platform: 'darwin' })[0]?.role).toBe('appMenu')
    expect(roles(facts)).toContain('quit')
  })
})

function byId(a: { id?: string | undefined }, b: { id?: string | undefined }): number {
  return (a.id ?? '').localeCompare(b.id ?? '')
}

/** What Electron gives each role that has a key, where nothing else is said (its documentation: MenuItem, roles). */
const ROLE_KEYS: Readonly<Record<string, readonly string[]>> = {
  quit: ['CmdOrCtrl+Q'],
  close: ['CmdOrCtrl+W'],
  undo: ['CmdOrCtrl+Z'],
  redo: ['Shift+CmdOrCtrl+Z', 'CmdOrCtrl+Y'],
  cut: ['CmdOrCtrl+X'],
  copy: ['CmdOrCtrl+C'],
  paste: ['CmdOrCtrl+V'],
  selectAll: ['CmdOrCtrl+A'],
  resetZoom: ['CmdOrCtrl+0'],
  zoomIn: ['CmdOrCtrl+Plus'],
  zoomOut: ['CmdOrCtrl+-'],
  togglefullscreen: ['F11', 'Ctrl+Command+F'],
  reload: ['CmdOrCtrl+R'],
  toggleDevTools: ['CmdOrCtrl+Shift+I', 'Alt+Command+I'],
  appMenu: ['Command+H', 'Command+Alt+H', 'CmdOrCtrl+Q'],
}

it.each(['linux', 'win32', 'darwin'] as const)(
  'on %s no key of the program is one that a menu role takes before the page hears it',
  (platform) => {
    const used = roles({ ...facts, platform, isPackaged: false }).filter((role) => role !== undefined)
    expect(used.filter((role) => ROLE_KEYS[role] === undefined)).toEqual([])
    const taken = new Set(used.flatMap((role) => ROLE_KEYS[role] ?? []))
    expect(shortcuts.filter(({ keys }) => taken.has(acceleratorOf(keys) ?? ''))).toEqual([])
  },
)
