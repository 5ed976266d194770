import type { BilledJob, Invoice } from '../../../src-preload/contract/invoices'
import { formatHundredths, type Hundredths, leftOfHundredths } from '../../../src-preload/contract/money'
import { Amount } from '../../components/amount'
import { Button } from '../../components/button'
import { Checkbox } from '../../components/checkbox'
import { Field } from '../../components/field'
import { QuantityInput } from '../../components/quantity-input'
import type { PickedLine } from './refund-draft'

type Line = BilledJob['lines'][number]
export type Picked = Readonly<Record<number, PickedLine>>

const leftOf = (line: Line): Hundredths => leftOfHundredths(line.quantityHundredths, line.creditedHundredths) as Hundredths

/** Parts are put back on the shelf unless the clerk says that they are not fit for it. */
const whole = (line: Line): PickedLine => ({ quantity: leftOf(line), restock: line.isStocked })

/** The billed lines that are not credited yet, to be ticked, each with how much of it. */
export function RefundLines({ invoice, picked, onPick }: { invoice: Invoice; picked: Picked; onPick: (picked: Picked) => void }) {
  const lines = invoice.jobs.flatMap((job) => job.lines).filter((line) => line.type !== 'discount' && leftOf(line) > 0)
  const set = (lineNo: number, line: PickedLine | null): void => {
    const { [lineNo]: _, ...others } = picked
    onPick(line === null ? others : { ...picked, [lineNo]: line })
  }
  const areAll = lines.every(({ lineNo }) => picked[lineNo] !== undefined)
  const pickAll = (): void => onPick(areAll ? {} : Object.fromEntries(lines.map((line) => [line.lineNo, whole(line)])))
  return (
    <div className="flex flex-col gap-2">
      <div>
        <Button size="small" onClick={pickAll}>
          {areAll ? 'Pick none' : 'Pick everything'}
        </Button>
      </div>
      <ul aria-label="Billed lines" className="flex max-h-64 flex-col divide-y divide-line overflow-y-auto rounded-md border border-line">
        {lines.map((line) => (
          <LineChoice key={line.lineNo} line={line} pick={picked[line.lineNo]} onPick={(pick) => set(line.lineNo, pick)} />
        ))}
      </ul>
    </div>
  )
}

function LineChoice({ line, pick, onPick }: { line: Line; pick: PickedLine | undefined; onPick: (pick: PickedLine | null) => void }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2">
      <div className="min-w-48 flex-1">
        <Checkbox label={line.description} checked={pick !== undefined} onCheckedChange={(on) => onPick(on ? whole(line) : null)} />
      </div>
      {pick && line.isStocked && (
        <Checkbox label="Back on the shelf" checked={pick.restock} onCheckedChange={(restock) => onPick({ ...pick, restock })} />
      )}
      {pick && (
        <Field label={`Quantity of ${line.description}, of ${formatHundredths(leftOf(line))}`} hideLabel className="w-20">
          <QuantityInput
            value={pick.quantity}
            onValueChange={(quantity, valid) => onPick({ ...pick, quantity: valid ? quantity : null })}
          />
        </Field>
      )}
      <span className="w-24 text-right tabular-nums">
        <Amount cents={line.totalCents} bare />
      </span>
    </li>
  )
}
