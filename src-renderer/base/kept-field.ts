type TextField = HTMLInputElement | HTMLTextAreaElement

/** A text field as it was: what stood in it and what was selected. */
export interface KeptField {
  readonly field: TextField
  readonly value: string
  readonly start: number | null
  readonly end: number | null
}

const NOT_TEXT = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color', 'image'])

/** A field that takes characters as text by itself. */
export function isTextField(target: EventTarget | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !NOT_TEXT.has(target.type)
}

/** Dates and numbers have no selection: null. */
export function keepField(field: TextField): KeptField {
  return { field, value: field.value, start: field.selectionStart, end: field.selectionEnd }
}

export function putBack({ field, value, start, end }: KeptField): void {
  if (!field.isConnected) return
  if (field.value !== value) tell(field, value)
  if (start !== null) field.setSelectionRange(start, end)
}

/** Types a character where the cursor is, as the browser does by itself. */
export function typeInto(field: TextField, character: string): void {
  if (field.readOnly || field.disabled) return
  const { value, selectionStart, selectionEnd } = field
  const start = selectionStart ?? value.length
  tell(field, value.slice(0, start) + character + value.slice(selectionEnd ?? start))
  field.setSelectionRange(start + 1, start + 1)
}

/** React hears of a value only when it is set past its own watch on the property, with the event that goes with it. */
function tell(field: TextField, value: string): void {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
