import { useState } from 'react'
import { actionsOf, SCREEN_LAYER } from '../../base/key-bindings'
import { arrange, type Command, commandsOfScreen, narrow, wantedOf } from './palette-commands'
import { useCommands } from './use-commands'

/**
 * What the box lists behind the palette's mark. What the screen can do is looked up when the palette opens, and again when one is run:
 * a list that moves under the arrow keys helps nobody.
 */
export function usePalette(typed: string): { isPalette: boolean; commands: readonly Command[] } {
  const wanted = wantedOf(typed)
  const everywhere = useCommands()
  const [state, setState] = useState<{ all: readonly Command[] } | null>(null)
  if (wanted === null && state !== null) setState(null)
  if (wanted !== null && state === null) setState({ all: arrange([...commandsOfScreen(actionsOf(SCREEN_LAYER)), ...everywhere()]) })
  return { isPalette: wanted !== null, commands: wanted === null || state === null ? [] : narrow(state.all, wanted) }
}
