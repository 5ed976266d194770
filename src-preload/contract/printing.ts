import { z } from 'zod'
import { call, Done, Id, Moment, Nothing, requiredText, seen, text } from './call'

/** The ports on which printers take raw bytes; nothing else is ever spoken to. */
export const PRINTER_PORTS = { first: 9100, last: 9103 } as const

/**
 * An address inside the shop: this machine or its private network (RFC 1918, RFC 4193), written in numbers. A name could lead elsewhere
 * between being looked at and being called; 169.254/16 is where clouds keep their secrets.
 */
export function isShopAddress(host: string): boolean {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1)
  if (!parts) return /^(?:::1|f[cd][0-9a-f]{2}(?::[0-9a-f]{0,4}){2,7})$/i.test(host) && z.ipv6().safeParse(host).success
  if (!z.ipv4().safeParse(host).success) return false
  const [first = '', second = ''] = parts
  if (first === '10' || first === '127') return true
  if (first === '192') return second === '168'
  return first === '172' && /^(?:1[6-9]|2\d|3[01])$/.test(second)
}

export const PaperKind = z.enum(['receipt', 'invoice', 'estimate', 'work_order'])
export type PaperKind = z.output<typeof PaperKind>

const fields = {
  name: requiredText(50),
  /** escpos: a receipt printer on the shop's network, spoken to directly; system: one the operating system knows, of the desktop program */
  kind: z.enum(['escpos', 'system']),
  host: text(45),
  port: z.int().min(PRINTER_PORTS.first).max(PRINTER_PORTS.last),
  systemName: text(255),
  paperMm: z.union([z.literal(58), z.literal(80)]),
  /** the pin of the printer's drawer socket that opens the drawer; null: no drawer hangs on it */
  drawerPin: z.union([z.literal(2), z.literal(5)]).nullable(),
}

/** Facts of a printer; `host` counts for escpos, `systemName` for system. */
export const PrinterFields = z.strictObject(fields)
export type PrinterFields = z.output<typeof PrinterFields>

export const Printer = z.object({ id: Id, ...fields, name: z.string(), host: z.string(), systemName: z.string() })
export type Printer = z.output<typeof Printer>

/** Where a paper comes out at this station; null: the system's dialog asks, and no receipt is printed. */
export const PaperChoice = z.strictObject({
  printerId: Id.nullable(),
  /** receipts: without being asked for, after each payment */
  byItself: z.boolean(),
})
export type PaperChoice = z.output<typeof PaperChoice>

export const StationPapers = z.object({ receipt: PaperChoice, invoice: PaperChoice, estimate: PaperChoice, work_order: PaperChoice })
export type StationPapers = z.output<typeof StationPapers>

/**
 * queued    waits for its printer
 * printing  bytes are on their way
 * printed   taken by the printer
 * failed    nothing was printed; may be tried again as it is
 * unsure    the printer was lost in the middle; what is printed again is a copy
 */
export const PrintState = z.enum(['queued', 'printing', 'printed', 'failed', 'unsure'])
export type PrintState = z.output<typeof PrintState>

export const PrintJob = z.object({
  id: Id,
  kind: z.enum(['receipt', 'drawer']),
  /** null: it is about a pay-out of account credit */
  paymentId: Id.nullable(),
  /** null: it is about the payment itself */
  refundId: Id.nullable(),
  payoutId: Id.nullable(),
  isCopy: z.boolean(),
  state: PrintState,
  /** a sentence for the clerk, when it failed or is unsure */
  problem: z.string(),
  printerName: z.string(),
  at: Moment,
})
export type PrintJob = z.output<typeof PrintJob>

/** What this computer can print on; `available` is false in a browser, where only its own dialog prints. */
export const SystemPrinters = z.object({ available: z.boolean(), names: z.array(z.string()) })

/** What a receipt is about: a payment, a refund of it, or a pay-out of account credit. */
const ReceiptOf = z
  .strictObject({ paymentId: Id.optional(), refundId: Id.optional(), payoutId: Id.optional() })
  .refine(
    ({ paymentId, refundId, payoutId }) => (payoutId === undefined ? paymentId : (paymentId ?? refundId) === undefined),
    'One of them.',
  )
export type ReceiptOf = z.output<typeof ReceiptOf>

export const printingCalls = {
  systemPrinters: call('shop.settings', Nothing, SystemPrinters),
  /**
   * Prints the sheets that the window has laid out on the system printer chosen for this paper: 'printed'; 'dialog' when none is chosen, and the
   * window asks with the system's dialog. PRINTER_FAILED with the sentence why.
   */
  sheets: call('shop.see', z.strictObject({ paper: PaperKind.exclude(['receipt']) }), z.enum(['printed', 'dialog'])),
  printers: call('shop.see', Nothing, z.array(Printer)),
  /** DUPLICATE on the name, INVALID_INPUT for an address outside the shop. The same printer twice is one. */
  addPrinter: call('shop.settings', z.strictObject({ printerId: Id, ...fields }), Printer),
  /** Changed fields only, each as it was seen and as it shall be. DUPLICATE, EDIT_CONFLICT, INVALID_INPUT. */
  updatePrinter: call('shop.settings', z.strictObject({ printerId: Id, was: seen(PrinterFields), now: PrinterFields.partial() }), Printer),
  /** IN_USE while a station prints on it. */
  removePrinter: call('shop.settings', z.strictObject({ printerId: Id }), Done),
  /** Which paper comes out where, at the station that asks. */
  papers: call('shop.see', Nothing, StationPapers),
  /** EDIT_CONFLICT when the choice is not `was` any more. */
  choosePrinter: call('shop.settings', z.strictObject({ paper: PaperKind, was: PaperChoice, now: PaperChoice }), StationPapers),
  /** Prints a page that shows what the printer can do, and sends a pulse to one pin of its drawer socket. PRINTER_FAILED with the sentence why. */
  testPage: call('shop.settings', z.strictObject({ printerId: Id, pulse: z.literal([2, 5]).nullable() }), Done),
  /** The receipt of a payment, refund or pay-out on this station's printer: the first is the original, every further one is marked COPY. NO_PRINTER. */
  receipt: call('invoices.see', ReceiptOf, PrintJob),
  /** A copy of the receipt that this station printed last. NO_PRINTER, NOT_FOUND. */
  reprintLast: call('invoices.see', Nothing, PrintJob),
  /** What was printed for a payment, refund or pay-out, or is being printed, oldest first. */
  jobs: call('invoices.see', ReceiptOf, z.array(PrintJob)),
  /** Tries again what failed; WRONG_STATE when it did not, or for a drawer when its payment is long ago. */
  retry: call('invoices.see', z.strictObject({ jobId: Id }), PrintJob),
}
