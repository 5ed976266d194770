import { describe, expect, it } from 'vitest'
import type { KeyBinding } from '../../base/key-bindings'
import { arrange, type Command, commandsOfScreen, narrow, wantedOf } from './palette-commands'

const run = (): void => undefined
const action =
  (keys: string, title: string, more: Partial<KeyBinding> = {}) =>
  (): KeyBinding => ({ keys, title, run, ...more })
const titles = (commands: readonly Command[]): string[] => commands.map(({ title }) => title)

describe('the palette', () => {
  it('is asked for by its mark alone', () => {
    expect(['>', ' > Add  ', 'honda', ''].map(wantedOf)).toEqual(['', 'add', null, null])
  })

  it('lists each key once as the newest has it, without its own, and keeps what has no key', () => {
    const commands = commandsOfScreen([
      action('F2', 'New repair order', { fallback: true }),
      action('$mod+k', 'Palette'),
      action('a', 'Approve'),
      action('F2', 'Check in this car'),
      action('', 'Void invoice', { whyNot: 'There are payments on it.' }),
      action('', 'Sign out', { everywhere: true }),
      action('$mod+p', 'Print', { hidden: true }),
    ])
    expect(titles(commands)).toEqual(['Approve', 'Check in this car', 'Void invoice', 'Sign out'])
    expect(titles(arrange(commands))).toEqual(['Approve', 'Check in this car', 'Sign out', 'Void invoice'])
  })

  it('shows no key of what cannot be done now', () => {
    expect(commandsOfScreen([action('s', 'Start work', { whyNot: 'Nothing is authorized.' })])[0]).toMatchObject({
      whyNot: 'Nothing is authorized.',
    })
    expect(commandsOfScreen([action('s', 'Start work', { whyNot: 'No.' })])[0]?.keys).toBeUndefined()
  })

  it('begins with the step the screen suggests, and gives up only behind what leads forward', () => {
    const commands = commandsOfScreen([
      action('n', 'Customer declines', { place: 'last' }),
      action('Delete', 'Remove the line', { place: 'last' }),
      action('i', 'Complete and invoice'),
      action('v', 'Void invoice', { place: 'last', whyNot: 'There are payments on it.' }),
      action('', 'Close order', { whyNot: 'Not paid.' }),
      action('s', 'Start work', { place: 'first' }),
      action('', 'Sign out', { everywhere: true }),
    ])
    expect(titles(arrange(commands))).toEqual([
      'Start work',
      'Complete and invoice',
      'Customer declines',
      'Remove the line',
      'Sign out',
      'Close order',
      'Void invoice',
    ])
  })

  it('narrows by beginnings of words in any order, whole beginnings first', () => {
    const all = commandsOfScreen([action('x', 'Remove the part'), action('p', 'Part of an order'), action('l', 'Add labor')])
    expect(titles(narrow(all, 'part'))).toEqual(['Part of an order', 'Remove the part'])
    expect(titles(narrow(all, 'lab ad'))).toEqual(['Add labor'])
    expect(narrow(all, 'zzz')).toEqual([])
  })
})
