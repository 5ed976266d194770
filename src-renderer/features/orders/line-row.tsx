import type { ReactNode } from 'react'
import { Trash2 } from 'lucide-react'
import type { Line } from '../../../src-preload/contract/orders'
import { formatCents, formatHundredths, subtractCents, ZERO } from '../../../src-preload/contract/money'
import { Amount } from '../../components/amount'
import { IconButton } from '../../components/icon-button'
import { Select } from '../../components/select'
import { lineTypeWords } from './field-choices'
import { CostCell, DescriptionCell, InStock, PartFacts, PriceCell, QuantityCell, TaxedCell } from './line-cells'
import { TermsOfLine } from './line-terms'
import { useDesk } from './order-desk'
import { PriceOrigin } from './price-origin'
import { handleRowKey } from './row-keys'
import type { WorkSteps } from './use-work-steps'

const cell = 'px-1 py-1 align-top'
const figure = `${cell} pt-2.5 text-right tabular-nums`

/** Can this user change this line now? */
function useMayChange(line: Line): boolean {
  const { mayChangeLines, partsOnly } = useDesk()
  return mayChangeLines && line.status !== 'completed' && (!partsOnly || line.type === 'part')
}

/** One line of a job; declined ones are struck through and say so. */
export function LineRow({ line, steps }: { line: Line; steps: WorkSteps }) {
  const { seesCosts } = useDesk()
  const mayChange = useMayChange(line)
  const declined = line.status === 'declined'
  const sign = line.type === 'discount' ? subtractCents(ZERO, line.totalCents) : line.totalCents
  return (
    <tr
      tabIndex={0}
      onKeyDown={handleRowKey}
      data-line={line.id}
      data-job={line.jobId ?? ''}
      className={`border-t border-line focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus focus-visible:outline-solid ${declined ? 'bg-sunken text-muted [&_input]:line-through [&_textarea]:line-through' : ''}`}
    >
      <td className={`${cell} pt-2.5 pl-3 text-sm text-muted`}>{lineTypeWords[line.type]}</td>
      {mayChange ? <TypedCells line={line} seesCosts={seesCosts} /> : <FixedCells line={line} seesCosts={seesCosts} />}
      <td className={figure}>
        <Amount cents={sign} bare className={declined ? 'line-through' : 'font-medium'} />
      </td>
      <td className={cell}>
        <StatusCell line={line} steps={steps} />
      </td>
      <td className={`${cell} pr-2`}>
        {mayChange && (
          <IconButton
            icon={<Trash2 size={16} aria-hidden="true" />}
            label={`Remove ${line.description}`}
            onClick={() => void steps.removeLine(line)}
          />
        )}
      </td>
    </tr>
  )
}

function TypedCells({ line, seesCosts }: { line: Line; seesCosts: boolean }) {
  return (
    <>
      <td className={cell}>
        <DescriptionCell line={line} />
        {line.type === 'part' && <PartFacts line={line} />}
        <TermsOfLine line={line} mayChange beside={line.inventoryItemId && <InStock line={line} />} />
        <DeclinedReason line={line} />
      </td>
      <td className={cell}>
        <QuantityCell line={line} />
      </td>
      <td className={cell}>
        <PriceCell line={line} />
        <PriceOrigin line={line} />
      </td>
      {seesCosts && <td className={cell}>{line.type !== 'discount' && <CostCell line={line} />}</td>}
      <td className={`${cell} text-center`}>
        <TaxedCell line={line} />
      </td>
    </>
  )
}

function FixedCells({ line, seesCosts }: { line: Line; seesCosts: boolean }) {
  const strike = line.status === 'declined' ? 'line-through' : ''
  return (
    <>
      <td className={`${cell} pt-2.5`}>
        <span className={strike}>{line.description}</span>
        {line.type === 'part' && (
          <span className="block text-sm text-muted">{[line.partNumber, line.partCondition].filter(Boolean).join(' · ')}</span>
        )}
        <TermsOfLine line={line} mayChange={false} />
        <DeclinedReason line={line} />
      </td>
      <td className={figure}>{formatHundredths(line.quantityHundredths)}</td>
      <td className={figure}>
        {formatCents(line.unitPriceCents)}
        <PriceOrigin line={line} />
      </td>
      {seesCosts && <td className={figure}>{line.costCents === null ? '' : formatCents(line.costCents)}</td>}
      <td className={`${cell} pt-2.5 text-center text-sm`}>{line.taxable ? 'Yes' : 'No'}</td>
    </>
  )
}

function DeclinedReason({ line }: { line: Line }): ReactNode {
  if (line.status !== 'declined') return null
  return <p className="px-1.5 pt-1 text-sm text-bad">Declined{line.declinedReason && `: ${line.declinedReason}`}</p>
}

const statusWords = { quoted: 'Quoted', approved: 'Approved', declined: 'Declined', completed: 'Completed' } as const
const statusLooks = {
  quoted: '[&_select]:text-ink',
  approved: '[&_select]:bg-good-soft [&_select]:text-good',
  declined: '[&_select]:bg-bad-soft [&_select]:text-bad',
} as const

const decisions = (['quoted', 'approved', 'declined'] as const).map((value) => ({ value, label: statusWords[value] }))

function StatusCell({ line, steps }: { line: Line; steps: WorkSteps }) {
  const { mayDecide } = useDesk()
  const { status } = line
  if (!mayDecide || status === 'completed') return <span className="block pt-1.5 pl-1.5 text-sm">{statusWords[status]}</span>
  return (
    <Select
      aria-label={`Customer’s answer to ${line.description}`}
      value={status}
      onValueChange={(decision) => void steps.decide({ lineId: line.id, name: line.description }, decision)}
      choices={decisions}
      className={`[&_select]:h-8 [&_select]:border-line [&_select]:pr-7 [&_select]:pl-2 [&_select]:text-sm [&_select]:font-medium ${statusLooks[status]}`}
    />
  )
}
