import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useBack } from '../../base/keys'
import { ErrorBanner } from '../../components/error-banner'
import { Page } from '../../components/page'
import { ScreenProgress } from '../../components/spinner'
import { creditPdfQuery } from './invoices-api'
import { PdfView } from './pdf-view'

/** The credit note as it prints. */
export function CreditPrintScreen({ invoiceId, creditNoteId }: { invoiceId: string; creditNoteId: string }) {
  const navigate = useNavigate()
  const { data: file, error, refetch } = useQuery(creditPdfQuery(creditNoteId))
  useBack(() => void navigate({ to: '/invoices/$invoiceId', params: { invoiceId }, search: {} }), 'Back to the invoice')
  if (!file)
    return <Page title="Credit note">{error ? <ErrorBanner error={error} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  const title = file.fileName.replace(/\.pdf$/, '')
  return <PdfView file={file} title={title} summary={`${title}, which corrects an invoice.`} paper="invoice" />
}
