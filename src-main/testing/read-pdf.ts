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
    roles: rolesOf((await page.getStructTree()) as Node),
    images: fnArray.filter((operator) => operator === PAINT_IMAGE).length,
    edges: {
      left: Math.min(...words.map(({ transform }) => transform[4] as number)),
      right: Math.max(...words.map(({ transform, width }) => (transform[4] as number) + width)),
      bottom: Math.max(...words.map(({ transform }) => 792 - (transform[5] as number))),
    },
  }
}

function rolesOf(node: Node): string[] {
  return [...(node.role ? [node.role] : []), ...(node.children ?? []).flatMap(rolesOf)]
}
