import { subtractCents, ZERO } from '../../../src-preload/contract/money'
import type { DayRevenue } from '../../../src-preload/contract/payments'
import { Amount } from '../../components/amount'

/** What is left of the day's money; what went back, to customers or to the bank, is told beside it. */
export function Takings({ takings: { netCents, refundedCents, creditUsedCents } }: { takings: DayRevenue }) {
  return (
    <span>
      Taken today <Amount cents={netCents} className="font-semibold text-ink" />
      {refundedCents !== 0 && (
        <>
          {' '}
          after <Amount cents={subtractCents(ZERO, refundedCents)} className="font-semibold text-ink" /> went back
        </>
      )}
      {creditUsedCents > 0 && (
        <>
          {refundedCents === 0 ? ' ' : ', '}
          besides account credit used <Amount cents={creditUsedCents} className="font-semibold text-ink" />
        </>
      )}
    </span>
  )
}
