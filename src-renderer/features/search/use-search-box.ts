import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import type { SearchHit } from '../../../src-preload/contract/customers'
import { useGrant } from '../../base/session'
import { useActiveRow } from '../../components/use-active-row'
import { findNow, SHORTEST_TEXT } from './search-api'
import type { Command } from './palette-commands'
import { useGo } from './use-go'
import { usePalette } from './use-palette'
import { type Action, type Choice, tidyText, useSearch } from './use-search'

/** What is typed, what was found, which row is chosen, and what Enter, F2 and Esc do with it. */
export function useSearchBox(box: RefObject<HTMLInputElement | null>, goBack: () => void) {
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  /** as it stands in the box right now; answers to anything else come too late */
  const latest = useRef('')
  const go = useGo()
  const mayCreate = useGrant('customers.edit') !== 'no'
  const text = tidyText(typed)
  const { isPalette, isCurrent, error, choices } = useChoices(typed, mayCreate)
  const shown = open && (isPalette || text.length >= SHORTEST_TEXT)
  const { active, setActive, move } = useActiveRow(choices.length, text, 0)

  const close = (): void => {
    setTyped('')
    latest.current = ''
    setOpen(false)
  }

  /** With the focus back where it was: what is done to a chosen row must find it chosen. */
  const runCommand = ({ whyNot, run }: Command): void => {
    if (whyNot !== undefined) return
    close()
    goBack()
    run()
  }

  const take = (choice: Choice | undefined, action: Action): void => {
    if (!choice) return
    if ('command' in choice) return runCommand(choice.command)
    close()
    box.current?.blur()
    go(choice, action)
  }

  /** Enter may be pressed before the answer is here: it then counts for the answer to what was typed, never for the rows of an older text. */
  const press = async (action: Action): Promise<void> => {
    if (isCurrent) return take(choices[active], action)
    try {
      const found = await findNow(text)
      if (latest.current === text) take(choicesOf(found, mayCreate ? text : '')[0], action)
    } catch {
      // the list shows why nothing was found
    }
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && shown) {
      event.preventDefault()
      void press('open')
    } else if (event.key === 'F2' && shown && !isPalette && !chosenIsDone(choices[active])) {
      event.preventDefault()
      event.stopPropagation()
      void press('check-in')
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close()
      if (!shown) goBack()
    } else if (shown) move(event)
  }

  const type = (value: string): void => {
    setTyped(value)
    latest.current = tidyText(value)
    setOpen(true)
  }
  return { typed, text, type, shown, setOpen, choices, active, setActive, take, onKeyDown, isCurrent, isPalette, error }
}

/** The rows for what is typed: what was found, or behind the palette's mark what can be done. */
function useChoices(typed: string, mayCreate: boolean) {
  const { isPalette, commands } = usePalette(typed)
  const { hits, isCurrent, error } = useSearch(isPalette ? '' : typed)
  // Who was not found can only be said once the answer is there; the row then stands at the end and pushes nothing down.
  const found = choicesOf(hits, mayCreate && isCurrent && !error ? tidyText(typed) : '')
  const choices: Choice[] = isPalette ? commands.map((command) => ({ command })) : found
  return { isPalette, isCurrent, error, choices }
}

function choicesOf(hits: readonly SearchHit[], newCustomer: string): Choice[] {
  return [...hits.map((hit) => ({ hit })), ...(newCustomer === '' ? [] : [{ newCustomer }])]
}

/** Orders and invoices are beyond check-in: F2 is a new order there, as everywhere. */
function chosenIsDone(choice: Choice | undefined): boolean {
  return choice !== undefined && 'hit' in choice && (choice.hit.kind === 'order' || choice.hit.kind === 'invoice')
}
