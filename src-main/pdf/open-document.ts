import { fingerprint } from './fingerprint'
import type { PdfDocument } from './load-fonts'
import { PAGE } from './paper-style'

export interface DocumentFacts {
  readonly title: string
  readonly author: string
  readonly subject: string
  /** the document's date, 'YYYY-MM-DD' */
  readonly day: string
  /** everything that is written in it: the same facts make the same bytes */
  readonly facts: object
}

/** A new PDF of Letter pages, tagged for screen readers, and its bytes once it is ended. */
export async function openDocument({
  title,
  author,
  subject,
  day,
  facts,
}: DocumentFacts): Promise<{ doc: PdfDocument; bytes: Promise<Uint8Array> }> {
  const { default: PDFDocument } = await import('pdfkit')
  const made = new Date(`${day}T12:00:00Z`)
  const info = {
    Title: plainWords(title),
    Author: plainWords(author),
    Subject: plainWords(subject),
    Creator: 'Counterbay',
    CreationDate: made,
    ModDate: made,
    // pdfkit makes the file's ID from these facts, so that it is fixed and yet another for another document.
    Fingerprint: fingerprint(facts),
  }
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-US',
    displayTitle: true,
    autoFirstPage: false,
    bufferPages: true,
    // zlib's output differs between processors and versions; a file made again must have the same hash, on any machine.
    compress: false,
    // Never the built-in Helvetica: it knows no letters beyond Western Europe.
    font: null as unknown as string,
    info,
  })
  return { doc, bytes: collect(doc) }
}

/** For the metadata, which pdfkit copies into XML as it stands: no markup, no control characters, no more than a title's length. */
function plainWords(text: string): string {
  const words = text
    .replaceAll('&', 'and')
    .replace(/[<>\p{C}]/gu, ' ')
    .replace(/\s+/g, ' ')
  return Array.from(words.trim()).slice(0, 200).join('')
}

function collect(doc: PdfDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('error', reject)
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))))
  })
}
