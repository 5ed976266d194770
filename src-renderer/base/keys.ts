import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type ShortcutId, shortcuts } from '../../src-preload/contract/shortcuts'
import { desktop } from './host'
import {
  bindingsOf,
  closeLayer,
  type KeyBinding,
  listenForKeys,
  newLayer,
  openLayer,
  registerBinding,
  SCREEN_LAYER,
  topLayer,
} from './key-bindings'

/** Which layer of keys the components below belong to: the screen, or a dialog above it. */
export const KeyLayerContext = createContext(SCREEN_LAYER)

/** A key of this screen or dialog, for as long as it is mounted; F1 lists it. Nothing is heard while `enabled` is false. */
export function useKey(binding: KeyBinding, enabled = true): void {
  const layer = useContext(KeyLayerContext)
  const latest = useRef(binding)
  useEffect(() => {
    latest.current = binding
  })
  useEffect(() => (enabled ? registerBinding(layer, () => latest.current) : undefined), [layer, enabled])
}

function shortcutOf(id: ShortcutId): (typeof shortcuts)[number] {
  const found = shortcuts.find((one) => one.id === id)
  if (!found) throw new Error(`no shortcut ${id}`)
  return found
}

export interface ShortcutOptions extends Pick<KeyBinding, 'always' | 'fallback' | 'everywhere' | 'place'> {
  enabled?: boolean
  /** when it does something more particular here */
  title?: string
}

/** What a key of the program's one list does here. The native menu's entry of the same id does the same. */
export function useShortcut(id: ShortcutId, run: () => void, { enabled = true, ...options }: ShortcutOptions = {}): void {
  const { keys, title } = shortcutOf(id)
  useKey({ keys, title, run, ...options }, enabled)
}

/** Esc = one step back inside a screen; without one of these the shell goes back to the screen before. */
export function useBack(run: () => void, title = 'Back', enabled = true): void {
  useKey({ keys: 'Escape', title, run }, enabled)
}

/** For dialogs: a layer of keys above everything else while `open`. Give the number to KeyLayerContext. */
export function useKeyLayer(open: boolean): number {
  const [layer] = useState(newLayer)
  useLayoutEffect(() => {
    if (!open) return
    openLayer(layer)
    return () => {
      closeLayer(layer)
    }
  }, [open, layer])
  return layer
}

/** A choice in the native menu runs what the key of the same id would run now. */
function runFromMenu(id: string): void {
  const shortcut = shortcuts.find((one) => one.id === id)
  if (!shortcut) return
  const chosen = bindingsOf(topLayer()).findLast((binding) => binding.keys === shortcut.keys)
  chosen?.run(new KeyboardEvent('keydown'))
}

/** Once, around the whole program. */
export function useKeyListener(): void {
  useEffect(() => {
    const offKeys = listenForKeys(window)
    const offMenu = desktop?.onMenu(runFromMenu)
    return () => {
      offKeys()
      offMenu?.()
    }
  }, [])
}
