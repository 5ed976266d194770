import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist'
// oxlint-disable-next-line import/default -- the bundler makes this one: the address of the worker's file
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

GlobalWorkerOptions.workerSrc = workerAddress

export type PdfPage = PDFPageProxy

export interface OpenPdf {
  pages: readonly PdfPage[]
  /** what is written on each page, for those who do not see it */
  texts: readonly string[]
}

/** The text of a page, line by line. */
async function textOf(page: PdfPage): Promise<string> {
  const { items } = await page.getTextContent()
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
}

async function readPages(pdf: PDFDocumentProxy): Promise<OpenPdf> {
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => pdf.getPage(at + 1)))
  return { pages, texts: await Promise.all(pages.map(textOf)) }
}

/** Reads a document in its own worker. `close` ends the worker, also while it still reads. */
export function openPdf(bytes: Uint8Array): { opened: Promise<OpenPdf>; close: () => void } {
  // Documents made here hold neither scripts nor images that need WebAssembly, and the page allows no eval.
  const task = getDocument({ data: bytes, isEvalSupported: false, useWasm: false, enableXfa: false })
  return { opened: task.promise.then(readPages), close: () => void task.destroy() }
}

/** Width of a page in points (1/72 inch). */
export function pageWidth(page: PdfPage): number {
  return page.getViewport({ scale: 1 }).width
}

/** Draws a page; `scale` 1 = 72 dots an inch. Rejected when `signal` says so. */
export async function drawPage(page: PdfPage, canvas: HTMLCanvasElement, scale: number, signal?: AbortSignal): Promise<void> {
  const viewport = page.getViewport({ scale })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  const drawing = page.render({ canvas, viewport })
  const stop = (): void => drawing.cancel()
  signal?.addEventListener('abort', stop)
  try {
    await drawing.promise
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
