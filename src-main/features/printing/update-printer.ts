import type { Printer, PrinterFields } from '../../../src-preload/contract/printing'
import { AppError } from '../../base/app-error'
import { type Edit, guardedEdit, plainColumn } from '../../database/guarded-edit'
import { constraintName } from '../../database/sql-error'
import { inTransaction, reading } from '../../database/transaction'
import type { Ctx } from '../../ipc/context'
import { writeAudit } from '../people/write-audit'
import { checkPrinter, sameName } from './check-printer'
import { findPrinter } from './printer-queries'

const columns = {
  name: plainColumn('name', 'text'),
  kind: plainColumn('kind', 'text'),
  host: plainColumn('host', 'text'),
  port: plainColumn('port', 'int'),
  systemName: plainColumn('system_name', 'text'),
  paperMm: plainColumn('paper_mm', 'int'),
  drawerPin: plainColumn('drawer_pin', 'int'),
} as const

/** Changes facts of a printer, each only while it still is what the owner saw. @throws NOT_FOUND, EDIT_CONFLICT, DUPLICATE, INVALID_INPUT */
export async function updatePrinter(
  ctx: Ctx,
  input: { printerId: string; was: Edit<PrinterFields>; now: Edit<PrinterFields> },
): Promise<Printer> {
  const { printerId, was, now } = input
  const before = await findPrinter(reading(ctx.db), ctx.shopId, printerId)
  if (!before) throw new AppError('NOT_FOUND')
  checkPrinter({ ...before, ...definedOf(now) })
  try {
    return await inTransaction('printing.updatePrinter', ctx, async (tx) => {
      await guardedEdit(tx, { table: 'printers', columns, shopId: ctx.shopId, id: printerId, was, now })
      const printer = await findPrinter(tx, ctx.shopId, printerId)
      if (!printer) throw new AppError('NOT_FOUND')
      checkPrinter(printer) // another owner may have changed the other half meanwhile
      await writeAudit(tx, ctx, { action: 'printing.update_printer', entityType: 'printer', entityId: printerId, details: { was, now } })
      return printer
    })
  } catch (error) {
    throw constraintName(error) === 'printers_name_key' ? sameName() : error
  }
}

function definedOf(edit: Edit<PrinterFields>): Partial<PrinterFields> {
  return Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined))
}
