import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

export const MIN_WIDTH = 1024
export const MIN_HEIGHT = 700
const DEFAULT_SIZE = { width: 1366, height: 768 }
/** So much of the title bar must be on a screen for a hand to catch the window. */
const CATCH = { width: 120, height: 40 }

const Rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })
const WindowState = Rectangle.extend({ maximized: z.boolean() })

/** Screen pixels, independent of scale. */
export type Rectangle = z.output<typeof Rectangle>
export type WindowState = z.output<typeof WindowState>

/** Where to open: without x and y the system centers the window. */
export interface Placement {
  x?: number
  y?: number
  width: number
  height: number
  maximized: boolean
}

/** A file that is missing, damaged or of another version means the default place. */
export function readWindowState(file: string): WindowState | null {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Written beside and renamed: a crash leaves the old file or the new one. */
export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, JSON.stringify(state))
  renameSync(`${file}.new`, file)
}

/** The kept place, as far as the screens of today allow it: a window must fit its screen and its title bar must be in reach. */
export function placeWindow(saved: WindowState | null, workAreas: readonly Rectangle[]): Placement {
  if (!saved) return { ...DEFAULT_SIZE, maximized: false }
  const area = workAreas.find((candidate) => titleBarInReach(saved, candidate))
  if (!area) return { ...DEFAULT_SIZE, maximized: saved.maximized }
  return {
    x: saved.x,
    y: saved.y,
    width: Math.max(MIN_WIDTH, Math.min(saved.width, area.width)),
    height: Math.max(MIN_HEIGHT, Math.min(saved.height, area.height)),
    maximized: saved.maximized,
  }
}

function titleBarInReach(window: Rectangle, area: Rectangle): boolean {
  const seenWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const seenHeight = Math.min(window.y + CATCH.height, area.y + area.height) - Math.max(window.y, area.y)
  return seenWidth >= CATCH.width && seenHeight >= CATCH.height
}
