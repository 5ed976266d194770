/** As long as the system's own select waits for the next letter of a word. */
const WORD_MS = 1000

let last: { readonly select: HTMLSelectElement; readonly text: string; readonly atMs: number } | undefined

/** What the browser does with a letter in a select: the next choice that begins with what was typed; one letter again and again goes through them. */
export function typeAhead(select: HTMLSelectElement, event: KeyboardEvent): void {
  const before = last && last.select === select && event.timeStamp - last.atMs < WORD_MS ? last.text : ''
  const text = before + event.key.toLowerCase()
  last = { select, text, atMs: event.timeStamp }
  const isSame = text.split('').every((letter) => letter === text.charAt(0))
  const wanted = isSame ? text.charAt(0) : text
  const options = [...select.options]
  const from = select.selectedIndex + (isSame ? 1 : 0)
  const found = [...options.slice(from), ...options.slice(0, from)].find(
    (option) => !option.disabled && option.text.trim().toLowerCase().startsWith(wanted),
  )
  if (!found || found.index === select.selectedIndex) return
  select.value = found.value
  select.dispatchEvent(new Event('input', { bubbles: true }))
  select.dispatchEvent(new Event('change', { bubbles: true }))
}
