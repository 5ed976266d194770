import { PAPERS, type PaperMm } from './encode-receipt'
import { type ReceiptLine, ReceiptPaper } from './receipt-lines'

export interface TestPage {
  readonly shopName: string
  readonly printerName: string
  readonly address: string
  readonly paperMm: PaperMm
  /** the pin a pulse is sent to with this page */
  readonly pulse: 2 | 5 | null
}

/** A page that shows what is set right: nothing cut off at the right, letters of every kind, and which pin was just tried. */
export function writeTestPage({ shopName, printerName, address, paperMm, pulse }: TestPage): readonly ReceiptLine[] {
  const { columns } = PAPERS[paperMm]
  const paper = new ReceiptPaper(columns)
  paper.text('Test page', { strong: true, large: true, align: 'center' })
  paper.text(shopName, { align: 'center' })
  paper.gap()
  paper.pair('Printer', printerName)
  paper.pair('Address', address)
  paper.pair('Paper', `${paperMm} mm, ${columns} columns`)
  paper.rule()
  paper.text('The next two lines must end at the right edge:')
  paper.text('1234567890'.repeat(5).slice(0, columns))
  paper.pair('Left', '$1,234.56')
  paper.rule()
  paper.text('Letters of the printer: é ü ñ ç ß € £ “ ”')
  paper.text('Drawn: Łódź Ελλάδα Мир שלום 刹车片')
  paper.rule()
  if (pulse === null) paper.text('No pulse was sent to the drawer.')
  else {
    paper.text(`DRAWER: PIN ${pulse}`, { strong: true, large: true })
    paper.text(
      `A pulse was sent to pin ${pulse} with this page. If the drawer opened, choose pin ${pulse} for this printer; if not, try the other one.`,
      {
        maxLines: 8,
      },
    )
  }
  paper.gap()
  paper.barcode('TEST-1234')
  return paper.lines
}
