const MODIFIERS: Readonly<Record<string, string>> = { $mod: 'CmdOrCtrl', Control: 'Ctrl', Shift: 'Shift', Alt: 'Alt', Meta: 'Super' }

/** tinykeys' notation ('$mod+k', 'F2') in Electron's ('CmdOrCtrl+K', 'F2'); null for a sequence of presses, which a menu cannot show. */
export function acceleratorOf(keys: string): string | null {
  if (keys.includes(' ')) return null
  const parts = keys.split('+')
  const key = parts.pop()
  if (!key) return null
  const modifiers = parts.map((part) => MODIFIERS[part])
  if (modifiers.some((modifier) => modifier === undefined)) return null
  return [...modifiers, key.length === 1 ? key.toUpperCase() : key].join('+')
}
