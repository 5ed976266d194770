import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef, useState } from 'react'
import { inputAttributes, inputLook, useFieldWiring } from './field-context'
import { useActiveRow } from './use-active-row'

export interface AutocompleteProps<Item> {
  /** what stands in the box: any text; choosing a row is only a help */
  text: string
  onTextChange: (text: string) => void
  /** rows that fit the text; the caller looks them up */
  items: readonly Item[]
  itemKey: (item: Item) => string
  /** what a row shows */
  renderItem: (item: Item) => ReactNode
  onChoose: (item: Item) => void
  /** under the rows, which cover the field's hint: what the keys do */
  footer?: ReactNode
  /** Enter without a row chosen */
  onEnter?: () => void
  onBlur?: () => void
  /** keys that the list does not take */
  onKeyDown?: (event: KeyboardEvent) => void
  readOnly?: boolean
  placeholder?: string
  autoFocus?: boolean
  disabled?: boolean
  'aria-label'?: string
  ref?: Ref<HTMLInputElement>
}

/** A text box with suggestions under it. Down and Up choose, Enter takes, Esc closes the list and then is one step back as everywhere. */
export function Autocomplete<Item>(props: AutocompleteProps<Item>) {
  const { text, onTextChange, items, itemKey, renderItem, footer, onChoose, onEnter, onBlur, onKeyDown, ref, ...input } = props
  const wiring = useFieldWiring()
  const listId = useId()
  const [open, setOpen] = useState(false)
  const shown = open && items.length > 0
  const { active, setActive, move } = useActiveRow(items.length, text, -1)

  const choose = (item: Item): void => {
    setOpen(false)
    onChoose(item)
  }

  const hear = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const item = shown ? items[active] : undefined
    if (event.key === 'Escape' && shown) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'Enter') {
      if (item) event.preventDefault()
      if (item) choose(item)
      else {
        onEnter?.()
        onKeyDown?.(event)
      }
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !shown && !input.readOnly) {
      setOpen(true)
    } else if (!shown || !move(event)) onKeyDown?.(event)
  }

  return (
    <div className="relative">
      <input
        ref={ref}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        {...inputAttributes(wiring)}
        {...input}
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${listId}-${active}` : undefined}
        value={text}
        onChange={(event) => {
          setOpen(true)
          onTextChange(event.target.value)
        }}
        onKeyDown={hear}
        onBlur={() => {
          setOpen(false)
          onBlur?.()
        }}
        className={inputLook}
      />
      {shown && (
        <Suggestions listId={listId} active={active} onPoint={setActive} onChoose={choose} {...{ items, itemKey, renderItem, footer }} />
      )}
    </div>
  )
}

interface SuggestionsProps<Item> extends Pick<AutocompleteProps<Item>, 'items' | 'itemKey' | 'renderItem' | 'footer' | 'onChoose'> {
  listId: string
  active: number
  onPoint: (row: number) => void
}

function Suggestions<Item>({ listId, active, onPoint, items, itemKey, renderItem, footer, onChoose }: SuggestionsProps<Item>) {
  const list = useRef<HTMLDivElement>(null)
  const count = items.length
  // From a box at the foot of the window it opens below it.
  useEffect(() => {
    if (count > 0) list.current?.scrollIntoView?.({ block: 'nearest' })
  }, [count])
  return (
    <div
      ref={list}
      className="absolute top-full right-0 left-0 z-30 mt-1 overflow-hidden rounded-md border border-line bg-surface shadow-pop"
    >
      <div id={listId} role="listbox" aria-label="Suggestions" className="max-h-60 overflow-y-auto py-1">
        {items.map((item, at) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the box keeps focus and keys; a row is only pressed
          <div
            key={itemKey(item)}
            ref={at === active ? (row) => row?.scrollIntoView?.({ block: 'nearest' }) : undefined}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === active}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => onPoint(at)}
            onClick={() => onChoose(item)}
            className="cursor-default px-2.5 py-1.5 aria-selected:bg-accent-soft"
          >
            {renderItem(item)}
          </div>
        ))}
      </div>
      {footer && (
        <p aria-hidden="true" className="border-t border-line bg-sunken px-2.5 py-1.5 text-sm text-muted">
          {footer}
        </p>
      )}
    </div>
  )
}
