import type { PdfDocument } from './load-fonts'

/** A node of the structure tree that screen readers follow (PDF 1.7, 14.7). */
export type Element = PDFKit.PDFStructureElement

export interface TableAttributes {
  readonly span?: number
  readonly scope?: 'Row' | 'Column'
}

/** Opens a node below `parent`. Write into it with `element.add(draw)`, each call on one page, and `end()` it. */
export function openElement(doc: PdfDocument, parent: Element, tag: string, table: TableAttributes = {}): Element {
  const element = doc.struct(tag)
  if (table.span !== undefined || table.scope !== undefined) {
    // pdfkit knows no attribute for a cell over several columns.
    const { data } = (element as unknown as { dictionary: { data: Record<string, unknown> } }).dictionary
    data['A'] = { O: 'Table', ...(table.scope ? { Scope: table.scope } : {}), ...(table.span ? { ColSpan: table.span } : {}) }
  }
  parent.add(element)
  return element
}

/** One node with one piece of content. */
export function writeElement(doc: PdfDocument, parent: Element, tag: string, draw: () => void): void {
  openElement(doc, parent, tag).add(draw).end()
}

/** What a screen reader passes over: rules, repeated heads, page numbers. Never inside an element's drawing. */
export function drawArtifact(doc: PdfDocument, type: 'Pagination' | 'Layout', draw: () => void): void {
  doc.markContent('Artifact', { type })
  draw()
  doc.endMarkedContent()
}
