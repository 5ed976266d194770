import { type ShortcutId, shortcuts } from '../../src-preload/contract/shortcuts'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const names: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Control: 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: 'Enter',
  Delete: 'Del',
}

/** '$mod+k' -> ['Ctrl', 'K'], as it stands on the keyboard of this machine. */
export function keyNames(keys: string): string[] {
  return keys.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key))
}

export function keysOf(id: ShortcutId): string {
  return shortcuts.find((one) => one.id === id)?.keys ?? ''
}
