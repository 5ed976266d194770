import { matchKeyBindingPress, parseKeybinding } from 'tinykeys'

/** One key of a screen, as the help page (F1) lists it. `keys` in tinykeys' notation: 'F4', '$mod+Enter', 'a', 'ArrowDown'; '' = only in the palette. */
export interface KeyBinding {
  keys: string
  title: string
  run: (event: KeyboardEvent) => void
  /** also while a dialog is open above the screen */
  always?: boolean
  /** only when nothing else on the screen wants the key */
  fallback?: boolean
  /** not listed in the help page, because the same key is listed already */
  hidden?: boolean
  /** why it cannot be done now: the palette (Ctrl+K) says so; the key is not heard and the help page does not list it */
  whyNot?: string
  /** of the program, not of this screen: the palette says so */
  everywhere?: boolean
  /** in the palette: the step the screen suggests comes first; what goes back, takes off or gives up comes behind what leads forward */
  place?: 'first' | 'last' | undefined
}

interface Registered {
  layer: number
  binding: () => KeyBinding
}

/** The bindings of what is on the screen now: each dialog is a layer above the last, and only the top layer hears keys. */
const registered: Registered[] = []
const openLayers: number[] = []
let nextLayer = 1

export const SCREEN_LAYER = 0

export function newLayer(): number {
  return nextLayer++
}

export function openLayer(layer: number): void {
  openLayers.push(layer)
}

export function closeLayer(layer: number): void {
  const at = openLayers.indexOf(layer)
  if (at >= 0) openLayers.splice(at, 1)
}

export function topLayer(): number {
  return openLayers.at(-1) ?? SCREEN_LAYER
}

/** `binding` is asked at each key, so that it may change without registering again. */
export function registerBinding(layer: number, binding: () => KeyBinding): () => void {
  const entry = { layer, binding }
  registered.push(entry)
  return () => {
    registered.splice(registered.indexOf(entry), 1)
  }
}

/** What keys do on this layer, fallbacks first, the newest last (it wins when two have the same key). */
export function bindingsOf(layer: number): KeyBinding[] {
  return actionsOf(layer)
    .map((binding) => binding())
    .filter(({ keys, whyNot }) => keys !== '' && whyNot === undefined)
}

/** The same with what has no key, or cannot be done now and says why; each is asked again when it is run. */
export function actionsOf(layer: number): (() => KeyBinding)[] {
  const heard = registered.filter((entry) => entry.layer === layer || entry.binding().always).map((entry) => entry.binding)
  return [...heard.filter((binding) => binding().fallback), ...heard.filter((binding) => !binding().fallback)]
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'))
  )
}

/** Keys that are text, or move inside a field, belong to the field. F keys, Escape and combinations with Ctrl or Alt are always heard. */
function belongsToField(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key) || event.key === 'Escape') return false
  return isTyping(event.target)
}

function presses(event: KeyboardEvent, keys: string): boolean {
  const [press] = parseKeybinding(keys)
  return press !== undefined && matchKeyBindingPress(event, press)
}

let layerAtKeyDown = SCREEN_LAYER

/** A dialog that closes itself on this very key must not hand the key on to the screen below: remembered before anybody else hears it. */
function remember(): void {
  layerAtKeyDown = topLayer()
}

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat || belongsToField(event)) return
  const chosen = bindingsOf(layerAtKeyDown).findLast((binding) => presses(event, binding.keys))
  if (!chosen) return
  event.preventDefault()
  event.stopImmediatePropagation() // the toast area would take F6 for itself
  chosen.run(event)
}

/** The one listener of the program; answers with a function that stops listening. */
export function listenForKeys(target: Window): () => void {
  target.addEventListener('keydown', remember, true)
  target.addEventListener('keydown', handle)
  return () => {
    target.removeEventListener('keydown', remember, true)
    target.removeEventListener('keydown', handle)
  }
}
