import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeftRight } from 'lucide-react'
import type { MergeField, MergePreview } from '../../../src-preload/contract/accounts'
import type { Customer } from '../../../src-preload/contract/customers'
import { formatPhone } from '../../base/format'
import { newId } from '../../base/new-id'
import { useApproval } from '../../base/use-approval'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { ScreenProgress } from '../../components/spinner'
import { TextInput } from '../../components/text-input'
import { showToast } from '../../components/toast'
import { MergeFacts } from './merge-facts'
import { customersFoundQuery, duplicatesQuery, mergeCustomers, mergePreviewQuery, undoMerge } from './customers-api'
import { rowsOfHits } from './customer-rows'

interface Other {
  id: string
  name: string
  hint: string
}

/** Two records of one customer become one: first who the other is, then what stays and what moves. */
export function MergeDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const [other, setOther] = useState<Other>()
  if (!other) return <ChooseOther customer={customer} onChoose={setOther} onClose={onClose} />
  return <PreviewMerge customer={customer} other={other} onClose={onClose} />
}

function ChooseOther({ customer, onChoose, onClose }: { customer: Customer; onChoose: (other: Other) => void; onClose: () => void }) {
  const [text, setText] = useState('')
  const { firstName, lastName, companyName, phone, email } = customer
  const duplicates = useQuery(duplicatesQuery({ firstName, lastName, companyName, phone, email }))
  const found = useQuery(customersFoundQuery(text.trim()))
  const typed = rowsOfHits(found.data ?? []).map(({ id, displayName, phone: number, vehicles }) => ({
    id,
    name: displayName,
    hint: [number && formatPhone(number), vehicles].filter(Boolean).join(' · '),
  }))
  const similar = (duplicates.data ?? []).map(({ id, displayName, phone: number, vehicles }) => ({
    id,
    name: displayName,
    hint: [number && formatPhone(number), vehicles].filter(Boolean).join(' · '),
  }))
  const others = (text.trim().length > 1 ? typed : similar).filter(({ id }) => id !== customer.id)
  return (
    <Dialog
      open
      onClose={onClose}
      title="Merge duplicates"
      description={`Who is the same customer as ${customer.displayName}?`}
      footer={<Button onClick={onClose}>Cancel</Button>}
    >
      <div className="flex flex-col gap-3">
        <Field label="Find the other record" hint="Name, phone, plate or VIN. Without text: those that look alike.">
          <TextInput type="search" value={text} onValueChange={setText} />
        </Field>
        <ErrorBanner error={found.error ?? duplicates.error} />
        {others.length === 0 && <p className="text-muted">{text.trim() === '' ? 'Nobody looks alike.' : 'Nobody else fits.'}</p>}
        <ul aria-label="Possible duplicates" className="flex flex-col gap-1">
          {others.map((other) => (
            <li key={other.id}>
              <button
                type="button"
                className="flex w-full flex-col rounded-md border border-line px-3 py-2 text-left hover:bg-hover"
                onClick={() => onChoose(other)}
              >
                <span className="font-medium">{other.name}</span>
                <span className="text-sm text-muted">{other.hint || 'No phone, no car'}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}

function PreviewMerge({ customer, other, onClose }: { customer: Customer; other: Other; onClose: () => void }) {
  const [isTurned, setTurned] = useState(false)
  const [keptId, mergedId] = isTurned ? [other.id, customer.id] : [customer.id, other.id]
  const { data, error } = useQuery(mergePreviewQuery(keptId, mergedId))
  if (!data) {
    return (
      <Dialog open onClose={onClose} title="Merge duplicates" footer={<Button onClick={onClose}>Close</Button>}>
        {error ? <ErrorBanner error={error} /> : <ScreenProgress />}
      </Dialog>
    )
  }
  return <ConfirmMerge key={keptId} preview={data} onTurn={() => setTurned(!isTurned)} onClose={onClose} />
}

function suggestedOf(preview: MergePreview): ReadonlySet<MergeField> {
  return new Set(preview.fields.filter(({ suggested }) => suggested === 'merged').map(({ name }) => name))
}

function ConfirmMerge({ preview, onTurn, onClose }: { preview: MergePreview; onTurn: () => void; onClose: () => void }) {
  const [mergeId] = useState(newId)
  const [taken, setTaken] = useState(() => suggestedOf(preview))
  const withApproval = useApproval()
  const navigate = useNavigate()
  const { kept, merged } = preview
  const merge = useMutation({
    mutationFn: () => mergeCustomers({ mergeId, keptId: kept.id, mergedId: merged.id, take: [...taken] }, withApproval),
    onSuccess: () => {
      const open = (): void => void navigate({ to: '/customers/$customerId', params: { customerId: kept.id } })
      showToast(`${merged.displayName} is merged into ${kept.displayName}`, {
        undo: () => void undoMerge(mergeId, withApproval).then(open, open),
      })
      onClose()
      open()
    },
  })
  const take = (name: MergeField, fromMerged: boolean): void => {
    const next = new Set(taken)
    if (fromMerged) next.add(name)
    else next.delete(name)
    setTaken(next)
  }
  return (
    <Dialog
      open={!merge.isPending}
      onClose={onClose}
      onSubmit={() => merge.mutate()}
      keepOpen
      size="large"
      title={`Merge ${merged.displayName} into ${kept.displayName}`}
      description="Issued bills keep the name they were issued with. It can be undone."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button icon={<ArrowLeftRight size={16} aria-hidden="true" />} onClick={onTurn}>
            Keep the other one instead
          </Button>
          <Button type="submit" look="primary">
            Merge
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ErrorBanner error={merge.error} />
        {preview.losesExemption && (
          <Banner tone="warn">
            The tax exemption of {merged.displayName} does not come along. Enter its certificate again if it still holds.
          </Banner>
        )}
        <MergeFacts preview={preview} taken={taken} onTake={take} />
      </div>
    </Dialog>
  )
}
