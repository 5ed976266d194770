import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { formatDollars } from '../../../src-preload/contract/money'
import type { CannedJobFields, CannedLine, PriceRules } from '../../../src-preload/contract/pricing'
import { newId } from '../../base/new-id'
import { Button } from '../../components/button'
import { ConflictChoice, Field } from '../../components/field'
import { TextInput } from '../../components/text-input'
import { CannedLineRow } from './canned-line-row'
import { newCannedLine } from './price-drafts'
import { PriceRuleDialog } from './price-rule-dialog'
import { cannedPreviewQuery } from './settings-api'
import { usePriceRule, withoutId } from './use-price-rule'

const kinds = [
  { type: 'labor', label: 'Add labor' },
  { type: 'part', label: 'Add part' },
  { type: 'fee', label: 'Add fee' },
] as const

function check({ name, lines }: CannedJobFields): Record<string, string> {
  const wordless = lines.findIndex(({ description }) => description.trim() === '')
  return {
    ...(name.trim() === '' ? { name: 'Please fill this in.' } : {}),
    ...(wordless >= 0 ? { [`lines.${wordless}.description`]: 'Say what it is.' } : {}),
  }
}

/** A canned job: its name, the code that finds it, its lines and what they come to today. */
export function CannedJobDialog({ job, onClose }: { job: PriceRules['cannedJobs'][number] | undefined; onClose: () => void }) {
  const start: CannedJobFields = job
    ? withoutId(job)
    : { name: '', code: '', category: '', isActive: true, lines: [newCannedLine(newId(), 'labor')] }
  const form = usePriceRule<CannedJobFields>('canned_job', job?.id, start, check, onClose)
  const { draft, change, problems, conflictOf } = form
  const { data: preview } = useQuery(
    cannedPreviewQuery({ lines: draft.lines.map((line) => ({ ...line, description: line.description || '-' })) }),
  )
  const set = (at: number, part: Partial<CannedLine>): void =>
    change({ lines: draft.lines.map((line, place) => (place === at ? { ...line, ...part } : line)) })
  const lineConflict = conflictOf('lines')
  return (
    <PriceRuleDialog
      form={form}
      title={job ? `Canned job ${job.name}` : 'New canned job'}
      onClose={onClose}
      size="large"
      inUseHint="Out of use, it is not offered at an order."
    >
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Code"
          hint="Typed at an order after J, it adds the job by itself."
          error={problems.of('code')}
          conflict={conflictOf('code')}
        >
          <TextInput value={draft.code} onValueChange={(code) => change({ code })} maxLength={30} />
        </Field>
        <Field label="Kind" error={problems.of('category')} conflict={conflictOf('category')}>
          <TextInput value={draft.category} onValueChange={(category) => change({ category })} maxLength={100} />
        </Field>
      </div>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1 text-sm font-medium">Lines</legend>
        {draft.lines.map((line, at) => (
          <CannedLineRow
            key={line.lineId}
            line={line}
            number={at + 1}
            priceCents={preview?.unitPricesCents[at] ?? null}
            problem={(name) => problems.of(`lines.${at}.${name}`)}
            change={(part) => set(at, part)}
            remove={draft.lines.length > 1 ? () => change({ lines: draft.lines.filter((_, place) => place !== at) }) : undefined}
          />
        ))}
        <div className="flex flex-wrap gap-2">
          {kinds.map(({ type, label }) => (
            <Button
              key={type}
              size="small"
              icon={<Plus size={14} aria-hidden="true" />}
              onClick={() => change({ lines: [...draft.lines, newCannedLine(newId(), type)] })}
            >
              {label}
            </Button>
          ))}
        </div>
        {lineConflict && <ConflictChoice conflict={lineConflict} showTheirs={(theirs) => `${(theirs as unknown[]).length} lines`} />}
      </fieldset>
      <p role="status" className="rounded-md bg-sunken px-3 py-2 text-sm">
        {preview ? `Today ${formatDollars(preview.totalCents)} before tax, at the shop’s own labor rate.` : 'Reckoning …'}
      </p>
    </PriceRuleDialog>
  )
}
