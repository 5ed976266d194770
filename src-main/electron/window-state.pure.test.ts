import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placeWindow, readWindowState, writeWindowState } from './window-state'

const left = { x: 0, y: 0, width: 1920, height: 1040 }
const right = { x: 1920, y: 0, width: 1280, height: 720 }
const saved = { x: 100, y: 50, width: 1400, height: 900, maximized: false }

describe('where the window opens', () => {
  it('opens 1366 x 768, placed by the system, the first time', () => {
    expect(placeWindow(null, [left])).toEqual({ width: 1366, height: 768, maximized: false })
  })

  it('opens where it was closed', () => {
    expect(placeWindow({ ...saved, maximized: true }, [left, right])).toEqual({ ...saved, maximized: true })
  })

  it('comes back to a screen that is there when its own was unplugged', () => {
    expect(placeWindow({ ...saved, x: 2000 }, [left])).toEqual({ width: 1366, height: 768, maximized: false })
  })

  it.each([
    ['above the screen', { x: 100, y: -60 }],
    ['below the screen', { x: 100, y: 1030 }],
    ['left of the screen but for a sliver', { x: -1350, y: 50 }],
  ])('does not stay out of reach %s', (_where, position) => {
    expect(placeWindow({ ...saved, ...position }, [left])).not.toHaveProperty('x')
  })

  it('shrinks to the screen it is on, but never below what the screens need', () => {
    expect(placeWindow({ ...saved, x: 1930 }, [left, right])).toMatchObject({ x: 1930, width: 1280, height: 720 })
    expect(placeWindow({ ...saved, width: 300, height: 200 }, [left])).toMatchObject({ width: 1024, height: 700 })
  })
})

describe('the file that keeps it', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'counterbay-window-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  it('gives back what was kept and leaves nothing else behind', () => {
    const file = join(folder, 'made', 'window-state.json')
    writeWindowState(file, saved)
    writeWindowState(file, { ...saved, x: 7 })
    expect(readWindowState(file)).toEqual({ ...saved, x: 7 })
    expect(readdirSync(join(folder, 'made'))).toEqual(['window-state.json'])
  })

  it.each([
    '',
    '{"x":1',
    '[]',
    '{"x":1.5,"y":0,"width":1,"height":1,"maximized":false}',
    '{"x":0,"y":0,"width":-5,"height":1,"maximized":true}',
  ])('ignores a damaged file: %j', (text) => {
    const file = join(folder, 'window-state.json')
    writeFileSync(file, text)
    expect(readWindowState(file)).toBeNull()
  })

  it('ignores a missing file', () => {
    expect(readWindowState(join(folder, 'none.json'))).toBeNull()
  })
})
