/** The one list of keys: the native menu, the help page (F1) and the key handler all read it. Keys in tinykeys' notation. */
export interface Shortcut {
  id: string
  keys: string
  title: string
  menu: 'File' | 'Edit' | 'Counter' | 'View' | 'Help'
}

export const shortcuts = [
  { id: 'help', keys: 'F1', title: 'Keys of this screen', menu: 'Help' },
  { id: 'new-order', keys: 'F2', title: 'New repair order', menu: 'Counter' },
  { id: 'find', keys: 'F3', title: 'Find customer, vehicle, order or invoice', menu: 'Counter' },
  { id: 'take-payment', keys: 'F4', title: 'Take payment', menu: 'Counter' },
  { id: 'today', keys: 'F6', title: 'Today', menu: 'View' },
  { id: 'print', keys: 'F9', title: 'Print estimate or invoice', menu: 'File' },
  { id: 'reprint', keys: '$mod+Shift+p', title: 'Print the last receipt again', menu: 'File' },
  { id: 'palette', keys: '$mod+k', title: 'Everything that can be done here', menu: 'Counter' },
  { id: 'lock', keys: '$mod+l', title: 'Lock the screen', menu: 'File' },
  { id: 'switch-user', keys: '$mod+u', title: 'Switch user by PIN', menu: 'File' },
] as const satisfies readonly Shortcut[]

export type ShortcutId = (typeof shortcuts)[number]['id']
