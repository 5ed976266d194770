/** 'ro 123', 'R.O. no. 123', 'order #123', 'inv5900', 'invoice number 5900', '#123': a word for the document, a sign for "number", digits. */
const SPOKEN = /^(?:(r\.?o\.?|(?:repair |work )?order)|(inv\.?|invoice))?[\s:]*(?:number|no\.?|#)?[\s:#-]*(\d{1,9})$/i

/** A number of an order or an invoice, written as the search knows it; any other text as it is. */
export function typedNumber(text: string): string {
  const [, order, invoice, digits] = SPOKEN.exec(text) ?? []
  if (digits === undefined) return text
  if (order !== undefined) return `RO-${digits}`
  return invoice === undefined ? digits : `INV-${digits}`
}
