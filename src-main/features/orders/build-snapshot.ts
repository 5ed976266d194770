import { createHash } from 'node:crypto'
import type { DocumentSnapshot } from '../../../src-preload/contract/invoices'
import { tidyTerms } from '../../../src-preload/contract/line-terms'
import type { Line } from '../../../src-preload/contract/orders'
import { addCents, type Cents, subtractCents, ZERO } from '../../../src-preload/contract/money'
import type { Ctx } from '../../ipc/context'
import { toleranceWords } from '../../rules/describe-rule'
import { printNotices } from '../../rules/print-notices'
import { rulesInForce } from '../../rules/rules-in-force'
import { contentFacts } from './content-facts'
import type { SnapshotRow } from './snapshot-queries'

/**
 * A document as it is kept. It names the logo by its content: the picture would weigh more than all the rest. An invoice of before pictures
 * were stored by themselves has it inside, as `shop.logoUrl`.
 */
export interface FrozenDocument extends Omit<DocumentSnapshot, 'shop'> {
  readonly shop: Omit<DocumentSnapshot['shop'], 'logoUrl'> & { readonly logoSha256: string | null }
}

type PrintedJob = DocumentSnapshot['jobs'][number]

/** What tells one document of an order from another. */
export interface DocumentHead {
  readonly kind: 'estimate' | 'invoice'
  readonly number: string
  readonly estimateVersion: number | null
  readonly dueDate: string | null
  readonly terms: DocumentSnapshot['terms']
}

/** The document made of one reading of the database and of nothing else: the same rows give the same paper. */
export function buildSnapshot(shop: Ctx['shop'], row: SnapshotRow, head: DocumentHead): FrozenDocument {
  const { today, shop: address, jobs, lines, frozen: _frozen, facts: _facts, mechanics: _mechanics, ...rest } = row
  const { settings } = shop
  return {
    ...rest,
    kind: head.kind,
    shop: { ...address, registrationNumber: settings.registrationNumber, logoSha256: shop.logoSha256 },
    number: head.number,
    estimateVersion: head.estimateVersion,
    date: today,
    dueDate: head.dueDate,
    terms: head.terms,
    jobs: printedJobs(jobs, lines),
    declined: declinedWork(jobs, lines),
    footer: head.kind === 'estimate' ? settings.estimateFooter : settings.invoiceFooter,
    ...lawfulWords(shop, row, head.kind),
  }
}

/** Only what there is: a paper without such words keeps the very bytes it had before there were any. */
function lawfulWords(shop: Ctx['shop'], row: SnapshotRow, kind: DocumentHead['kind']): Pick<DocumentSnapshot, 'notices' | 'allowance'> {
  const rules = rulesInForce(row.shop.state, row.today)
  const notices = printNotices(rules.notices, kind, contentFacts(shop.settings, row))
  const tolerance = rules.tolerance.value
  return {
    ...(notices.length > 0 ? { notices } : {}),
    ...(kind === 'estimate' && tolerance.which !== 'none' ? { allowance: toleranceWords(tolerance) } : {}),
  }
}

/** The same of an order's rows, before any document is made of them. */
export function fingerprintOfRows({
  jobs,
  lines,
  ...estimate
}: Pick<SnapshotRow, 'complaint' | 'jobs' | 'lines' | 'totalCents' | 'taxCents' | 'taxRateMillionths' | 'discountCents'>): string {
  return estimateFingerprint({ ...estimate, jobs: printedJobs(jobs, lines), declined: declinedWork(jobs, lines) })
}

type Agreed = Pick<FrozenDocument, 'complaint' | 'jobs' | 'declined' | 'totalCents' | 'taxCents' | 'taxRateMillionths' | 'discountCents'>

/** The fingerprint of what a customer says yes to: work, prices, total. Notes of the technician and dates do not make a new estimate. */
export function estimateFingerprint({ complaint, jobs, declined, totalCents, taxCents, taxRateMillionths, discountCents }: Agreed): string {
  const agreed = {
    complaint,
    jobs: jobs.map(({ name, lines }) => ({ name, lines: lines.map(printedLine) })),
    declined: declined.map(({ name, totalCents }) => ({ name, totalCents })),
    discountCents,
    taxRateMillionths,
    taxCents,
    totalCents,
  }
  return createHash('sha256').update(JSON.stringify(agreed)).digest('hex')
}

/** Jobs in their order, each with the lines that are not declined; lines without a job come last, under no name. */
function printedJobs(jobs: SnapshotRow['jobs'], lines: readonly Line[]): PrintedJob[] {
  const live = lines.filter(({ status }) => status !== 'declined')
  const named = jobs.map(({ id, name, complaint, cause, correction }) => ({
    name,
    complaint,
    cause,
    correction,
    lines: live.filter(({ jobId }) => jobId === id).map(printedLine),
  }))
  const loose = live.filter(({ jobId }) => jobId === null).map(printedLine)
  const all = loose.length > 0 ? [...named, { name: '', complaint: '', cause: '', correction: '', lines: loose }] : named
  return all.filter((job) => job.lines.length > 0)
}

/** Facts in a fixed order, which a database does not keep; terms only where there are any, so that a paper without keeps its fingerprint. */
function printedLine(line: Omit<PrintedJob['lines'][number], 'terms'> & Pick<Line, 'terms'>): PrintedJob['lines'][number] {
  const { type, description, partNumber, partCondition, quantityHundredths, unitPriceCents, totalCents, taxable } = line
  const terms = tidyTerms(type, line.terms)
  const printed = { type, description, partNumber, partCondition, quantityHundredths, unitPriceCents, totalCents, taxable }
  return terms ? { ...printed, terms } : printed
}

/** A job declined as a whole is one entry; a line declined out of a job that is done otherwise is its own. */
function declinedWork(jobs: SnapshotRow['jobs'], lines: readonly Line[]): DocumentSnapshot['declined'] {
  const declined = lines.filter(({ status }) => status === 'declined')
  const whole = jobs.filter(({ id }) => {
    const own = lines.filter(({ jobId }) => jobId === id)
    return own.length > 0 && own.every(({ status }) => status === 'declined')
  })
  const wholeIds = new Set(whole.map(({ id }) => id))
  return [
    ...whole.map(({ id, name, declinedReason }) => {
      const own = declined.filter(({ jobId }) => jobId === id)
      return { name, reason: declinedReason || (own[0]?.declinedReason ?? ''), totalCents: sumOf(own) }
    }),
    ...declined
      .filter(({ jobId }) => jobId === null || !wholeIds.has(jobId))
      .map((line) => ({ name: line.description, reason: line.declinedReason, totalCents: line.totalCents })),
  ]
}

function sumOf(lines: readonly Line[]): Cents {
  return lines.reduce(
    (sum, { type, totalCents }) => (type === 'discount' ? subtractCents(sum, totalCents) : addCents(sum, totalCents)),
    ZERO,
  )
}
