import { useState } from 'react'
import { flushSync } from 'react-dom'
import { cleanup, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { parseKeybinding } from 'tinykeys'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shortcuts } from '../../src-preload/contract/shortcuts'
import { Dialog } from '../components/dialog'
import { bindingsOf, listenForKeys, SCREEN_LAYER } from './key-bindings'
import { useBack, useKey, useShortcut } from './keys'

let stop: () => void
beforeEach(() => {
  stop = listenForKeys(window)
})
afterEach(() => {
  cleanup()
  stop()
})

function Screen({ heard, dialog = false }: { heard: string[]; dialog?: boolean }) {
  const [open, setOpen] = useState(dialog)
  const close = (): void => {
    heard.push('dialog closed')
    setOpen(false)
  }
  useShortcut('take-payment', () => heard.push('payment'))
  useKey({ keys: 'a', title: 'Approve', run: () => heard.push('approve') })
  useBack(() => heard.push('back'))
  return (
    <>
      <input aria-label="text" />
      <Dialog open={open} onClose={close} title="Above">
        <button type="button" onKeyDown={(event) => event.key === 'a' && flushSync(close)}>
          a closes
        </button>
        <InDialog heard={heard} />
      </Dialog>
    </>
  )
}

function InDialog({ heard }: { heard: string[] }) {
  useKey({ keys: 'F4', title: 'Pay in the dialog', run: () => heard.push('dialog F4') })
  return null
}

describe('the list of keys', () => {
  it('has no key and no id twice', () => {
    const keys = shortcuts.map((shortcut) => JSON.stringify(parseKeybinding(shortcut.keys)))
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(shortcuts.map((shortcut) => shortcut.id)).size).toBe(shortcuts.length)
  })

  it('leaves Escape, Enter and plain letters to screens', () => {
    for (const { keys } of shortcuts) expect(keys).toMatch(/^(F\d+|.*\$mod\+.+)$/)
  })
})

describe('useKey', () => {
  it('hears keys of the screen, and letters only outside fields', async () => {
    const heard: string[] = []
    const view = render(<Screen heard={heard} />)
    const user = userEvent.setup()
    await user.keyboard('a{F4}{Escape}')
    await user.type(view.getByLabelText('text'), 'a{F4}')
    expect(heard).toEqual(['approve', 'payment', 'back', 'payment'])
  })

  it('silences the screen below a dialog; Escape closes the dialog and goes no further', async () => {
    const heard: string[] = []
    render(<Screen heard={heard} dialog />)
    const user = userEvent.setup()
    await user.keyboard('a{F4}{Escape}')
    expect(heard).toEqual(['dialog F4', 'dialog closed'])
    await user.keyboard('{Escape}a')
    expect(heard.slice(2)).toEqual(['back', 'approve'])
  })

  it('does not hand the key that closed a dialog on to the screen below', async () => {
    const heard: string[] = []
    const view = render(<Screen heard={heard} dialog />)
    const user = userEvent.setup()
    view.getByRole('button', { name: 'a closes' }).focus()
    await user.keyboard('aa')
    expect(heard).toEqual(['dialog closed', 'approve'])
  })

  it('lists what is on the screen for the help page and forgets it afterwards', () => {
    const before = bindingsOf(SCREEN_LAYER).length
    const view = render(<Screen heard={[]} />)
    expect(bindingsOf(SCREEN_LAYER).map((binding) => binding.title)).toEqual(expect.arrayContaining(['Take payment', 'Approve', 'Back']))
    view.unmount()
    expect(bindingsOf(SCREEN_LAYER)).toHaveLength(before)
  })
})
