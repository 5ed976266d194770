import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export interface PdfPage {
  /** lines as a reader sees them, parted by line ends */
  readonly text: string
  /** roles of the structure tree, in reading order */
  readonly roles: readonly string[]
  readonly images: number
  /** outermost edges of the text in points from the top left corner */
  readonly edges: { readonly left: number; readonly right: number; readonly bottom: number }
}

export interface ReadPdf {
  readonly pages: readonly PdfPage[]
  readonly text: string
  readonly info: Record<string, unknown>
  readonly metadata: string
  readonly hasScripts: boolean
}

interface Node {
  readonly role?: string
  readonly children?: readonly Node[]
  /** of content: where its text is */
  readonly id?: string
}

const PAINT_IMAGE = 85

/** Reads a finished PDF back, for tests, with the library that also shows it. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0, stopAtErrors: true })
  const pdf = await task.promise
  const pages: PdfPage[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) pages.push(await readPage(await pdf.getPage(number)))
  const { info, metadata } = await pdf.getMetadata()
  const read = {
    pages,
    text: pages.map(({ text }) => text).join('\n'),
    info: info as Record<string, unknown>,
    metadata: metadata?.getRaw() as unknown as string,
    hasScripts: (await pdf.getJSActions()) !== null,
  }
  await task.destroy()
  return read
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocument>['promise']>['getPage']>>

async function readPage(page: Page): Promise<PdfPage> {
  const { items } = await page.getTextContent()
  const words = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item] : []))
  const { fnArray } = await page.getOperatorList()
  return {
    text: items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''),
    roles: rolesOf(await page.getStructTree()),
    images: fnArray.filter((operator) => operator === PAINT_IMAGE).length,
    edges: {
      left: Math.min(...words.map(({ transform }) => transform[4] as number)),
      right: Math.max(...words.map(({ transform, width }) => (transform[4] as number) + width)),
      bottom: Math.max(...words.map(({ transform }) => 792 - (transform[5] as number))),
    },
  }
}

/** Rows of the tables in reading order, cell by cell, and every paragraph: what a screen reader would say. Fast: nothing else is read. */
export async function readPdfRows(bytes: Uint8Array): Promise<{ rows: string[][]; paragraphs: string[] }> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0, stopAtErrors: true })
  const pdf = await task.promise
  const [rows, paragraphs]: [string[][], string[]] = [[], []]
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const texts = await textsOf(page)
    for (const node of nodesOf(await page.getStructTree())) {
      // A table that goes on over the page leaves empty rows of the other page behind.
      if (node.role === 'TR' && wordsIn(node, texts) !== '') rows.push((node.children ?? []).map((cell) => wordsIn(cell, texts)))
      else if (node.role === 'P') paragraphs.push(wordsIn(node, texts))
    }
  }
  await task.destroy()
  return { rows, paragraphs }
}

/** Text by the id of the marked content it stands in. */
async function textsOf(page: Page): Promise<Map<string, string>> {
  const { items } = await page.getTextContent({ includeMarkedContent: true })
  const texts = new Map<string, string>()
  const open: string[] = []
  for (const item of items) {
    if ('type' in item) {
      if (item.type === 'endMarkedContent') open.pop()
      else open.push(item.id ?? '')
    } else {
      const id = open.at(-1) ?? ''
      // A wrapped line ends before its next piece begins.
      texts.set(id, `${texts.get(id) ?? ''}${item.str}${item.hasEOL ? ' ' : ''}`)
    }
  }
  return texts
}

const nodesOf = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(nodesOf)]

function wordsIn(node: Node, texts: ReadonlyMap<string, string>): string {
  const own = node.id === undefined ? '' : (texts.get(node.id) ?? '')
  return [own, ...(node.children ?? []).map((child) => wordsIn(child, texts))].join(' ').replaceAll(/\s+/g, ' ').trim()
}

function rolesOf(node: Node): string[] {
  return [...(node.role ? [node.role] : []), ...(node.children ?? []).flatMap(rolesOf)]
}
