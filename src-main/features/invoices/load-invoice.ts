import type { BilledJob, Invoice } from '../../../src-preload/contract/invoices'
import { addHundredths, type Cents, cents, type Hundredths, ZERO } from '../../../src-preload/contract/money'
import { grantOf } from '../../../src-preload/contract/permissions'
import { AppError } from '../../base/app-error'
import type { Queryable } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { roundingOf } from '../../rules/cash-rounding'
import { nextInvoiceActions } from '../orders/next-actions'
import { rulesOfToday } from '../shop/rules-of-today'
import { handOver } from './hand-over'
import { findInvoice, type InvoiceRow } from './invoice-queries'

/** The invoice as this person may see it: the parts counter sees the bill, not its document and not how it was paid. @throws NOT_FOUND */
export async function loadInvoice(q: Queryable, ctx: Ctx, invoiceId: string): Promise<Invoice> {
  const row = await findInvoice(q, { id: ctx.shopId, timezone: ctx.shop.timezone }, invoiceId)
  if (!row) throw new AppError('NOT_FOUND')
  const seesAll = grantOf(ctx.user.role, 'invoices.see') === 'yes'
  const { billed, returned: _returned, stocked: _stocked, oldPartsWanted, ...invoice } = row
  const jobs = billedJobs(row)
  return {
    ...invoice,
    cashRoundingCents: cashRoundingOf(ctx, row),
    jobs: seesAll ? jobs : [],
    accountCreditCents: seesAll ? row.accountCreditCents : ZERO,
    checkReturnedOn: seesAll ? row.checkReturnedOn : null,
    payments: seesAll ? row.payments : [],
    creditNotes: seesAll ? row.creditNotes : [],
    reminders: seesAll ? handOver(oldPartsWanted, billed) : [],
    nextActions: nextInvoiceActions(
      {
        ...row,
        isVoid: row.status === 'void',
        isCredited: row.creditNotes.length > 0,
        isCreditable: row.creditedCents < row.totalCents || jobs.some(({ lines }) => lines.some(canGoToShelf)),
      },
      ctx.user.role,
    ),
  }
}

/** All of the bill is paid in cash or none of it is rounded: not what is left of a bill that was paid in part by card or check. */
function cashRoundingOf(ctx: Ctx, { status, dueCents, payments }: InvoiceRow): Cents {
  const isCash = payments.every(({ method, status: of }) => method === 'cash' || of === 'pending' || of === 'failed')
  return status === 'void' || !isCash || dueCents <= 0 ? ZERO : roundingOf(rulesOfToday(ctx).cash, ctx.shop.settings.cashRounding, dueCents)
}

function canGoToShelf({ isStocked, creditedHundredths, quantityHundredths }: BilledJob['lines'][number]): boolean {
  return isStocked && creditedHundredths < quantityHundredths
}

function billedJobs({ billed, returned, stocked }: InvoiceRow): BilledJob[] {
  const numbers = billed.flatMap(({ lines }) => lines).keys()
  return billed.map(({ name, lines }) => ({
    name,
    lines: lines.map(({ type, description, quantityHundredths, unitPriceCents, totalCents }) => {
      const lineNo = numbers.next().value ?? 0
      const back = returned.filter((one) => one.lineNo === lineNo)
      return {
        type,
        description,
        quantityHundredths: quantityHundredths as Hundredths,
        unitPriceCents: cents(unitPriceCents),
        totalCents: cents(totalCents),
        lineNo,
        creditedHundredths: addHundredths(...back.map((one) => one.quantityHundredths)),
        isStocked: type === 'part' && stocked.includes(lineNo),
      }
    }),
  }))
}
