/** Black and white, one byte a dot: 1 is ink. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly dots: Uint8Array
}

/** Corner points of closed outlines, x to the right and y down, in dots. */
export type Outline = readonly (readonly [x: number, y: number])[]

const ROWS_PER_DOT = 4
/** Less than half: thin strokes of small letters must not vanish on a printer of 203 dots an inch. */
const INK_FROM = 0.42

export function newBitmap(width: number, height: number): Bitmap {
  return { width, height, dots: new Uint8Array(width * height) }
}

/** Fills outlines by the rule of non-zero winding, a dot where enough of it is covered. */
export function fillOutlines(bitmap: Bitmap, outlines: readonly Outline[]): void {
  const edges = outlines.flatMap(edgesOf)
  for (let row = 0; row < bitmap.height; row += 1) {
    const near = edges.filter((edge) => edge.top < row + 1 && edge.bottom > row)
    if (near.length === 0) continue
    const covered = new Float32Array(bitmap.width)
    for (let part = 0; part < ROWS_PER_DOT; part += 1) coverRow(covered, near, row + (part + 0.5) / ROWS_PER_DOT)
    for (const [x, share] of covered.entries()) if (share >= INK_FROM * ROWS_PER_DOT) bitmap.dots[row * bitmap.width + x] = 1
  }
}

interface Edge {
  readonly top: number
  readonly bottom: number
  readonly xAtTop: number
  readonly slope: number
  readonly winding: 1 | -1
}

function edgesOf(outline: Outline): Edge[] {
  return outline.flatMap(([x1, y1], at) => {
    const [x2, y2] = outline[(at + 1) % outline.length] ?? [x1, y1]
    if (y1 === y2) return []
    const slope = (x2 - x1) / (y2 - y1)
    return [
      y1 < y2
        ? { top: y1, bottom: y2, xAtTop: x1, slope, winding: 1 as const }
        : { top: y2, bottom: y1, xAtTop: x2, slope, winding: -1 as const },
    ]
  })
}

function coverRow(covered: Float32Array, edges: readonly Edge[], y: number): void {
  const crossings = edges
    .filter(({ top, bottom }) => top <= y && bottom > y)
    .map(({ top, xAtTop, slope, winding }) => ({ x: xAtTop + (y - top) * slope, winding }))
    .toSorted((a, b) => a.x - b.x)
  let inside = 0
  let from = 0
  for (const { x, winding } of crossings) {
    if (inside === 0) from = x
    inside += winding
    if (inside === 0) coverSpan(covered, from, x)
  }
}

function coverSpan(covered: Float32Array, from: number, to: number): void {
  for (let x = Math.max(0, Math.floor(from)); x < Math.min(covered.length, to); x += 1) {
    covered[x] = (covered[x] ?? 0) + Math.min(to, x + 1) - Math.max(from, x)
  }
}
