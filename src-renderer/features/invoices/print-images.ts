import { drawPage, type PdfPage } from './pdf-document'

/** What laser printers have; letters are as sharp as in the document itself. */
const DOTS_PER_INCH = 300

function imageOf(canvas: HTMLCanvasElement): Promise<string> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(URL.createObjectURL(blob)) : reject(new Error('The page could not be drawn for printing.'))))
  })
}

/** Each page as an image, one after the other on one canvas: a page at this size takes 34 MB while it is drawn. */
export async function drawForPrint(pages: readonly PdfPage[]): Promise<string[]> {
  const canvas = document.createElement('canvas')
  const images: string[] = []
  for (const page of pages) {
    await drawPage(page, canvas, DOTS_PER_INCH / 72)
    images.push(await imageOf(canvas))
  }
  return images
}

export function forgetImages(images: readonly string[]): void {
  for (const image of images) URL.revokeObjectURL(image)
}
