import type { DocumentSnapshot } from '../../src-preload/contract/invoices'
import { assertOutsideTransaction } from '../database/transaction'
import type { Parts, PrintedDocument } from './document-parts'
import { titleWords } from './document-words'
import { drawInTurn } from './draw-in-turn'
import { loadFonts } from './load-fonts'
import { openDocument } from './open-document'
import { PageFlow } from './page-flow'
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
  /** marks it as made in practice: nobody owes or promised anything by it */
  readonly practice: boolean
}

/**
 * The estimate or invoice as PDF: Letter, tagged for screen readers, every name in its own script. The same snapshot gives the same bytes
 * in every process. Long documents give way to other work while they are made.
 * @throws InvariantError inside a transaction; RangeError when the shop's time zone does not exist
 */
export function renderDocument(snapshot: DocumentSnapshot, options: RenderOptions): Promise<Uint8Array> {
  return renderPaper(snapshot, options, async (parts) => {
    await writeJobs(parts)
    await writeTotals(parts)
    await writeDeclined(parts)
    await writeAuthorizations(parts)
    writeClosing(parts)
  })
}

type WriteBody = (parts: Parts) => Promise<void>

/** Any paper with the head of a document: what stands between head and foot is written by `body`. */
export async function renderPaper(snapshot: PrintedDocument, options: RenderOptions, body: WriteBody): Promise<Uint8Array> {
  assertOutsideTransaction('making a PDF')
  return drawInTurn(() => render(snapshot, options, body))
}

async function render(
  snapshot: PrintedDocument,
  { void: isVoid, practice: isPractice }: RenderOptions,
  body: WriteBody,
): Promise<Uint8Array> {
  const { doc, bytes } = await openDocument({
    title: `${titleWords(snapshot)} ${snapshot.number}${isVoid ? ' (void)' : ''}${isPractice ? ' (practice)' : ''}`,
    author: snapshot.shop.name,
    subject: `Repair order ${snapshot.orderNumber}`,
    day: snapshot.date,
    facts: { snapshot, isVoid, ...(isPractice ? { isPractice } : {}) },
  })
  const root = doc.struct('Document')
  doc.addStructure(root)
  const mark = isPractice ? 'PRACTICE' : isVoid ? 'VOID' : ''
  const furniture = { background: () => mark !== '' && drawWatermark(parts, mark), continuedHead: () => drawContinuedHead(parts) }
  // The furniture needs the parts, which need the flow, whose first page needs the furniture.
  const parts: Parts = { flow: new PageFlow({ doc, fonts: loadFonts(doc) }, furniture), root, snapshot, isVoid, isPractice }
  parts.flow.start()
  writeHead(parts, readLogo(snapshot.shop.logoUrl))
  await body(parts)
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
