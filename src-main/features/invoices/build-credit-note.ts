import type { CreditOf, DocumentSnapshot } from '../../../src-preload/contract/invoices'
import { addCents, type Cents } from '../../../src-preload/contract/money'
import { invariant } from '../../base/invariant'
import type { CreditAmounts, CreditableInvoice } from './credit-amounts'
import type { NewRefund, RefundFacts } from './refund-queries'

/** The billed lines in the order in which a credit names them. @throws when the invoice is a draft */
export function creditable(facts: RefundFacts): CreditableInvoice {
  invariant(facts.snapshot, 'an issued invoice has its document')
  return { ...facts, lines: facts.snapshot.jobs.flatMap(({ lines }) => lines) }
}

/** The paper of a credit, made of the invoice's own paper: shop, customer and car as they were billed. Complete but for its number. */
export function buildCreditNote(
  facts: RefundFacts,
  { credit, amounts, refunds, reason }: { credit: CreditOf; amounts: CreditAmounts; refunds: readonly NewRefund[]; reason: string },
): object {
  invariant(facts.snapshot, 'an issued invoice has its document')
  const { snapshot: billed } = facts
  const { subtotalCents, discountCents, taxCents, totalCents } = amounts
  const jobs = credit.kind === 'return' ? returnedJobs(billed.jobs, amounts) : [allowance(amounts.subtotalCents)]
  const kindOf = (type: string): Cents =>
    addCents(...jobs.flatMap(({ lines }) => lines.filter((line) => line.type === type).map((line) => line.totalCents as Cents)))
  return {
    ...billed,
    kind: 'credit_note',
    number: '',
    estimateVersion: null,
    date: facts.today,
    dueDate: null,
    terms: null,
    promisedAt: null,
    complaint: '',
    jobs,
    declined: [],
    laborCents: kindOf('labor'),
    partsCents: kindOf('part'),
    feesCents: kindOf('fee'),
    subtotalCents,
    discountCents,
    taxCents,
    totalCents,
    authorizations: [],
    footer: '',
    notices: [],
    credit: {
      invoiceNumber: facts.number,
      invoiceDate: facts.issueDate,
      invoiceTotalCents: facts.totalCents,
      reason,
      refunds: refunds.map(({ method, amountCents, roundingCents, checkNumber, reference, toCredit }) => ({
        method,
        amountCents,
        roundingCents,
        reference: method === 'check' && !toCredit ? `check ${checkNumber}` : reference,
        ...(toCredit ? { toCredit } : {}),
      })),
    },
  }
}

type Job = DocumentSnapshot['jobs'][number]

function returnedJobs(jobs: readonly Job[], { lines: credited }: CreditAmounts): Job[] {
  let first = 0
  return jobs
    .map((job) => {
      const from = first
      first += job.lines.length
      const lines = job.lines.flatMap((line, at) => {
        const back = credited.find(({ lineNo }) => lineNo === from + at)
        return back ? [{ ...line, quantityHundredths: back.quantityHundredths, totalCents: back.amountCents }] : []
      })
      return { name: job.name, complaint: '', cause: '', correction: '', lines }
    })
    .filter(({ lines }) => lines.length > 0)
}

function allowance(netCents: Cents): Job {
  const line = {
    type: 'fee' as const,
    description: 'Allowance',
    partNumber: '',
    partCondition: null,
    quantityHundredths: 100,
    unitPriceCents: netCents,
    totalCents: netCents,
    taxable: false,
  }
  return { name: 'Allowance', complaint: '', cause: '', correction: '', lines: [line] }
}
