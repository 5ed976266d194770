import { type RefObject, useEffect, useId, useRef } from 'react'
import { Search } from 'lucide-react'
import { useShortcut } from '../../base/keys'
import { onSearchFor } from '../../base/search-for'
import { Kbd } from '../../components/kbd'
import { PALETTE_MARK } from './palette-commands'
import { SearchResults } from './search-results'
import { useSearchBox } from './use-search-box'

/**
 * The one search box: always there, Esc goes back to where the focus was. F3 finds a record; Ctrl+K, or `>` typed first, lists what can
 * be done instead.
 */
export function SearchBox() {
  const box = useRef<HTMLInputElement>(null)
  const before = useRef<Element | null>(null)
  const listId = useId()
  const search = useSearchBox(box, () => {
    if (before.current instanceof HTMLElement && before.current.isConnected && before.current !== document.body) before.current.focus()
    else box.current?.blur()
  })
  const { shown, active, choices } = search

  useWaysIn(box, before, search)

  return (
    <div className="relative w-full max-w-xl min-w-0" role="search">
      <Search size={16} className="pointer-events-none absolute inset-y-0 left-3 my-auto text-muted" aria-hidden="true" />
      <input
        ref={box}
        type="text"
        role="combobox"
        aria-label="Find customer, vehicle, order or invoice"
        placeholder="Find a name, phone, plate, VIN, order; > for anything else"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={shown && choices.length > 0 ? `${listId}-${active}` : undefined}
        value={search.typed}
        onChange={(event) => search.type(event.target.value)}
        onFocus={() => search.setOpen(true)}
        onBlur={() => search.setOpen(false)}
        onKeyDown={search.onKeyDown}
        className="h-control w-full rounded-md border border-control bg-surface pr-14 pl-9 text-base hover:border-ink focus-visible:outline-offset-0"
      />
      <span className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center">
        <Kbd keys="F3" />
      </span>
      {shown && (
        <SearchResults
          listId={listId}
          typed={search.text}
          choices={choices}
          active={active}
          error={search.error}
          isCurrent={search.isCurrent}
          isPalette={search.isPalette}
          onPoint={search.setActive}
          onTake={(choice) => search.take(choice, 'open')}
        />
      )}
    </div>
  )
}

/** F3, Ctrl+K, and whoever asks for a text from elsewhere. */
function useWaysIn(
  box: RefObject<HTMLInputElement | null>,
  beforeRef: RefObject<Element | null>,
  search: ReturnType<typeof useSearchBox>,
): void {
  const focusBox = (): void => {
    if (document.activeElement !== box.current) beforeRef.current = document.activeElement
    box.current?.focus()
    box.current?.select()
  }
  useShortcut('find', () => {
    if (search.isPalette) search.type('')
    focusBox()
  })
  useShortcut('palette', () => {
    focusBox()
    search.type(PALETTE_MARK)
  })
  useEffect(() =>
    onSearchFor((text) => {
      focusBox()
      search.type(text)
    }),
  )
}
