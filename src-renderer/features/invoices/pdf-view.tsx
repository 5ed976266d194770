import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Download, Printer, ZoomIn, ZoomOut } from 'lucide-react'
import type { PdfFile } from '../../../src-preload/contract/invoices'
import { useKey, useShortcut } from '../../base/keys'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { IconButton } from '../../components/icon-button'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { bytesOf, downloadPdf } from './download-pdf'
import type { SheetPaper } from './invoices-api'
import { type OpenPdf, openPdf, pageWidth } from './pdf-document'
import { PdfPageView } from './pdf-page-view'
import { usePrint } from './use-print'
import { useZoom, type Zoom } from './use-zoom'

export interface PdfViewProps {
  file: PdfFile
  /** 'Invoice 1042' */
  title: string
  aside?: ReactNode
  /** number, total and the like, read out before the pages */
  summary: string
  /** decides on which printer it comes out */
  paper: SheetPaper
}

/** A document on the screen: pages as they will be printed, larger and smaller, saved, printed. */
export function PdfView({ file, title, aside, summary, paper }: PdfViewProps) {
  const { pdf, error } = useOpenPdf(file.base64)
  const room = useRef<HTMLDivElement>(null)
  const firstPage = pdf?.pages[0]
  const zoom = useZoom(room, firstPage ? pageWidth(firstPage) : 612)
  const printing = usePrint(pdf?.pages, paper)
  usePageKeys(room)
  useShortcut('print', printing.print, { enabled: pdf !== undefined, title: 'Print' })
  useKey({ keys: '$mod+p', title: 'Print', hidden: true, run: printing.print }, pdf !== undefined)
  useKey({ keys: '$mod+s', title: 'Save the PDF', run: () => downloadPdf(file) })
  const problem = error ?? printing.error
  return (
    <Page title={title} aside={aside} fill actions={<Toolbar {...{ file, zoom, printing, ready: pdf !== undefined }} />}>
      {problem && (
        <Banner tone="bad" alert>
          {problem.message} The document itself is all right: save the PDF and open it elsewhere.
        </Banner>
      )}
      <div
        ref={room}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label={`${title}, document`}
        className="min-h-0 flex-1 overflow-auto rounded-lg bg-sunken"
      >
        <p className="sr-only">{summary}</p>
        {!pdf && !problem && <ScreenProgress />}
        {pdf && zoom.width > 0 && (
          <div className="flex w-fit min-w-full flex-col gap-5 p-5">
            {pdf.pages.map((page, at) => (
              <PdfPageView
                key={page.pageNumber}
                page={page}
                text={pdf.texts[at] ?? ''}
                number={at + 1}
                of={pdf.pages.length}
                width={zoom.width}
              />
            ))}
          </div>
        )}
      </div>
      {printing.sheets}
    </Page>
  )
}

function useOpenPdf(base64: string): { pdf: OpenPdf | undefined; error: Error | null } {
  const bytes = useMemo(() => bytesOf({ base64 }), [base64])
  const [pdf, setPdf] = useState<OpenPdf>()
  const [error, setError] = useState<Error | null>(null)
  useEffect(() => {
    let isCurrent = true
    const { opened, close } = openPdf(bytes.slice()) // the worker takes what it is given
    opened.then(
      (open) => isCurrent && setPdf(open),
      () => isCurrent && setError(new Error('The document cannot be shown here.')),
    )
    return () => {
      isCurrent = false
      close()
    }
  }, [bytes])
  return { pdf, error }
}

/** PgUp and PgDn turn pages wherever the focus is on the screen. */
function usePageKeys(room: React.RefObject<HTMLElement | null>): void {
  const turn = (direction: 1 | -1): void => {
    const element = room.current
    const pages = [...(element?.querySelectorAll<HTMLElement>('[data-pdf-page]') ?? [])]
    if (!element) return
    const tops = pages.map((page) => page.offsetTop - (pages[0]?.offsetTop ?? 0))
    const here = element.scrollTop
    const target = direction === 1 ? tops.find((top) => top > here + 8) : tops.findLast((top) => top < here - 8)
    element.scrollTo({ top: target ?? (direction === 1 ? element.scrollHeight : 0) })
  }
  useKey({ keys: 'PageDown', title: 'Next page', run: () => turn(1) })
  useKey({ keys: 'PageUp', title: 'Page before', run: () => turn(-1) })
}

function Toolbar({ file, zoom, printing, ready }: { file: PdfFile; zoom: Zoom; printing: ReturnType<typeof usePrint>; ready: boolean }) {
  useKey({ keys: '+', title: 'Larger', run: zoom.larger })
  useKey({ keys: '-', title: 'Smaller', run: zoom.smaller })
  useKey({ keys: '0', title: 'Fit the width', run: zoom.fit })
  return (
    <>
      <span className="flex items-center">
        <IconButton icon={<ZoomOut size={16} aria-hidden="true" />} label="Smaller (-)" onClick={zoom.smaller} />
        <Button look="quiet" size="small" onClick={zoom.fit} title="Fit the width (0)" aria-label={`${zoom.percent} %, fit the width`}>
          {zoom.percent} %
        </Button>
        <IconButton icon={<ZoomIn size={16} aria-hidden="true" />} label="Larger (+)" onClick={zoom.larger} />
      </span>
      <Button icon={<Download size={16} aria-hidden="true" />} keys="$mod+s" onClick={() => downloadPdf(file)}>
        Save PDF
      </Button>
      <Button
        look="primary"
        icon={<Printer size={16} aria-hidden="true" />}
        keys="F9"
        busy={printing.busy}
        disabled={!ready}
        onClick={printing.print}
      >
        Print
      </Button>
    </>
  )
}
