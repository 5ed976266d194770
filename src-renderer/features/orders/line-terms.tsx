import { type ReactNode, useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Line } from '../../../src-preload/contract/orders'
import { isOnlyShown, type LineTerms, noTerms, termsWords, tidyTerms } from '../../../src-preload/contract/line-terms'
import { Banner } from '../../components/banner'
import { Button } from '../../components/button'
import { Checkbox } from '../../components/checkbox'
import { Dialog } from '../../components/dialog'
import { ErrorBanner } from '../../components/error-banner'
import { Field } from '../../components/field'
import { MoneyInput } from '../../components/money-input'
import { Select } from '../../components/select'
import { WholeNumberInput } from '../../components/whole-number-input'
import { updateLine } from './orders-api'
import { useDesk } from './order-desk'

/** Under a line: what its papers say beside the price, and for those who may change it the way to do so; in the same row what else is to be said. */
export function TermsOfLine({ line, mayChange, beside }: { line: Line; mayChange: boolean; beside?: ReactNode }) {
  const { oldPartsWanted } = useDesk().order
  const [edits, setEdits] = useState(false)
  if (line.type !== 'part' && line.type !== 'labor') return null
  return (
    <>
      {line.terms && <p className="px-1.5 pt-0.5 text-xs text-muted">{termsWords(line.terms).join(' ')}</p>}
      {oldPartsWanted && isOnlyShown(line) && (
        <p className="px-1.5 py-0.5 text-xs font-medium text-warn">
          The customer wants the old parts back: this one is only shown to them.
        </p>
      )}
      {mayChange && (
        <div className="flex flex-wrap items-center gap-x-3">
          <button
            type="button"
            data-terms=""
            onClick={() => setEdits(true)}
            className="min-h-6 rounded-sm px-1.5 text-xs text-muted underline decoration-dotted underline-offset-2 hover:text-ink"
          >
            {line.type === 'labor' ? 'Warranty…' : 'Warranty, returns…'}
            <span className="sr-only"> of {line.description}</span>
          </button>
          {beside}
        </div>
      )}
      {edits && <TermsDialog line={line} onClose={() => setEdits(false)} />}
    </>
  )
}

const oldPartChoices: { value: LineTerms['oldPart']; label: string }[] = [
  { value: 'customer', label: 'The customer’s, if asked for' },
  { value: 'exchange', label: 'Goes back to its maker: exchange' },
  { value: 'warranty', label: 'Goes back to its maker: warranty' },
]

function TermsDialog({ line, onClose }: { line: Line; onClose: () => void }) {
  const { withApproval } = useDesk()
  const [seen] = useState(line.terms ?? null)
  const [terms, setTerms] = useState<LineTerms>(seen ?? noTerms)
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set())
  const edit = (changes: Partial<LineTerms>): void => setTerms({ ...terms, ...changes })
  const read = (name: 'coreChargeCents' | 'warrantyMonths' | 'warrantyMiles') => (value: number | null, readable: boolean) => {
    const others = [...wrong].filter((each) => each !== name)
    setWrong(new Set(readable ? others : [...others, name]))
    edit({ [name]: value === 0 ? null : value })
  }
  const store = useMutation({
    mutationFn: () =>
      updateLine({ lineId: line.id, was: { terms: seen }, now: { terms: tidyTerms(line.type, terms) }, reason: '' }, withApproval),
    onSuccess: onClose,
  })
  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      onSubmit={() => {
        if (wrong.size === 0 && !store.isPending) store.mutate()
      }}
      title={line.type === 'labor' ? 'Warranty' : 'Warranty and returns'}
      description={`${line.description}: printed under this line.`}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={store.isPending}>
            Save
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <ErrorBanner error={store.error} className="col-span-2" />
        <Field label="Warranty, months" hint="Empty: the shop’s terms">
          <WholeNumberInput value={terms.warrantyMonths} onValueChange={read('warrantyMonths')} />
        </Field>
        <Field label="Warranty, miles">
          <WholeNumberInput value={terms.warrantyMiles} onValueChange={read('warrantyMiles')} />
        </Field>
        {line.type === 'part' && <PartTerms terms={terms} edit={edit} onCharge={read('coreChargeCents')} />}
      </div>
    </Dialog>
  )
}

interface PartTermsProps {
  terms: LineTerms
  edit: (changes: Partial<LineTerms>) => void
  onCharge: (value: number | null, readable: boolean) => void
}

/** What becomes of the old part, and whether the new one can be returned. */
function PartTerms({ terms, edit, onCharge }: PartTermsProps) {
  const { oldPartsWanted } = useDesk().order
  return (
    <>
      <Field label="Replaced part" className="col-span-2">
        <Select value={terms.oldPart} onValueChange={(oldPart) => edit({ oldPart })} choices={oldPartChoices} />
      </Field>
      {oldPartsWanted && isOnlyShown({ terms }) && (
        <Banner tone="warn" alert className="col-span-2">
          The customer asked for the replaced parts back. Tell them that this one goes back to its maker: it is shown to them, not given.
        </Banner>
      )}
      {terms.oldPart === 'exchange' && (
        <Field label="Core charge" hint="Due when the old part is kept" className="col-span-2">
          <MoneyInput value={terms.coreChargeCents} onValueChange={onCharge} />
        </Field>
      )}
      <span className="col-span-2">
        <Checkbox
          label="Special order: cannot be returned"
          checked={terms.specialOrder}
          onCheckedChange={(specialOrder) => edit({ specialOrder })}
        />
      </span>
    </>
  )
}
