import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ChangeOrder, EstimateVersion } from '../../../src-preload/contract/invoices'
import { cents, formatDollars } from '../../../src-preload/contract/money'
import { useBack } from '../../base/keys'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { Page } from '../../components/page'
import { Select } from '../../components/select'
import { ScreenProgress } from '../../components/spinner'
import { changeOrderPdfQuery, changeOrderQuery, estimatesQuery } from './invoices-api'
import { PdfView } from './pdf-view'

export interface ChangeOrderScreenProps {
  orderId: string
  from: number
  /** without it, the estimate as it stands */
  to?: number | undefined
}

/** What is different between any two versions of an order's estimate, as it prints. */
export function ChangeOrderScreen({ orderId, from, to }: ChangeOrderScreenProps) {
  const navigate = useNavigate()
  const { data: versions, error: listError } = useQuery(estimatesQuery(orderId))
  const { data: changes, error: readError } = useQuery(changeOrderQuery(orderId, from, to))
  const { data: file, error, refetch } = useQuery(changeOrderPdfQuery(orderId, from, to))
  useBack(() => void navigate({ to: '/orders/$orderId', params: { orderId } }), 'Back to the repair order')
  if (!file || !versions || !changes) {
    const problem = error ?? readError ?? listError
    return <Page title="Change order">{problem ? <ErrorBanner error={problem} onRetry={() => void refetch()} /> : <ScreenProgress />}</Page>
  }
  const show = (next: { from: number; to?: number | undefined }): void =>
    void navigate({
      to: '/orders/$orderId/changes',
      params: { orderId },
      search: { from: next.from, ...(next.to ? { to: next.to } : {}) },
      replace: true,
    })
  return (
    <PdfView
      file={file}
      title={`Change order ${changes.from.number} to ${changes.to.number}`}
      aside={<VersionChoice versions={versions} from={from} to={to} onChoose={show} />}
      summary={summaryOf(changes)}
      paper="estimate"
    />
  )
}

interface VersionChoiceProps {
  versions: readonly EstimateVersion[]
  from: number
  to: number | undefined
  onChoose: (next: { from: number; to?: number | undefined }) => void
}

function VersionChoice({ versions, from, to, onChoose }: VersionChoiceProps) {
  // The estimate as it stands has no frozen version of its own while somebody works on it.
  const frozen = versions.filter(({ isCurrent, authorizations }) => !isCurrent || authorizations.length > 0)
  const choices = frozen.map(({ version, number }) => ({ value: String(version), label: number }))
  return (
    <span className="flex gap-2">
      <Field label="Earlier version" hideLabel>
        <Select value={String(from)} onValueChange={(value) => onChoose({ from: Number.parseInt(value, 10), to })} choices={choices} />
      </Field>
      <Field label="Later version" hideLabel>
        <Select
          value={to === undefined ? '' : String(to)}
          onValueChange={(value) => onChoose({ from, to: value === '' ? undefined : Number.parseInt(value, 10) })}
          choices={[{ value: '', label: 'As it stands' }, ...choices]}
        />
      </Field>
    </span>
  )
}

const kinds: Readonly<Record<ChangeOrder['lines'][number]['kind'], string>> = {
  added: 'Added',
  removed: 'Removed',
  dearer: 'Dearer',
  cheaper: 'Cheaper',
  changed: 'Changed',
}

function summaryOf({ lines, from, to, differenceCents }: ChangeOrder): string {
  const dollars = (value: number): string => formatDollars(cents(value))
  const each = lines.map(({ kind, description, wasCents, nowCents }) => {
    const amounts = [wasCents, nowCents].flatMap((value) => (value === null ? [] : dollars(value)))
    return `${kinds[kind]}: ${description}, ${amounts.join(' became ')}.`
  })
  return [...each, `Total ${dollars(from.totalCents)} became ${dollars(to.totalCents)}, a difference of ${dollars(differenceCents)}.`].join(
    ' ',
  )
}
