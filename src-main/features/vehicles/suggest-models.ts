import { reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { selectMakes, selectModels } from './vin-queries'

const LIMIT = 12
/** What people type for a make that is written otherwise. */
const spoken: Readonly<Record<string, string>> = { vw: 'volkswagen', chevy: 'chevrolet', benz: 'mercedesbenz', alfa: 'alfaromeo' }

/** As the catalogue's keys are made: letters and digits only, so that "f150" finds F-150. A prefix of nothing else can be hidden in it. */
function keyOf(text: string): string {
  const key = text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return spoken[key] ?? key
}

/** Makes that begin like this, the most usual first. */
export async function suggestMakes(ctx: Ctx, { text, year }: { text: string; year?: number | undefined }): Promise<string[]> {
  return selectMakes(reading(ctx.db), keyOf(text), year ?? null, LIMIT)
}

/** Models of a make that begin like this, the most usual first; of all years when no model of that year is known. */
export async function suggestModels(
  ctx: Ctx,
  { make, text, year }: { make: string; text: string; year?: number | undefined },
): Promise<string[]> {
  const db = reading(ctx.db)
  const ofYear = await selectModels(db, keyOf(make), keyOf(text), year ?? null, LIMIT)
  return ofYear.length > 0 || year === undefined ? ofYear : selectModels(db, keyOf(make), keyOf(text), null, LIMIT)
}
