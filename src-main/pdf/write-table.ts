import type { PageFlow } from './page-flow'
import { CONTENT, INK, type Style, STYLES } from './paper-style'
import { drawArtifact, type Element, openElement } from './tag-structure'
import { wrapText } from './wrap-text'
import { type Align, type Line, writeText } from './write-text'

export interface Column {
  readonly title: string
  readonly widthPt: number
  readonly align: Align
}

export interface Cell {
  /** one under the other */
  readonly texts: readonly { text: string; style: Style }[]
  /** columns it covers; 1 when left out */
  readonly span?: number
  /** names the row for a screen reader */
  readonly heading?: boolean
  readonly align?: Align
}

export interface Row {
  readonly cells: readonly Cell[]
  readonly ruleAbove?: boolean
  /** points of air above and below */
  readonly padding: readonly [above: number, below: number]
  /** never the last of its page */
  readonly withNext?: boolean
}

export interface Table {
  /** stands above it and never alone at the foot of a page */
  readonly heading?: string
  readonly x?: number
  readonly columns: readonly Column[]
  /** column titles are shown, and again on each further page */
  readonly titled: boolean
  readonly rows: readonly Row[]
}

interface PlacedLine {
  readonly line: Line
  readonly style: Style
}

interface PlacedCell {
  readonly cell: Cell
  readonly x: number
  readonly widthPt: number
  readonly align: Align
  readonly lines: readonly PlacedLine[]
  readonly heightPt: number
}

interface PlacedRow {
  readonly row: Row
  readonly x: number
  readonly widthPt: number
  readonly cells: readonly PlacedCell[]
  readonly heightPt: number
}

const GAP = 10
/** a figure of Noto Sans, all of one width; commas are narrower */
const FIGURE_EM = 0.573
const HEADING_GAP = 2
const HEADING_HEIGHT = STYLES.section.leadingPt + HEADING_GAP
const TITLE_STYLE = STYLES.smallStrong
const TITLE_RULE = TITLE_STYLE.leadingPt + 4
const TITLE_HEIGHT = TITLE_RULE + 2

/** Writes a table over as many pages as it takes. A row stays whole unless it is taller than a page. */
export async function writeTable(flow: PageFlow, parent: Element, wanted: Table): Promise<void> {
  const { doc } = flow.pen
  const table = { ...wanted, columns: fitFigures(wanted) }
  const placed = new Map<number, PlacedRow>()
  const at = (index: number): PlacedRow | undefined => {
    const row = table.rows[index]
    const known = placed.get(index) ?? (row && placeRow(flow, table, row))
    if (known) placed.set(index, known)
    return known
  }
  if (table.titled) flow.ensure(Math.min(flow.emptyPagePt, HEADING_HEIGHT + TITLE_HEIGHT + groupHeight(at, 0)))
  if (table.heading !== undefined) {
    flow.paragraph(parent, 'H2', table.heading, STYLES.section)
    flow.y += HEADING_GAP
  }
  const element = openElement(doc, parent, 'Table')
  if (table.titled) {
    writeTitles(flow, element, table)
    flow.repeated = () => drawArtifact(doc, 'Pagination', () => drawTitles(flow, table))
  }
  for (let index = 0; index < table.rows.length; index += 1) {
    const row = at(index)
    if (!row) break
    const group = groupHeight(at, index)
    if (group <= flow.emptyPagePt) flow.ensure(group)
    else if (row.heightPt <= flow.emptyPagePt) flow.ensure(row.heightPt)
    writeRow(flow, element, row)
    placed.delete(index)
    await flow.breathe()
  }
  flow.repeated = undefined
  element.end()
}

/** Widens the columns of figures to their longest one, at the cost of the widest column, so that no amount is ever broken. */
function fitFigures({ columns, rows }: Table): readonly Column[] {
  const widest = columns.reduce((best, column, index) => (column.widthPt > (columns[best]?.widthPt ?? 0) ? index : best), 0)
  const needs = columns.map(({ align }, index) => {
    if (align !== 'right' || index === widest) return 0
    const gap = index < columns.length - 1 ? GAP : 0
    return rows.reduce((most, row) => {
      return (cellOfColumn(row, index)?.texts ?? []).reduce(
        (width, { text, style }) => Math.max(width, gap + text.length * style.sizePt * FIGURE_EM),
        most,
      )
    }, 0)
  })
  const fitted = columns.map((column, index) => ({ ...column, widthPt: Math.max(column.widthPt, needs[index] ?? 0) }))
  const extra = fitted.reduce((sum, { widthPt }, index) => sum + widthPt - (columns[index]?.widthPt ?? 0), 0)
  return fitted.map((column, index) => (index === widest ? { ...column, widthPt: column.widthPt - extra } : column))
}

/** The cell that stands in this column alone. */
function cellOfColumn({ cells }: Row, index: number): Cell | undefined {
  let column = 0
  return cells.find(({ span = 1 }) => {
    const isIts = span === 1 && column === index
    column += span
    return isIts
  })
}

/** Points a table of few rows takes when nothing breaks it. */
export function tableHeight(flow: PageFlow, table: Table): number {
  return table.rows.reduce((sum, row) => sum + placeRow(flow, table, row).heightPt, table.titled ? TITLE_HEIGHT : 0)
}

/** Height of a row with those it must not be parted from. */
function groupHeight(at: (index: number) => PlacedRow | undefined, first: number): number {
  let height = 0
  for (let index = first; ; index += 1) {
    const row = at(index)
    height += row?.heightPt ?? 0
    if (!row?.row.withNext) return height
  }
}

function placeRow(flow: PageFlow, table: Table, row: Row): PlacedRow {
  const left = table.x ?? CONTENT.left
  let x = left
  let column = 0
  const cells = row.cells.map((cell): PlacedCell => {
    const covered = table.columns.slice(column, column + (cell.span ?? 1))
    column += covered.length
    const full = covered.reduce((sum, { widthPt }) => sum + widthPt, 0)
    const widthPt = full - (column < table.columns.length ? GAP : 0)
    const lines = cell.texts.flatMap(({ text, style }) => wrapText(flow.pen, text, style, widthPt).map((line) => ({ line, style })))
    const place = { cell, x, widthPt, align: cell.align ?? covered[0]?.align ?? 'left', lines, heightPt: linesHeight(lines) }
    x += full
    return place
  })
  const [above, below] = row.padding
  return { row, x: left, widthPt: x - left, cells, heightPt: above + below + Math.max(0, ...cells.map(({ heightPt }) => heightPt)) }
}

const linesHeight = (lines: readonly PlacedLine[]): number => lines.reduce((sum, { style }) => sum + style.leadingPt, 0)

function writeRow(flow: PageFlow, table: Element, { row, cells, x, widthPt }: PlacedRow): void {
  const { doc } = flow.pen
  const element = openElement(doc, table, 'TR')
  const boxes = cells.map(({ cell }) => openElement(doc, element, cell.heading ? 'TH' : 'TD', attributesOf(cell)))
  const [above, below] = row.padding
  // At the top of a page the head's own rule is there.
  if (row.ruleAbove && !flow.isFresh) flow.rule(INK.rule, x, widthPt)
  flow.y += above
  let rest = cells.map(({ lines }) => lines)
  while (rest.some((lines) => lines.length > 0)) {
    const here = rest.map((lines) => fitting(lines, flow.roomPt))
    if (here.every((lines) => lines.length === 0)) {
      flow.breakPage()
      continue
    }
    for (const [index, place] of cells.entries()) {
      const lines = here[index] ?? []
      if (lines.length > 0) boxes[index]?.add(() => drawLines(flow, place, lines))
    }
    flow.y += Math.max(...here.map(linesHeight))
    rest = rest.map((lines, index) => lines.slice(here[index]?.length ?? 0))
  }
  flow.y += below
  element.end()
}

function attributesOf(cell: Cell): { span?: number; scope?: 'Row' } {
  return { ...(cell.span ? { span: cell.span } : {}), ...(cell.heading ? { scope: 'Row' as const } : {}) }
}

/** The lines that still go on this page. */
function fitting(lines: readonly PlacedLine[], roomPt: number): readonly PlacedLine[] {
  let used = 0
  const end = lines.findIndex(({ style }) => (used += style.leadingPt) > roomPt)
  return end === -1 ? lines : lines.slice(0, end)
}

function drawLines(flow: PageFlow, { x, widthPt, align }: PlacedCell, lines: readonly PlacedLine[]): void {
  let { y } = flow
  for (const { line, style } of lines) {
    writeText(flow.pen, line, style, { x, y, widthPt, align })
    y += style.leadingPt
  }
}

function writeTitles(flow: PageFlow, table: Element, { columns, x: left }: Table): void {
  const { doc } = flow.pen
  const row = openElement(doc, table, 'TR')
  forEachTitle(columns, left, (column, x, widthPt) => {
    const cell = openElement(doc, row, 'TH', { scope: 'Column' })
    cell.add(() => drawTitle(flow, column, x, widthPt))
  })
  row.end()
  drawArtifact(doc, 'Layout', () => flow.drawRule(INK.muted, CONTENT.left, CONTENT.width, flow.y + TITLE_RULE))
  flow.y += TITLE_HEIGHT
}

function drawTitles(flow: PageFlow, { columns, x: left }: Table): void {
  forEachTitle(columns, left, (column, x, widthPt) => drawTitle(flow, column, x, widthPt))
  flow.drawRule(INK.muted, CONTENT.left, CONTENT.width, flow.y + TITLE_RULE)
  flow.y += TITLE_HEIGHT
}

function forEachTitle(
  columns: readonly Column[],
  left: number | undefined,
  visit: (column: Column, x: number, widthPt: number) => void,
): void {
  let x = left ?? CONTENT.left
  for (const [index, column] of columns.entries()) {
    visit(column, x, column.widthPt - (index < columns.length - 1 ? GAP : 0))
    x += column.widthPt
  }
}

function drawTitle(flow: PageFlow, column: Column, x: number, widthPt: number): void {
  writeText(flow.pen, { text: column.title, direction: 'ltr' }, TITLE_STYLE, { x, y: flow.y, widthPt, align: column.align })
}
