import { authorizeOrder, billOrder, correctBill, payBill } from './bill-order'
import { compareBillAnswer, compareOrderAnswer } from './compare-answers'
import { compareBillRows, compareOrderRows } from './compare-database'
import { compareCreditNote, compareDocument } from './compare-paper'
import { compareBalance, compareInvoiceScreen, compareOrderScreen } from './compare-screen'
import type { FilledShop } from './fill-shop'
import { Findings } from './findings'
import type { Met } from './met'
import type { OrderPlan } from './order-plan'
import { estimateOrder } from './play-order'
import type { Mark } from './read-markup'
import type { Invoice } from '../../src-preload/contract/invoices'
import type { Order } from '../../src-preload/contract/orders'

/** How the screens look that show these answers. */
export interface Screens {
  order(order: Order): Promise<Mark> | Mark
  invoice(invoice: Invoice): Promise<Mark> | Mark
}

/** One order from check-in to its last refund; what program and oracle say is held together when it is estimated and when all is done. */
export async function playOut(shop: FilledShop, plan: OrderPlan, screens: Screens, met: Met): Promise<void> {
  const { api } = shop
  const findings = new Findings()
  const play = await estimateOrder(shop, plan, met)
  await compareOrderRows(play, findings)
  compareOrderAnswer(play, findings)
  compareOrderScreen(play, await screens.order(play.order), findings)
  if (plan.printsEstimate) await compareDocument(play, await api.invoices.estimatePdf({ orderId: play.order.id }), 'estimate', findings)
  findings.conclude('as an estimate')
  await authorizeOrder(play)
  const bill = await billOrder(play)
  await payBill(play, bill)
  await correctBill(play, bill)
  play.order = await api.orders.get({ orderId: play.order.id })
  bill.invoice = await api.invoices.get({ invoiceId: bill.invoice.id })
  await compareOrderRows(play, findings)
  await compareBillRows(play, bill, findings)
  compareOrderAnswer(play, findings)
  compareBillAnswer(play, bill, findings)
  const page = await screens.order(play.order)
  compareOrderScreen(play, page, findings)
  compareBalance(play, bill, page, findings)
  compareInvoiceScreen(play, bill, await screens.invoice(bill.invoice), findings)
  await compareDocument(play, await api.invoices.pdf({ invoiceId: bill.invoice.id }), 'invoice', findings)
  for (const [at, credit] of bill.oracle.credits.entries()) {
    const pdf = await api.invoices.creditPdf({ creditNoteId: bill.creditIds[at] ?? '' })
    await compareCreditNote(play, bill, credit, pdf, findings)
  }
  for (const { priceSource } of play.order.lines) if (priceSource) met.count(`priced by ${priceSource.rule}`)
  for (const [side, times] of Object.entries(findings.compared)) met.count(`compared: ${side}`, times)
  findings.conclude('when all was done')
}
