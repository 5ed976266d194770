import type { StationPapers } from '../../../src-preload/contract/printing'
import { stationId } from './station-id'
import { type Queryable, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { selectPapers } from './printer-queries'

/** Which paper comes out where at this station; what nobody chose goes to the system's dialog, and receipts nowhere. */
export async function stationPapers(ctx: Ctx): Promise<StationPapers> {
  return papersOf(reading(ctx.db), ctx.shopId, await stationId(ctx.dataFolder))
}

export async function papersOf(q: Queryable, shopId: string, station: string): Promise<StationPapers> {
  const nowhere = { printerId: null, byItself: true }
  const papers: StationPapers = { receipt: nowhere, invoice: nowhere, estimate: nowhere, work_order: nowhere }
  for (const { paper, ...choice } of await selectPapers(q, shopId, station)) papers[paper] = choice
  return papers
}
