import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CreditOf } from '../../../src-preload/contract/invoices'
import {
  addCents,
  cents,
  type Hundredths,
  lineTotal,
  type Millionths,
  orderTotals,
  type TotalLine,
} from '../../../src-preload/contract/money'
import { AppError } from '../../base/app-error'
import { type CreditableInvoice, type CreditAmounts, creditAmounts } from './credit-amounts'

const money = (max: number) => fc.integer({ min: 0, max }).map(cents)
const quantity = fc.integer({ min: 1, max: 500 }).map((value) => value as Hundredths)
const billedLine = fc.record({
  type: fc.constantFrom('labor' as const, 'part' as const, 'fee' as const),
  quantityHundredths: quantity,
  unitPriceCents: money(50_000),
  taxable: fc.boolean(),
})
const bill = fc.record({
  lines: fc.array(billedLine, { minLength: 1, maxLength: 6 }),
  discountCents: money(2_000),
  isDiscountTaxable: fc.boolean(),
  rate: fc.integer({ min: 0, max: 110_000 }).map((value) => value as Millionths),
})
/** A bill with more taken off than there is work is not issued (order-rules.ts). */
const isIssued = ({ totalCents, taxCents }: CreditableInvoice): boolean => totalCents > 0 && totalCents >= taxCents

/** Attempts: a share of a line, or of the whole amount, in thousandths. */
const attempt = fc.oneof(
  fc.record({ kind: fc.constant('return' as const), line: fc.nat(5), share: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ kind: fc.constant('amount' as const), line: fc.constant(0), share: fc.integer({ min: 1, max: 400 }) }),
)

type Bill = typeof bill extends fc.Arbitrary<infer Value> ? Value : never

function invoiceOf({ lines, discountCents, isDiscountTaxable, rate }: Bill): CreditableInvoice {
  const off: TotalLine = {
    type: 'discount',
    status: 'completed',
    quantityHundredths: 100 as Hundredths,
    unitPriceCents: discountCents,
    taxable: isDiscountTaxable,
  }
  const all: TotalLine[] = [...lines.map((line) => ({ ...line, status: 'completed' as const })), off]
  const totals = orderTotals(all, rate)
  return {
    totalCents: totals.totalCents,
    taxCents: totals.taxCents,
    discountCents: totals.discountCents,
    lines: all.map(({ status: _, ...line }) => ({
      ...line,
      description: '',
      partNumber: '',
      partCondition: null,
      totalCents: lineTotal(line.quantityHundredths, line.unitPriceCents),
    })),
    credited: { totalCents: cents(0), taxCents: cents(0), lines: [] },
  }
}

/** The credit, booked; null when it is refused. */
function booked(invoice: CreditableInvoice, credit: CreditOf): { next: CreditableInvoice; amounts: CreditAmounts } | null {
  try {
    const amounts = creditAmounts(invoice, credit)
    const { totalCents, taxCents, lines } = invoice.credited
    const credited = {
      totalCents: addCents(totalCents, amounts.totalCents),
      taxCents: addCents(taxCents, amounts.taxCents),
      lines: [...lines, ...amounts.lines],
    }
    return { next: { ...invoice, credited }, amounts }
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function creditOf(invoice: CreditableInvoice, { kind, line, share }: { kind: CreditOf['kind']; line: number; share: number }): CreditOf {
  if (kind === 'amount') return { kind, amountCents: cents(Math.max(1, Math.floor((invoice.totalCents * share) / 1000))) }
  const lineNo = line % (invoice.lines.length - 1)
  const whole = invoice.lines[lineNo]?.quantityHundredths ?? 1
  return { kind, lines: [{ lineNo, quantityHundredths: Math.max(1, Math.floor((whole * share) / 1000)) as Hundredths, restock: false }] }
}

describe('credits of an invoice', () => {
  test('never exceed it in any part, and all together are the invoice to the cent', () => {
    fc.assert(
      fc.property(bill, fc.array(attempt, { maxLength: 8 }), (given, attempts) => {
        let invoice = invoiceOf(given)
        fc.pre(isIssued(invoice))
        const sound = (amounts: CreditAmounts): void => {
          const { credited, totalCents, taxCents } = invoice
          expect(amounts.totalCents).toBe(amounts.subtotalCents - amounts.discountCents + amounts.taxCents)
          expect(
            Math.min(amounts.totalCents - 1, amounts.taxCents, amounts.discountCents, amounts.totalCents - amounts.taxCents),
          ).toBeGreaterThanOrEqual(0)
          expect(credited.totalCents).toBeLessThanOrEqual(totalCents)
          expect(credited.taxCents).toBeLessThanOrEqual(taxCents)
          expect(credited.totalCents - credited.taxCents).toBeLessThanOrEqual(totalCents - taxCents)
        }
        for (const each of attempts) {
          const done = booked(invoice, creditOf(invoice, each))
          if (!done) continue
          invoice = done.next
          sound(done.amounts)
        }
        const left = invoice.totalCents - invoice.credited.totalCents
        const last = left > 0 ? booked(invoice, { kind: 'amount', amountCents: cents(left) }) : null
        if (last) {
          invoice = last.next
          sound(last.amounts)
        }
        expect(invoice.credited).toMatchObject({ totalCents: invoice.totalCents, taxCents: invoice.taxCents })
      }),
      { numRuns: 3000 },
    )
  })

  test('of every line in its own credit come to the invoice, with discount and tax', () => {
    fc.assert(
      fc.property(bill, (given) => {
        let invoice = invoiceOf({ ...given, discountCents: cents(0) })
        fc.pre(isIssued(invoice))
        for (let lineNo = 0; lineNo < invoice.lines.length - 1; lineNo += 1) {
          const quantityHundredths = (invoice.lines[lineNo]?.quantityHundredths ?? 1) as Hundredths
          invoice = booked(invoice, { kind: 'return', lines: [{ lineNo, quantityHundredths, restock: false }] })?.next ?? invoice
        }
        expect(invoice.credited).toMatchObject({ totalCents: invoice.totalCents, taxCents: invoice.taxCents })
      }),
      { numRuns: 1000 },
    )
  })
})
