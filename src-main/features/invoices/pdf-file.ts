import { createHash } from 'node:crypto'
import type { PdfFile } from '../../../src-preload/contract/invoices'

/** Bytes as they travel to the screen. */
export function pdfFile(fileName: string, bytes: Uint8Array): PdfFile {
  return { fileName, base64: Buffer.from(bytes).toString('base64'), sha256: createHash('sha256').update(bytes).digest('hex') }
}
