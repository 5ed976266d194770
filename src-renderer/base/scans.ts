import { useContext, useEffect, useRef } from 'react'
import { SCREEN_LAYER, topLayer } from './key-bindings'
import { KeyLayerContext } from './keys'
import { listenForScans } from './scan-listener'
import { type Scan, shapeOf } from './scan-shapes'

/** False: not for this part of the screen, the next one is asked. */
export type TakeScan = (scan: Scan) => Promise<boolean> | boolean

interface Taker {
  readonly layer: number
  readonly always: boolean
  readonly take: () => TakeScan
}

/** Parts of what is on the screen now; the newest is asked first. Empty while nobody is signed in or the screen is locked. */
const takers: Taker[] = []
let tail: Promise<void> = Promise.resolve()

/** While a dialog is open only what is in it, and who hears of every scan, is asked. */
async function offer(scan: Scan): Promise<void> {
  const asked = takers.filter(({ layer, always }) => always || layer === topLayer())
  for (const { take } of asked.toReversed()) if (await take()(scan)) return
}

/** One after the other, in the order they were scanned, however fast: what the one opens has the next one. */
export function queueScan(text: string): void {
  const scan = shapeOf(text)
  tail = tail.then(() => offer(scan)).catch(() => undefined) // who takes a scan says what went wrong with it
}

/** Scans for as long as this part of the screen is there; in a dialog, while it is the one on top. `always`: under any dialog too. */
export function useScans(take: TakeScan, { enabled = true, always = false }: { enabled?: boolean; always?: boolean } = {}): void {
  const layer = useContext(KeyLayerContext)
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    if (!enabled) return
    const taker: Taker = { layer, always, take: () => latest.current }
    takers.push(taker)
    return () => {
      takers.splice(takers.indexOf(taker), 1)
    }
  }, [layer, enabled, always])
}

/** Is a dialog open above the screen? What a scan would open must wait for it. */
export function isDialogOpen(): boolean {
  return topLayer() !== SCREEN_LAYER
}

/** Once, around the whole program, before anybody else listens for keys. */
export function useScanListener(): void {
  useEffect(() => listenForScans(window, queueScan), [])
}
