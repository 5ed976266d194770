import type { MissingContent, Paper } from '../../../src-preload/contract/rules'
import { AppError } from '../../base/app-error'
import type { Ctx } from '../../ipc/context'
import { findMissing } from '../../rules/find-missing'
import { rulesInForce } from '../../rules/rules-in-force'
import { ruleSource } from '../../rules/source-of'
import { whyNotFee } from '../../rules/why-not-fee'
import { isShare } from '../pricing/fee-form'
import { contentFacts } from './content-facts'
import type { SnapshotRow } from './snapshot-queries'

/** What the law of the shop's state, as it is on the day of this reading, wants on a paper and does not find, or does not want and finds. */
export function missingContent(shop: Ctx['shop'], row: SnapshotRow, paper: Paper): MissingContent[] {
  const rules = rulesInForce(row.shop.state, row.today)
  const missing = findMissing(rules.content, paper, contentFacts(shop.settings, row)).map(
    ({ sentence, place, field, isRequired, rule }) => ({
      sentence,
      place,
      field,
      isRequired,
      rule: ruleSource(rules.name, 'content', rule),
    }),
  )
  const charged = row.lines.filter(({ type, status }) => type !== 'discount' && status !== 'declined')
  const fees = charged.flatMap(({ description, priceSource }) => {
    const refused = whyNotFee(rules.fees, { description, isPercent: isShare(priceSource) })
    if (!refused) return []
    const { sentence, rule } = refused
    return [{ sentence, place: 'lines' as const, field: 'description', isRequired: true, rule: ruleSource(rules.name, 'fees', rule) }]
  })
  return [...missing, ...fees]
}

/** @throws AppError CONTENT_MISSING with a sentence for each thing without which the law of the state lets no bill out */
export function assertContent(shop: Ctx['shop'], row: SnapshotRow): void {
  const lacking = missingContent(shop, row, 'invoice').filter(({ isRequired }) => isRequired)
  if (lacking.length === 0) return
  throw new AppError('CONTENT_MISSING', {
    message: lacking.map(({ sentence, place, rule }) => `${withSource(sentence, rule.cite)}${WAYS[place]}`).join(' '),
  })
}

/** Where it is put right, for whoever reads the refusal without the list beside it. */
const WAYS: Readonly<Record<MissingContent['place'], string>> = {
  shop: ' It is filled in under Settings, Shop.',
  people: ' It is filled in under Settings, People.',
  customer: ' It is filled in on the screen of the customer.',
  vehicle: ' It is filled in on the screen of the vehicle.',
  order: '',
  lines: '',
}

function withSource(sentence: string, cite: string): string {
  return sentence.includes(cite) ? sentence : `${sentence} (${cite})`
}
