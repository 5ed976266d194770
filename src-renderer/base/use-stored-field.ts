import { type KeyboardEvent, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { FieldKeeper, type FieldWitness, type StoredFieldOptions, type StoreState } from './field-keeper'

export interface StoredField<Value> {
  state: StoreState
  /** for <Field>: what went wrong and what became of the last edit */
  field: {
    error: string | undefined
    store: StoreState
    conflict: { theirs: Value; takeTheirs: () => void; keepMine: () => void } | undefined
    refused: { text: string; retry: () => void } | undefined
    witness: FieldWitness
  }
  /** for the input */
  input: {
    value: Value
    onValueChange: (value: Value, valid?: boolean) => void
    onBlur: () => void
    onKeyDown: (event: KeyboardEvent) => void
  }
  /** Stores at once, for inputs that are done with one choice (select, checkbox). */
  choose: (value: Value) => void
}

/**
 * "Nothing to save": what is typed into a field is stored when the field is left or Enter is pressed. What was typed stays when storing fails.
 * When somebody else changed the field meanwhile nothing is overwritten: the user chooses between theirs and yours.
 */
export function useStoredField<Value>(options: StoredFieldOptions<Value>): StoredField<Value> {
  const [keeper] = useState(() => new FieldKeeper(options))
  const view = useSyncExternalStore(keeper.subscribe, keeper.current)
  useLayoutEffect(() => {
    keeper.follow(options)
  })
  // A screen that goes away leaves its fields too, although the browser says nothing: what was typed is stored all the same, or told
  // when it cannot be. So does a window that is closed or loaded again: the call is on its way before the page is gone.
  useEffect(() => {
    keeper.appear()
    window.addEventListener('beforeunload', keeper.leave)
    return () => {
      window.removeEventListener('beforeunload', keeper.leave)
      keeper.disappear()
    }
  }, [keeper])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (!keeper.isMultiline || event.ctrlKey || event.metaKey)) keeper.leave()
    if (event.key === 'Escape' && keeper.isDirty) {
      // One step back: what was typed here, before the dialog or screen around it.
      event.preventDefault()
      event.stopPropagation()
      event.nativeEvent.stopImmediatePropagation()
      keeper.reset()
    }
  }

  return {
    state: view.state,
    field: {
      error: view.error,
      store: view.state,
      conflict: view.theirs && { theirs: view.theirs.value, takeTheirs: keeper.takeTheirs, keepMine: keeper.keepMine },
      refused: view.refused && { text: view.refused.text, retry: keeper.retry },
      witness: keeper.witness,
    },
    input: { value: view.draft, onValueChange: keeper.type, onBlur: keeper.leave, onKeyDown },
    choose: keeper.choose,
  }
}
