import type { KeyBinding } from '../../base/key-bindings'

/** A row of the palette. */
export interface Command {
  readonly id: string
  readonly title: string
  /** where it comes from: said behind the title */
  readonly group: 'This screen' | 'Everywhere' | 'Recent' | 'Settings'
  /** tinykeys' notation; none when it has no key */
  readonly keys?: string
  /** why it cannot be done now */
  readonly whyNot?: string
  readonly place?: KeyBinding['place']
  readonly run: () => void
}

/** What opens the palette in the search box; the rest of the text narrows it. */
export const PALETTE_MARK = '>'

/** What is wanted of the palette; null when something else is looked for. */
export function wantedOf(typed: string): string | null {
  return typed.trimStart().startsWith(PALETTE_MARK) ? typed.trimStart().slice(PALETTE_MARK.length).trim().toLowerCase() : null
}

/** The keys of the box itself say nothing to somebody who is in it. */
const OWN_KEYS: ReadonlySet<string> = new Set(['F3', '$mod+k'])

/** What can be done on a screen, each key once and as the newest has it, in the order in which the screen says it. */
export function commandsOfScreen(actions: readonly (() => KeyBinding)[]): Command[] {
  const seen = new Set<string>()
  const commands: Command[] = []
  for (const action of actions.toReversed()) {
    const { keys, title, hidden, whyNot, fallback, always, everywhere, place } = action()
    const id = `${keys} ${keys === '' || whyNot !== undefined ? title : ''}`
    if (hidden || OWN_KEYS.has(keys) || seen.has(id)) continue
    seen.add(id)
    commands.push({
      id: `key ${id}`,
      title,
      group: fallback || always || everywhere ? 'Everywhere' : 'This screen',
      ...(whyNot === undefined ? {} : { whyNot }),
      ...(place === undefined ? {} : { place }),
      ...(keys === '' || whyNot !== undefined ? {} : { keys }),
      run: () => action().run(new KeyboardEvent('keydown')),
    })
  }
  return commands.toReversed()
}

const ORDER: readonly Command['group'][] = ['This screen', 'Recent', 'Everywhere', 'Settings']

const RANK: Readonly<Record<NonNullable<Command['place']>, number>> = { first: -1, last: 1 }

/**
 * One list: what can be done here before what leads away, what cannot be done now last, each with its way forward before what gives up;
 * a title that comes twice stands once.
 */
export function arrange(commands: readonly Command[]): Command[] {
  const titles = new Set<string>()
  const once = commands.filter(({ title }) => !titles.has(title) && titles.add(title))
  const part = ({ group, whyNot }: Command): number => ORDER.indexOf(group) + (whyNot === undefined ? 0 : ORDER.length)
  const rank = ({ place }: Command): number => (place === undefined ? 0 : RANK[place])
  return once.toSorted((a, b) => part(a) - part(b) || rank(a) - rank(b))
}

/** The commands that every word of the text is the beginning of a word of, those whose title begins with the text first. */
export function narrow(commands: readonly Command[], wanted: string): Command[] {
  if (wanted === '') return [...commands]
  const words = wanted.split(/\s+/)
  const fits = ({ title, group }: Command): boolean => {
    const parts = `${title} ${group}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
    return words.every((word) => parts.some((part) => part.startsWith(word)))
  }
  const begins = ({ title }: Command): boolean => title.toLowerCase().startsWith(wanted)
  const found = commands.filter(fits)
  return [...found.filter(begins), ...found.filter((one) => !begins(one))]
}
