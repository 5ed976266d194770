import type { Bill } from './bill-order'
import { dollars, percentWords, plain, quantityWords } from './exact'
import type { Findings, Records } from './findings'
import { isLive, signedAmount } from './oracle-bill'
import { all, allOf, factsOf, type Mark, wordsOf } from './read-markup'
import type { Play } from './play-order'

const section = (page: Mark, title: string): Mark =>
  all(page, (mark) => mark.tag === 'section' && allOf(mark, 'h2').some((heading) => wordsOf(heading) === title))[0] ?? page

/** Rows of a table's body, cell by cell. */
const rowsOf = (table: Mark): string[][] =>
  allOf(table, 'tbody').flatMap((body) =>
    allOf(body, 'tr').map((row) => row.children.flatMap((cell) => (typeof cell === 'string' ? [] : [wordsOf(cell)]))),
  )

const labelled = (page: Mark, label: string): Mark | undefined => all(page, ({ attributes }) => attributes['aria-label'] === label)[0]

/** The order: lines with what stands in their fields, jobs, totals. Costs are shown: an owner looks. */
export function compareOrderScreen({ oracle, jobs, plan, order }: Play, page: Mark, findings: Findings): void {
  const rows = all(page, ({ tag, attributes }) => tag === 'tr' && attributes['data-line'] !== undefined)
  const shown = rows.map((row) => {
    const cells = row.children.filter((cell) => typeof cell !== 'string')
    const description = order.lines.find(({ id }) => id === row.attributes['data-line'])?.description ?? ''
    const words = cells.map((cell) => wordsOf(cell))
    const [quantity = '', price = ''] = [cells[2], cells[3]].map((cell) => (cell ? fieldIn(cell) : ''))
    return [description, { quantity, price, tax: words[5] ?? '', total: words[6] ?? '' }]
  })
  const expected = oracle.lines.map((line) => [
    line.name,
    {
      quantity: quantityWords(line.hundredths),
      price: plain(line.price),
      tax: line.taxable ? 'Yes' : 'No',
      total: plain(signedAmount(line)),
    },
  ])
  findings.sameRecords('screen', 'order, line', Object.fromEntries(expected) as Records, Object.fromEntries(shown) as Records)
  for (const { name } of jobs.filter((job) => oracle.ofJob(job.name).length > 0)) {
    const job = labelled(page, `Job ${name}`)
    const head = job && all(job, ({ attributes }) => attributes['data-job-head'] !== undefined)[0]
    const amounts = head ? allOf(head, 'span').map(wordsOf) : []
    findings.same(
      'screen',
      `order, job ${name}`,
      dollars(oracle.jobTotal(name)),
      amounts.find((words) => /^-?\$[\d,.]+$/.test(words)),
    )
  }
  const { labor, parts, fees, subtotal, discount, tax, total } = oracle.totals()
  const totals = {
    Labor: plain(labor),
    Parts: plain(parts),
    ...(fees === 0n ? {} : { Fees: plain(fees) }),
    Subtotal: plain(subtotal),
    ...(discount === 0n ? {} : { Discount: plain(-discount) }),
    [plan.isExempt ? 'Tax (exempt)' : `Tax ${percentWords(oracle.rate)}`]: plain(tax),
    Total: dollars(total),
  }
  const facts = factsOf(section(page, 'Totals'))
  for (const [label, words] of Object.entries(totals)) findings.same('screen', `order, ${label}`, words, facts.get(label))
  if (discount === 0n) findings.same('screen', 'order, no discount', 'none', facts.has('Discount') ? 'shown' : 'none')
}

/** What is typed in a cell, or what stands there first: below a price the screen tells where it is from. */
function fieldIn(cell: Mark): string {
  const field = allOf(cell, 'input')[0]
  if (field) return wordsOf(field)
  const [first = ''] = cell.children
  return typeof first === 'string' ? first : wordsOf(first)
}

/** What is due, as the order's rail says it. */
export function compareBalance({ oracle: order }: Play, { oracle }: Bill, page: Mark, findings: Findings): void {
  const balance = wordsOf(section(page, 'Balance'))
  const words = oracle.isVoid ? 'Not invoiced yet.' : `${oracle.due === 0n ? 'Paid in full' : 'Due'}${dollars(oracle.due)}`
  const authorized = wordsOf(section(page, 'Authorized'))
  const agreed = `by Carla Tester${dollars(order.yeses.at(-1) ?? 0n)}`
  findings.same('screen', 'order, authorized', agreed, authorized.includes(agreed) ? agreed : authorized)
  findings.same('screen', 'order, balance', words, balance.includes(words) ? words : balance)
}

export function compareInvoiceScreen({ oracle: order, plan }: Play, { oracle }: Bill, page: Mark, findings: Findings): void {
  const { totals, paid, credited, due, isVoid } = oracle
  const amounts = {
    'Work, parts and fees': dollars(totals.total - totals.tax),
    [`Tax (${percentWords(order.rate)})`]: dollars(totals.tax),
    Total: dollars(totals.total),
    ...(credited > 0n ? { Credited: dollars(-credited) } : {}),
    Paid: dollars(paid),
    [isVoid ? 'Was due' : 'Due']: dollars(due),
  }
  const facts = factsOf(section(page, 'Amounts'))
  for (const [label, words] of Object.entries(amounts)) findings.same('screen', `invoice, ${label}`, words, facts.get(label))
  if (plan.isExempt) findings.same('screen', 'invoice, tax of the exempt', '$0.00', facts.get('Tax (0%)'))
  compareBilledLines(oracle, page, findings)
  comparePaymentRows(oracle, page, findings)
  const notes = labelled(page, 'Credit notes')
  const shown = notes ? rowsOf(notes).map(([, , , , tax = '', total = '']) => `${tax} of ${total}`) : []
  findings.same(
    'screen',
    'credit notes',
    oracle.credits.map(({ tax, total }) => `${plain(tax)} of ${plain(total)}`).join('; '),
    shown.join('; '),
  )
}

function compareBilledLines({ lines }: Bill['oracle'], page: Mark, findings: Findings): void {
  const rows = rowsOf(section(page, 'Work and parts')).filter((row) => row.length === 4)
  const words = (name: string, quantity: string, price: string, total: string): string => `${name}: ${quantity} x ${price} = ${total}`
  const expected = lines
    .filter(isLive)
    .map((line) => words(line.name, quantityWords(line.hundredths), plain(line.price), plain(signedAmount(line))))
  findings.same(
    'screen',
    'billed lines',
    expected.join('; '),
    rows.map(([name = '', quantity = '', price = '', total = '']) => words(name, quantity, price, total)).join('; '),
  )
}

function comparePaymentRows({ payments }: Bill['oracle'], page: Mark, findings: Findings): void {
  const grid = labelled(page, 'Payments')
  const rows = grid ? rowsOf(grid).map(([, , , received = '', change = '', amount = '']) => `${received} ${change} ${amount}`) : []
  const expected = payments.flatMap(({ amount, rounding, tendered, refunds }) => {
    const change = tendered === null ? null : tendered - (amount - rounding)
    const taken = `${tendered === null ? '' : plain(tendered)} ${change === null ? '' : change === 0n ? '–' : plain(change)} ${plain(amount)}`
    return [taken, ...refunds.map((refund) => `  ${plain(-refund.amount)}`)]
  })
  findings.same('screen', 'payments', expected.join('; '), rows.join('; '))
}
