import { createHash } from 'node:crypto'
import type { PdfFile } from '../../../src-preload/contract/invoices'
import type { Ctx } from '../../ipc/context'

/** Bytes as they travel to the screen. In practice the name says so too: numbers go on there as in the books, and a folder shows no paper. */
export function pdfFile({ practice }: Pick<Ctx, 'practice'>, title: string, bytes: Uint8Array): PdfFile {
  return {
    fileName: `${title}${practice ? ' (practice)' : ''}.pdf`,
    base64: Buffer.from(bytes).toString('base64'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
