import type { DocumentSnapshot } from '../../src-preload/contract/invoices'
import { assertOutsideTransaction } from '../database/transaction'
import type { Parts } from './document-parts'
import { titleWords } from './document-words'
import { drawInTurn } from './draw-in-turn'
import { fingerprint } from './fingerprint'
import { loadFonts, type PdfDocument } from './load-fonts'
import { PageFlow } from './page-flow'
import { PAGE } from './paper-style'
import { readLogo } from './read-logo'
import { writeAuthorizations } from './write-authorizations'
import { writeClosing } from './write-closing'
import { writeDeclined } from './write-declined'
import { drawContinuedHead, drawPageFoot, drawWatermark, writeHead } from './write-head'
import { writeJobs } from './write-jobs'
import { writeTotals } from './write-totals'

export interface RenderOptions {
  /** marks the document as void, on every page */
  readonly void: boolean
}

/**
 * The estimate or invoice as PDF: Letter, tagged for screen readers, every name in its own script. The same snapshot gives the same bytes
 * in every process. Long documents give way to other work while they are made.
 * @throws InvariantError inside a transaction; RangeError when the shop's time zone does not exist
 */
export async function renderDocument(snapshot: DocumentSnapshot, options: RenderOptions): Promise<Uint8Array> {
  assertOutsideTransaction('making a PDF')
  return drawInTurn(() => render(snapshot, options))
}

async function render(snapshot: DocumentSnapshot, { void: isVoid }: RenderOptions): Promise<Uint8Array> {
  const doc = await openDocument(snapshot, isVoid)
  const bytes = collect(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)
  const furniture = { background: () => isVoid && drawWatermark(parts), continuedHead: () => drawContinuedHead(parts) }
  // The furniture needs the parts, which need the flow, whose first page needs the furniture.
  const parts: Parts = { flow: new PageFlow({ doc, fonts: loadFonts(doc) }, furniture), root, snapshot, isVoid }
  parts.flow.start()
  writeHead(parts, readLogo(snapshot.shop.logoUrl))
  await writeJobs(parts)
  await writeTotals(parts)
  await writeDeclined(parts)
  await writeAuthorizations(parts)
  writeClosing(parts)
  root.end()
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page)
    drawPageFoot(parts, page + 1, count)
    await parts.flow.breathe()
  }
  doc.end()
  return bytes
}

async function openDocument(snapshot: DocumentSnapshot, isVoid: boolean): Promise<PdfDocument> {
  const { default: PDFDocument } = await import('pdfkit')
  const made = new Date(`${snapshot.date}T12:00:00Z`)
  const info = {
    Title: plainWords(`${titleWords(snapshot)} ${snapshot.number}${isVoid ? ' (void)' : ''}`),
    Author: plainWords(snapshot.shop.name),
    Subject: plainWords(`Repair order ${snapshot.orderNumber}`),
    Creator: 'Counterbay',
    CreationDate: made,
    ModDate: made,
    // pdfkit makes the file's ID from these facts, so that it is fixed and yet another for another document.
    Fingerprint: fingerprint({ snapshot, isVoid }),
  }
  return new PDFDocument({
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
