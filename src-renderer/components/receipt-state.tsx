import { LoaderCircle, Printer } from 'lucide-react'
import type { PrintJob } from '../../src-preload/contract/printing'
import type { Receipts } from '../base/receipts'
import { Banner } from './banner'
import { Button } from './button'
import { ErrorBanner } from './error-banner'

const words: Readonly<Record<PrintJob['state'], string>> = {
  queued: 'waits for the printer',
  printing: 'is being printed',
  printed: 'printed',
  failed: 'was not printed',
  unsure: 'may be incomplete',
}

/** What became of the receipt and of the drawer, while what to hand over is still on the screen. */
export function ReceiptState({ receipts }: { receipts: Receipts }) {
  const { hasPrinter, last, drawer, error } = receipts
  if (!hasPrinter) return null
  return (
    <div className="flex w-full flex-col gap-2 text-left">
      {drawer?.problem && (
        <Banner
          tone="warn"
          alert
          actions={
            drawer.state === 'failed' && (
              <Button size="small" onClick={() => receipts.retry(drawer.id)}>
                Open the drawer
              </Button>
            )
          }
        >
          The drawer did not open. {drawer.problem}
        </Banner>
      )}
      {last?.problem && (
        <Banner tone="warn" alert>
          The receipt {words[last.state]}. {last.problem}
        </Banner>
      )}
      {last && !last.problem && (
        <p role="status" className="flex items-center justify-center gap-2 text-muted">
          {last.state === 'printed' ? <Printer size={16} aria-hidden="true" /> : <LoaderCircle size={16} aria-hidden="true" />}
          {last.isCopy ? 'Copy of the receipt' : 'Receipt'} {words[last.state]} on {last.printerName}
        </p>
      )}
      <ErrorBanner error={error} />
    </div>
  )
}
