import { useEffect, useRef } from 'react'
import { drawPage, type PdfPage, pageWidth } from './pdf-document'

export interface PdfPageViewProps {
  page: PdfPage
  text: string
  number: number
  of: number
  /** width on the screen in CSS pixels */
  width: number
}

/** One page, drawn for the very pixels of this screen. What is written on it is there as text for screen readers. */
export function PdfPageView({ page, text, number, of, width }: PdfPageViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const sheet = canvas.current
    if (!sheet) return
    const stop = new AbortController()
    const drawn = document.createElement('canvas')
    const scale = width / pageWidth(page)
    drawPage(page, drawn, scale * window.devicePixelRatio, stop.signal).then(
      () => {
        // Shown when it is complete, so that zooming never shows a half-drawn page.
        sheet.width = drawn.width
        sheet.height = drawn.height
        sheet.style.width = `${width}px`
        sheet.getContext('2d')?.drawImage(drawn, 0, 0)
      },
      () => undefined, // another size was asked for meanwhile
    )
    return () => stop.abort()
  }, [page, width])
  return (
    <section aria-label={`Page ${number} of ${of}`} data-pdf-page={number} className="mx-auto w-fit">
      <canvas ref={canvas} aria-hidden="true" className="block bg-on-accent shadow-pop" />
      <p className="sr-only whitespace-pre-line">{text}</p>
    </section>
  )
}
