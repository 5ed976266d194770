import type { PaperChoice, PaperKind, Printer } from '../../../src-preload/contract/printing'
import { type Queryable, sql, type Tx } from '../../database/transaction'

const columns = `id, name, kind, host, port, system_name AS "systemName", paper_mm AS "paperMm", drawer_pin AS "drawerPin"`

const ALL = sql('', `SELECT ${columns} FROM printers WHERE shop_id = $1 AND removed_at IS NULL ORDER BY lower(name), id`)

export function selectPrinters(q: Queryable, shopId: string): Promise<Printer[]> {
  return q.query<Printer>(ALL, [shopId])
}

const ONE = sql('', `SELECT ${columns} FROM printers WHERE shop_id = $1 AND id = $2 AND removed_at IS NULL`)

export async function findPrinter(q: Queryable, shopId: string, printerId: string): Promise<Printer | undefined> {
  return (await q.query<Printer>(ONE, [shopId, printerId]))[0]
}

const INSERT = sql(
  '',
  `INSERT INTO printers (id, shop_id, name, kind, host, port, system_name, paper_mm, drawer_pin)
   VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING ${columns}`,
)

/** Undefined when the id or the name is taken. */
export async function insertPrinter(tx: Tx, shopId: string, printer: Printer): Promise<Printer | undefined> {
  const { id, name, kind, host, port, systemName, paperMm, drawerPin } = printer
  return (await tx.query<Printer>(INSERT, [shopId, id, name, kind, host, port, systemName, paperMm, drawerPin]))[0]
}

const IN_USE = sql('', 'SELECT paper FROM (SELECT document AS paper FROM station_papers WHERE shop_id = $1 AND printer_id = $2 LIMIT 1) u')

export async function isPrinterChosen(tx: Tx, shopId: string, printerId: string): Promise<boolean> {
  return (await tx.query(IN_USE, [shopId, printerId])).length > 0
}

const REMOVE = sql('', 'UPDATE printers SET removed_at = now() WHERE shop_id = $1 AND id = $2 AND removed_at IS NULL RETURNING id')

export async function removePrinterRow(tx: Tx, shopId: string, printerId: string): Promise<boolean> {
  return (await tx.query(REMOVE, [shopId, printerId])).length === 1
}

const PAPERS = sql(
  '',
  `SELECT document AS paper, printer_id AS "printerId", by_itself AS "byItself" FROM station_papers WHERE shop_id = $1 AND station_id = $2`,
)

export function selectPapers(q: Queryable, shopId: string, station: string): Promise<(PaperChoice & { paper: PaperKind })[]> {
  return q.query<PaperChoice & { paper: PaperKind }>(PAPERS, [shopId, station])
}

const CHOOSE = sql(
  '',
  `INSERT INTO station_papers AS s (shop_id, station_id, document, printer_id, by_itself) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (shop_id, station_id, document) DO UPDATE SET printer_id = EXCLUDED.printer_id, by_itself = EXCLUDED.by_itself
   WHERE (s.printer_id, s.by_itself) IS NOT DISTINCT FROM ($6::uuid, $7::boolean)
      OR (s.printer_id, s.by_itself) IS NOT DISTINCT FROM ($4::uuid, $5::boolean)
   RETURNING document`,
)

/** False when the choice is not `was` any more. */
export async function storePaper(
  tx: Tx,
  place: { shopId: string; station: string; paper: PaperKind },
  was: PaperChoice,
  now: PaperChoice,
): Promise<boolean> {
  const values = [place.shopId, place.station, place.paper, now.printerId, now.byItself, was.printerId, was.byItself]
  return (await tx.query(CHOOSE, values)).length === 1
}

const RECEIPT_PRINTER = sql(
  'printing-receipt-printer',
  `SELECT p.id, p.name, p.kind, p.host, p.port, p.system_name AS "systemName", p.paper_mm AS "paperMm", p.drawer_pin AS "drawerPin",
     s.by_itself AS "byItself"
   FROM station_papers s JOIN printers p ON p.shop_id = s.shop_id AND p.id = s.printer_id AND p.removed_at IS NULL
   WHERE s.shop_id = $1 AND s.station_id = $2 AND s.document = 'receipt' AND p.kind = 'escpos'`,
)

/** The printer that receipts come out of at a station. */
export async function findReceiptPrinter(
  q: Queryable,
  shopId: string,
  station: string,
): Promise<(Printer & { byItself: boolean }) | undefined> {
  return (await q.query<Printer & { byItself: boolean }>(RECEIPT_PRINTER, [shopId, station]))[0]
}
