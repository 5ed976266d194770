import { implement, type Router } from '@orpc/server'
import { type Api, api } from '../../src-preload/contract/api'
import { invariant } from '../base/invariant'
import { removeContact, restoreContact, addContact, updateContact } from '../features/customers/save-contact'
import { createCustomer } from '../features/customers/create-customer'
import { findDuplicates } from '../features/customers/find-duplicates'
import { getCustomer } from '../features/customers/get-customer'
import { listAccount } from '../features/customers/list-account'
import { listCustomers } from '../features/customers/list-customers'
import { listConsents } from '../features/customers/list-consents'
import { mergeCustomers, previewMerge } from '../features/customers/merge-customers'
import { giveConsent, revokeConsent } from '../features/customers/record-consent'
import { removeCustomer, restoreCustomer } from '../features/customers/remove-customer'
import { searchCounter } from '../features/customers/search-counter'
import { takeBack } from '../features/customers/take-back'
import { undoMerge } from '../features/customers/undo-merge'
import { updateCustomer } from '../features/customers/update-customer'
import { visitHistory } from '../features/customers/visit-history'
import { quoteCredit } from '../features/invoices/credit-invoice'
import { creditPdf } from '../features/invoices/credit-pdf'
import { changeOrder, changeOrderPdf } from '../features/invoices/change-order'
import { estimatePdf } from '../features/invoices/estimate-pdf'
import { getInvoice } from '../features/invoices/get-invoice'
import { invoicePdf } from '../features/invoices/invoice-pdf'
import { issueInvoice } from '../features/invoices/issue-invoice'
import { listEstimates } from '../features/invoices/list-estimates'
import { workOrderPdf } from '../features/invoices/work-order-pdf'
import { addCannedJob } from '../features/orders/add-canned-job'
import { addJob } from '../features/orders/add-job'
import { addLines } from '../features/orders/add-lines'
import { authorize } from '../features/orders/authorize'
import { checkIn } from '../features/orders/check-in'
import { declinedWork } from '../features/orders/declined-work'
import { decide } from '../features/orders/decide'
import { findParts } from '../features/orders/find-parts'
import { getOrder } from '../features/orders/get-order'
import { listChoices } from '../features/orders/list-choices'
import { listMissing } from '../features/orders/list-missing'
import { loadBoard } from '../features/orders/load-board'
import { outTheDoor } from '../features/orders/out-the-door'
import { revive } from '../features/orders/revive'
import { stopOffering } from '../features/orders/stop-offering'
import { orderPresence } from '../features/orders/order-presence'
import { removeJob } from '../features/orders/remove-job'
import { removeLine } from '../features/orders/remove-line'
import { removeOrder, restoreOrder } from '../features/orders/remove-order'
import { transitionOrder } from '../features/orders/transition-order'
import { updateJob } from '../features/orders/update-job'
import { updateLine } from '../features/orders/update-line'
import { updateOrder } from '../features/orders/update-order'
import { giveBackByCredit, giveBackByVoid } from '../features/payments/give-back'
import { payOutCredit } from '../features/payments/pay-out-credit'
import { returnCheck, undoReturn } from '../features/payments/return-check'
import { takePayment } from '../features/payments/take-payment'
import { changeMyPassword } from '../features/people/change-my-password'
import { createUser } from '../features/people/create-user'
import { enterPin } from '../features/people/enter-pin'
import { listApprovers } from '../features/people/list-approvers'
import { listUsers } from '../features/people/list-users'
import { lockStation, signOut, stillHere } from '../features/people/lock-station'
import { resetPassword } from '../features/people/reset-password'
import { sessionStatus } from '../features/people/session-status'
import { setMyPin } from '../features/people/set-my-pin'
import { signIn } from '../features/people/sign-in'
import { updateUser } from '../features/people/update-user'
import { addPrinter } from '../features/printing/add-printer'
import { choosePrinter } from '../features/printing/choose-printer'
import { listPrinters } from '../features/printing/list-printers'
import { listJobs, printReceipt, reprintLast, retryJob } from '../features/printing/print-receipt'
import { printSheets, systemPrinters } from '../features/printing/print-sheets'
import { printTestPage } from '../features/printing/print-test-page'
import { removePrinter } from '../features/printing/remove-printer'
import { stationPapers } from '../features/printing/station-papers'
import { updatePrinter } from '../features/printing/update-printer'
import { chooseRate } from '../features/pricing/choose-rate'
import { listOffers } from '../features/pricing/list-offers'
import { previewCannedJob, previewMatrix } from '../features/pricing/preview-prices'
import { addPriceRule, listPriceRules, updatePriceRule } from '../features/pricing/save-price-rule'
import { leavePractice, startPractice } from '../features/practice/start-practice'
import { dayRevenue } from '../features/reports/day-revenue'
import { addBay } from '../features/shop/add-bay'
import { getShop } from '../features/shop/get-shop'
import { listBays } from '../features/shop/list-bays'
import { listRules } from '../features/shop/list-rules'
import { setLogo } from '../features/shop/set-logo'
import { setUpShop } from '../features/shop/set-up-shop'
import { updateBay } from '../features/shop/update-bay'
import { updateShop } from '../features/shop/update-shop'
import { createVehicle } from '../features/vehicles/create-vehicle'
import { decodeVin } from '../features/vehicles/decode-vin'
import { getVehicle } from '../features/vehicles/get-vehicle'
import { removeVehicle, restoreVehicle } from '../features/vehicles/remove-vehicle'
import { suggestMakes, suggestModels } from '../features/vehicles/suggest-models'
import { transferVehicle, undoTransfer } from '../features/vehicles/transfer-vehicle'
import { updateVehicle } from '../features/vehicles/update-vehicle'
import type { Ctx, StationCall } from './context'
import type { OpenContext } from './gate'
import { liveChanges } from './live-changes'

const os = implement(api).$context<OpenContext>()

/** A use case of somebody who is signed in. */
const run =
  <Input, Output>(useCase: (ctx: Ctx, input: Input) => Promise<Output>) =>
  ({ input, context }: { input: Input; context: OpenContext }): Promise<Output> => {
    invariant(context.ctx, 'the gate lets nobody in without a session')
    return useCase(context.ctx, input)
  }

/** A use case before or around sign-in. */
const at =
  <Input, Output>(useCase: (call: StationCall, input: Input) => Promise<Output>) =>
  ({ input, context }: { input: Input; context: OpenContext }): Promise<Output> =>
    useCase(context.call, input)

/** A use case of somebody who is signed in, at the window's own computer. */
const atDesk =
  <Input, Output>(useCase: (ctx: Ctx, call: StationCall, input: Input) => Promise<Output>) =>
  ({ input, context }: { input: Input; context: OpenContext }): Promise<Output> => {
    invariant(context.ctx, 'the gate lets nobody in without a session')
    return useCase(context.ctx, context.call, input)
  }

/** The index of everything the program can do. A call of the contract that is missing here does not compile. */
export const router: Router<Api, OpenContext> = os.router({
  session: {
    status: os.session.status.handler(at(sessionStatus)),
    setUpShop: os.session.setUpShop.handler(at(setUpShop)),
    signIn: os.session.signIn.handler(at(signIn)),
    enterPin: os.session.enterPin.handler(at(enterPin)),
    lock: os.session.lock.handler(at(lockStation)),
    signOut: os.session.signOut.handler(at(signOut)),
    startPractice: os.session.startPractice.handler(at(startPractice)),
    leavePractice: os.session.leavePractice.handler(at(leavePractice)),
    stillHere: os.session.stillHere.handler(at(stillHere)),
    changeMyPassword: os.session.changeMyPassword.handler(run(changeMyPassword)),
    setMyPin: os.session.setMyPin.handler(run(setMyPin)),
  },
  users: {
    list: os.users.list.handler(run(listUsers)),
    create: os.users.create.handler(run(createUser)),
    update: os.users.update.handler(run(updateUser)),
    resetPassword: os.users.resetPassword.handler(run(resetPassword)),
    approvers: os.users.approvers.handler(run(listApprovers)),
  },
  shop: {
    get: os.shop.get.handler(run(getShop)),
    update: os.shop.update.handler(run(updateShop)),
    rules: os.shop.rules.handler(run(listRules)),
    setLogo: os.shop.setLogo.handler(run(setLogo)),
    bays: os.shop.bays.handler(run(listBays)),
    addBay: os.shop.addBay.handler(run(addBay)),
    updateBay: os.shop.updateBay.handler(run(updateBay)),
  },
  customers: {
    search: os.customers.search.handler(run(searchCounter)),
    get: os.customers.get.handler(run(getCustomer)),
    create: os.customers.create.handler(run(createCustomer)),
    update: os.customers.update.handler(run(updateCustomer)),
    duplicates: os.customers.duplicates.handler(run(findDuplicates)),
    account: os.customers.account.handler(run(listAccount)),
    history: os.customers.history.handler(run(visitHistory)),
    list: os.customers.list.handler(run(listCustomers)),
    remove: os.customers.remove.handler(run(removeCustomer)),
    restore: os.customers.restore.handler(run(restoreCustomer)),
    takeBack: os.customers.takeBack.handler(run(takeBack)),
    addContact: os.customers.addContact.handler(run(addContact)),
    updateContact: os.customers.updateContact.handler(run(updateContact)),
    removeContact: os.customers.removeContact.handler(run(removeContact)),
    restoreContact: os.customers.restoreContact.handler(run(restoreContact)),
    consents: os.customers.consents.handler(run(listConsents)),
    giveConsent: os.customers.giveConsent.handler(run(giveConsent)),
    revokeConsent: os.customers.revokeConsent.handler(run(revokeConsent)),
    mergePreview: os.customers.mergePreview.handler(run(previewMerge)),
    merge: os.customers.merge.handler(run(mergeCustomers)),
    undoMerge: os.customers.undoMerge.handler(run(undoMerge)),
  },
  vehicles: {
    get: os.vehicles.get.handler(run(getVehicle)),
    create: os.vehicles.create.handler(run(createVehicle)),
    update: os.vehicles.update.handler(run(updateVehicle)),
    remove: os.vehicles.remove.handler(run(removeVehicle)),
    restore: os.vehicles.restore.handler(run(restoreVehicle)),
    decodeVin: os.vehicles.decodeVin.handler(run(decodeVin)),
    makes: os.vehicles.makes.handler(run(suggestMakes)),
    models: os.vehicles.models.handler(run(suggestModels)),
    transfer: os.vehicles.transfer.handler(run(transferVehicle)),
    undoTransfer: os.vehicles.undoTransfer.handler(run(undoTransfer)),
  },
  orders: {
    board: os.orders.board.handler(run(loadBoard)),
    get: os.orders.get.handler(run(getOrder)),
    choices: os.orders.choices.handler(run(listChoices)),
    findParts: os.orders.findParts.handler(run(findParts)),
    checkIn: os.orders.checkIn.handler(run(checkIn)),
    update: os.orders.update.handler(run(updateOrder)),
    addJob: os.orders.addJob.handler(run(addJob)),
    updateJob: os.orders.updateJob.handler(run(updateJob)),
    removeJob: os.orders.removeJob.handler(run(removeJob)),
    addLines: os.orders.addLines.handler(run(addLines)),
    addCannedJob: os.orders.addCannedJob.handler(run(addCannedJob)),
    outTheDoor: os.orders.outTheDoor.handler(run(outTheDoor)),
    updateLine: os.orders.updateLine.handler(run(updateLine)),
    removeLine: os.orders.removeLine.handler(run(removeLine)),
    decide: os.orders.decide.handler(run(decide)),
    authorize: os.orders.authorize.handler(run(authorize)),
    presence: os.orders.presence.handler(run(orderPresence)),
    declinedWork: os.orders.declinedWork.handler(run(declinedWork)),
    revive: os.orders.revive.handler(run(revive)),
    stopOffering: os.orders.stopOffering.handler(run(stopOffering)),
    transition: os.orders.transition.handler(run(transitionOrder)),
    missing: os.orders.missing.handler(run(listMissing)),
    remove: os.orders.remove.handler(run(removeOrder)),
    restore: os.orders.restore.handler(run(restoreOrder)),
  },
  pricing: {
    rules: os.pricing.rules.handler(run(listPriceRules)),
    offers: os.pricing.offers.handler(run(listOffers)),
    add: os.pricing.add.handler(run(addPriceRule)),
    update: os.pricing.update.handler(run(updatePriceRule)),
    previewMatrix: os.pricing.previewMatrix.handler(run(previewMatrix)),
    previewCannedJob: os.pricing.previewCannedJob.handler(run(previewCannedJob)),
    chooseRate: os.pricing.chooseRate.handler(run(chooseRate)),
  },
  invoices: {
    get: os.invoices.get.handler(run(getInvoice)),
    issue: os.invoices.issue.handler(run(issueInvoice)),
    void: os.invoices.void.handler(run(giveBackByVoid)),
    quoteCredit: os.invoices.quoteCredit.handler(run(quoteCredit)),
    credit: os.invoices.credit.handler(run(giveBackByCredit)),
    creditPdf: os.invoices.creditPdf.handler(run(creditPdf)),
    pdf: os.invoices.pdf.handler(run(invoicePdf)),
    workOrderPdf: os.invoices.workOrderPdf.handler(run(workOrderPdf)),
    estimates: os.invoices.estimates.handler(run(listEstimates)),
    changeOrder: os.invoices.changeOrder.handler(run(changeOrder)),
    changeOrderPdf: os.invoices.changeOrderPdf.handler(run(changeOrderPdf)),
    estimatePdf: os.invoices.estimatePdf.handler(run(estimatePdf)),
  },
  payments: {
    take: os.payments.take.handler(run(takePayment)),
    payOutCredit: os.payments.payOutCredit.handler(run(payOutCredit)),
    returnCheck: os.payments.returnCheck.handler(run(returnCheck)),
    undoReturn: os.payments.undoReturn.handler(run(undoReturn)),
  },
  printing: {
    systemPrinters: os.printing.systemPrinters.handler(at(systemPrinters)),
    sheets: os.printing.sheets.handler(atDesk(printSheets)),
    printers: os.printing.printers.handler(run(listPrinters)),
    addPrinter: os.printing.addPrinter.handler(run(addPrinter)),
    updatePrinter: os.printing.updatePrinter.handler(run(updatePrinter)),
    removePrinter: os.printing.removePrinter.handler(run(removePrinter)),
    papers: os.printing.papers.handler(run(stationPapers)),
    choosePrinter: os.printing.choosePrinter.handler(run(choosePrinter)),
    testPage: os.printing.testPage.handler(run(printTestPage)),
    receipt: os.printing.receipt.handler(run(printReceipt)),
    reprintLast: os.printing.reprintLast.handler(run(reprintLast)),
    jobs: os.printing.jobs.handler(run(listJobs)),
    retry: os.printing.retry.handler(run(retryJob)),
  },
  reports: { dayRevenue: os.reports.dayRevenue.handler(run(dayRevenue)) },
  live: { changes: os.live.changes.handler(({ context, signal }) => liveChanges(context.call, signal)) },
})
