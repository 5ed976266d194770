import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MAX_GAP_MS, SURE_GAP_MS } from './is-code'
import { listenForScans } from './scan-listener'

const VIN = '1HGCM82633A004352'

let heard: string[]
let pressed: string[]
let stop: () => void
let clockMs = 0

const note = (event: KeyboardEvent): void => void pressed.push(event.key)

beforeEach(() => {
  vi.useFakeTimers()
  heard = []
  pressed = []
  document.body.innerHTML =
    '<input id="name" value="Pat Sample"><input id="pin" type="password"><select id="state"><option>AZ</option><option>CA</option><option>CO</option></select><button>Go</button>'
  stop = listenForScans(window, (text) => heard.push(text))
  window.addEventListener('keydown', note)
})
afterEach(() => {
  stop()
  window.removeEventListener('keydown', note)
  vi.useRealTimers()
})

const field = (id: string) => document.getElementById(id) as HTMLInputElement

/** A key at the focus, as the browser would do it: the character lands in a text field when nobody prevents it. */
function press(key: string, gapMs: number, more: KeyboardEventInit = {}): void {
  clockMs += gapMs
  vi.advanceTimersByTime(gapMs)
  const at = document.activeElement ?? document.body
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  Object.defineProperty(event, 'timeStamp', { value: clockMs })
  if (at.dispatchEvent(event) && at instanceof HTMLInputElement && key.length === 1)
    at.setRangeText(key, at.selectionStart ?? 0, at.selectionEnd ?? 0, 'end')
}

function type(text: string, gapMs: number): void {
  for (const key of text) press(key, gapMs)
}

describe('a scanner', () => {
  it.each([5, 30, MAX_GAP_MS - 1])('is told by its keys %d ms apart; the field is as it was, text and selection', (gapMs) => {
    field('name').focus()
    field('name').setSelectionRange(4, 10)
    type(VIN, gapMs)
    press('Enter', gapMs)
    expect(heard).toEqual([VIN])
    expect(pressed).not.toContain('Enter')
    expect([field('name').value, field('name').selectionStart, field('name').selectionEnd]).toEqual(['Pat Sample', 4, 10])
  })

  it('reaches no shortcut where no field has the focus', () => {
    type(VIN, 8)
    press('Tab', 8)
    vi.runAllTimers()
    expect(heard).toEqual([VIN])
    expect(pressed).toEqual([])
  })

  it('may press Shift for its capitals, say the kind of code first, and end with two keys', () => {
    field('name').focus()
    for (const key of `]C0${VIN}`) {
      press('Shift', 4, { shiftKey: true })
      press(key, 4, { shiftKey: true })
    }
    press('Enter', 4)
    press('Tab', 4)
    expect(heard).toEqual([`]C0${VIN}`])
    expect(pressed.filter((key) => key !== 'Shift' && key.length > 1)).toEqual([])
    expect(field('name').value).toBe('Pat Sample')
  })

  it('scans five times a second, each is heard', () => {
    field('name').focus()
    for (let scan = 0; scan < 20; scan += 1) {
      press('R', 120)
      type(`O-0001${String(scan).padStart(2, '0')}`, 8)
      press('Enter', 8)
    }
    expect(heard).toHaveLength(20)
    expect(field('name').value).toBe('Pat Sample')
  })

  it('leaves not one character in a password field, not even for a moment', () => {
    field('pin').focus()
    const seen: string[] = []
    field('pin').addEventListener('input', () => seen.push(field('pin').value))
    type('012345678905', 10)
    press('Enter', 10)
    vi.runAllTimers()
    expect([field('pin').value, seen]).toEqual(['', []])
    expect(heard).toEqual(['012345678905'])
  })

  it('does not change a select, nor press a button', () => {
    field('state').focus()
    type('CO12345', 10)
    press('Enter', 10)
    vi.runAllTimers()
    expect(field('state').value).toBe('AZ')
    document.querySelector('button')?.focus()
    type('CO12345', 10)
    press('Enter', 10)
    expect(heard).toHaveLength(2)
    expect(pressed).toEqual([])
  })
})

describe('a scanner on its cable', () => {
  it.each([
    'A12',
    '4B7',
    'PH36',
    'SAM',
    '#4711',
    'PH 3614',
    '(01)00012345678905',
    'ph3614a',
    'K&N 33-2031',
    'A 000 123 45 67',
    '12:34;5,6',
  ])('is heard with %s too, into a field and past it', (code) => {
    field('name').focus()
    type(code, 20)
    press('Enter', 20)
    expect([heard, field('name').value]).toEqual([[code], 'Pat Sample'])
    document.querySelector('button')?.focus()
    type(code, 8)
    press('Tab', 8)
    vi.runAllTimers()
    expect([heard, pressed.filter((key) => key === 'Enter' || key === 'Tab')]).toEqual([[code, code], []])
    expect(pressed.filter((key) => key !== 'Shift')).toEqual([...code])
  })

  it('is heard under Caps Lock, whose letters are small', () => {
    field('name').focus()
    type('ph-oil', 20)
    press('Enter', 20, { modifierCapsLock: true })
    expect([heard, field('name').value]).toEqual([['ph-oil'], 'Pat Sample'])
  })

  it('presses no button with a blank', () => {
    const clicked = vi.fn<() => void>()
    document.querySelector('button')?.addEventListener('click', clicked)
    document.querySelector('button')?.focus()
    type('PH 3614', 8)
    press('Enter', 8)
    vi.runAllTimers()
    expect([heard, clicked.mock.calls]).toEqual([['PH 3614'], []])
  })
})

describe('a scanner at a machine that is busy', () => {
  /** The machine hands the keys that follow over late; they still say when they were pressed. */
  const stall = (ms: number): void => void vi.advanceTimersByTime(ms)

  it.each([1, 2, 9])('is heard whole although the key after number %d comes late', (before) => {
    type(VIN.slice(0, before), 8)
    stall(800)
    type(VIN.slice(before), 8)
    press('Enter', 8)
    vi.runAllTimers()
    expect(heard).toEqual([VIN])
    expect(pressed.join('')).toBe(VIN.slice(0, before)) // nothing can be known of what is still on its way
  })

  it('leaves nothing in a password, nor in what a key of its own has opened', () => {
    field('pin').focus()
    type(VIN.slice(0, 1), 8)
    stall(800)
    expect(field('pin').value).toBe('1')
    type(VIN.slice(1, 5), 8)
    field('name').focus()
    type(VIN.slice(5), 8)
    press('Enter', 8)
    vi.runAllTimers()
    expect(heard).toEqual([VIN])
    expect([field('pin').value, field('name').value]).toEqual(['', 'Pat Sample'])
  })
})

describe('a person', () => {
  it('who types fast is none, even with two keys at nearly the same time', () => {
    field('name').focus()
    field('name').setSelectionRange(10, 10)
    for (const [at, key] of [...'12345678'].entries()) press(key, at % 2 === 0 ? 70 : 12)
    press('Enter', 60)
    expect(heard).toEqual([])
    expect(field('name').value).toBe('Pat Sample12345678')
    expect(pressed).toContain('Enter')
  })

  it.each(['120', '1234', 'A12', 'CO'])('who types %s as fast as nobody ever did, and Enter, is none', (text) => {
    field('name').focus()
    field('name').setSelectionRange(10, 10)
    type(text, SURE_GAP_MS + 1)
    press('Enter', SURE_GAP_MS + 1)
    expect([heard, field('name').value]).toEqual([[], `Pat Sample${text}`])
    expect(pressed).toEqual([...text, 'Enter'])
  })

  it.each([
    ['the first two', [200, 4, MAX_GAP_MS], MAX_GAP_MS],
    ['the last two', [200, MAX_GAP_MS, 4], MAX_GAP_MS],
    ['the last and Enter', [200, MAX_GAP_MS, MAX_GAP_MS], 4],
    ['twice two', [200, 4, MAX_GAP_MS, 4], MAX_GAP_MS + 10],
    ['all, and Enter as people do', [200, 15, 15], 80],
  ])('who types three or four keys, %s at nearly the same time, is none', (_which, gapsMs, enterMs) => {
    field('name').focus()
    field('name').setSelectionRange(10, 10)
    for (const [at, gapMs] of gapsMs.entries()) press(String(at), gapMs)
    press('Enter', enterMs)
    expect([heard, pressed.at(-1)]).toEqual([[], 'Enter'])
    expect(field('name').value).toBe(`Pat Sample${gapsMs.map((_gap, at) => at).join('')}`)
  })

  it('who presses two keys and Enter at once is none, nor who rolls over the number pad', () => {
    field('name').focus()
    field('name').setSelectionRange(10, 10)
    type('12', 4)
    press('Enter', 4)
    type('123', 20)
    press('Enter', 20, { code: 'NumpadEnter' })
    expect([heard, field('name').value]).toEqual([[], 'Pat Sample12123'])
  })

  it('presses the button with a blank, at once alone and also behind another key', () => {
    const clicked = vi.fn<() => void>()
    document.querySelector('button')?.addEventListener('click', clicked)
    document.querySelector('button')?.focus()
    press(' ', 500)
    expect(pressed).toEqual([' ']) // the browser clicks
    type('x ', 10)
    vi.runAllTimers()
    expect([clicked.mock.calls.length, pressed]).toEqual([1, [' ', 'x', ' ']])
  })

  it('has passwords with digits typed by a program, and addresses into a field', () => {
    field('pin').focus()
    type('x7k9Q2#4', 3)
    press('Enter', 3)
    expect(field('pin').value).toBe('x7k9Q2#4')
    field('name').focus()
    type('12 Elm', 3)
    press('Tab', 3)
    type('pat24680@demo.invalid', 3)
    press('Tab', 3)
    expect(heard).toEqual([])
  })

  it('who pastes words by a program, or types small letters, is none', () => {
    field('name').focus()
    type('Front brakes', 3)
    press('Tab', 3)
    type('demo-counter-1', 3)
    press('Enter', 3)
    expect(heard).toEqual([])
  })

  it('gets the shortcut of a single key, a moment later', () => {
    press('j', 500)
    expect(pressed).toEqual([])
    vi.advanceTimersByTime(MAX_GAP_MS)
    expect(pressed).toEqual(['j'])
  })

  it('gets what was held in its order, before the key that ends it', () => {
    press('a', 500)
    press('x', 10)
    press('Escape', 10)
    expect(pressed).toEqual(['a', 'x', 'Escape'])
  })

  it('types a PIN and a password as ever, chooses in a select by letters', () => {
    field('pin').focus()
    type('27', 80)
    type('18', 10)
    vi.runAllTimers()
    press('Enter', 300)
    expect(field('pin').value).toBe('2718')
    field('state').focus()
    press('c', 300)
    press('o', 90)
    vi.runAllTimers()
    expect(field('state').value).toBe('CO')
    expect(heard).toEqual([])
  })

  it('who holds a key down is none', () => {
    field('name').focus()
    press('1', 500)
    for (let times = 0; times < 8; times += 1) press('1', 30, { repeat: true })
    press('Enter', 30)
    expect(heard).toEqual([])
  })
})
