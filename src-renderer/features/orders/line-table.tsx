import { useId } from 'react'
import type { LineType } from '../../../src-preload/contract/orders'
import { Button } from '../../components/button'
import type { JobPartProps } from './job-card'
import { columnWidths } from './line-look'
import { LineRow } from './line-row'
import { lineKeys } from './line-keys'
import { NewLine } from './new-line'
import { useDesk } from './order-desk'

const head = 'px-1 py-1.5 text-sm font-medium text-muted'

/** The lines of one job as a dense table; below it the line that is being typed. */
export function LineTable({
  label,
  jobId,
  lines,
  steps,
  adding,
  startAdding,
  stopAdding,
}: JobPartProps & { label: string; jobId: string | null }) {
  const { mayChangeLines, partsOnly, choices } = useDesk()
  const isAdding = adding !== null && adding.jobId === jobId
  return (
    <div className="border-t border-line">
      {lines.length > 0 && (
        <div className="relative overflow-x-auto">
          <table aria-label={label} className="w-full min-w-208 table-fixed border-collapse">
            <LineHead />
            <tbody>
              {lines.map((line) => (
                <LineRow key={line.id} line={line} steps={steps} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isAdding && choices && <NewLine jobId={jobId} type={adding.type} choices={choices} onDone={stopAdding} />}
      {mayChangeLines && !isAdding && (
        <AddButtons types={partsOnly ? ['part'] : ['labor', 'part', 'fee', 'discount']} onAdd={(type) => startAdding({ jobId, type })} />
      )}
    </div>
  )
}

function LineHead() {
  const { seesCosts } = useDesk()
  return (
    <thead>
      <tr>
        <th scope="col" className={`${head} ${columnWidths.type} pl-3 text-left`}>
          Kind
        </th>
        <th scope="col" className={`${head} text-left`}>
          Description
        </th>
        <th scope="col" className={`${head} ${columnWidths.quantity} text-right`}>
          Qty
        </th>
        <th scope="col" className={`${head} ${columnWidths.price} text-right`}>
          Price
        </th>
        {seesCosts && (
          <th scope="col" className={`${head} ${columnWidths.cost} text-right`}>
            Cost
          </th>
        )}
        <th scope="col" className={`${head} ${columnWidths.taxed} text-center`}>
          Tax
        </th>
        <th scope="col" className={`${head} ${columnWidths.total} text-right`}>
          Total
        </th>
        <th scope="col" className={`${head} ${columnWidths.status} text-left`}>
          Status
        </th>
        <th scope="col" className={columnWidths.remove}>
          <span className="sr-only">Remove</span>
        </th>
      </tr>
    </thead>
  )
}

function AddButtons({ types, onAdd }: { types: readonly LineType[]; onAdd: (type: LineType) => void }) {
  const id = useId()
  return (
    <div role="group" aria-labelledby={id} className="flex flex-wrap items-center gap-1 border-t border-line px-2 py-1.5 first:border-0">
      <span id={id} className="sr-only">
        Add a line
      </span>
      {lineKeys
        .filter(({ type }) => types.includes(type))
        .map(({ type, keys, word }) => (
          <Button key={type} look="quiet" size="small" keys={keys} onClick={() => onAdd(type)} className="text-muted!">
            {word}
          </Button>
        ))}
    </div>
  )
}
