import './print-sheets.css'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { printPage } from '../../base/print-page'
import { printSheets, type SheetPaper } from './invoices-api'
import type { PdfPage } from './pdf-document'
import { drawForPrint, forgetImages } from './print-images'

export interface Printing {
  print: () => void
  busy: boolean
  error: Error | null
  /** the sheets, for the printer only; to be rendered by the screen */
  sheets: ReactNode
}

/** Without asking on the printer that is chosen for this paper, else as the system's dialog says. */
async function printOn(paper: SheetPaper): Promise<void> {
  if (!(await printSheets(paper))) await printPage()
}

/** Prints the pages as they are: drawn at the printer's resolution, and then handed to the system's print dialog. */
export function usePrint(pages: readonly PdfPage[] | undefined, paper: SheetPaper): Printing {
  const [images, setImages] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  const loaded = useRef(0)

  const finish = useCallback((): void => {
    setImages([])
    setBusy(false)
  }, [])
  useEffect(() => () => forgetImages(images), [images])

  const fail = (failed: unknown): void => {
    setError(failed instanceof Error ? failed : new Error('The page could not be drawn for printing.'))
    finish()
  }

  const print = (): void => {
    if (!pages || busy) return
    loaded.current = 0
    setBusy(true)
    setError(null)
    drawForPrint(pages).then(setImages, fail)
  }

  // The dialog of the system stops everything: only when every image is there, or sheets would come out empty.
  const onLoad = (): void => {
    loaded.current += 1
    if (loaded.current < images.length) return
    requestAnimationFrame(() => void printOn(paper).then(finish, fail))
  }

  const sheets =
    images.length > 0 &&
    createPortal(
      <div data-print-sheets aria-hidden="true">
        {images.map((image) => (
          <img key={image} src={image} alt="" onLoad={onLoad} />
        ))}
      </div>,
      document.body,
    )
  return { print, busy, error, sheets }
}
