import type { PdfFile } from '../../../src-preload/contract/invoices'

export function bytesOf(file: Pick<PdfFile, 'base64'>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(file.base64), (character) => character.charCodeAt(0))
}

/** Saves the document as the browser, or the window's host, saves downloads. */
export function downloadPdf(file: PdfFile): void {
  const url = URL.createObjectURL(new Blob([bytesOf(file)], { type: 'application/pdf' }))
  const link = document.createElement('a')
  link.href = url
  link.download = file.fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000) // the host reads it after this turn
}
