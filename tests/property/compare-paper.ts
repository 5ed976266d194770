import { readPdfRows } from '../../src-main/testing/read-pdf'
import type { PdfFile } from '../../src-preload/contract/invoices'
import type { Bill } from './bill-order'
import { declinedOnPaper, rowOnPaper, taxLabel } from './expected'
import { dollars, quantityWords } from './exact'
import type { Findings, Records } from './findings'
import type { BilledLine, BillTotals } from './oracle-bill'
import type { OracleCredit } from './oracle-credit'
import type { Play } from './play-order'

interface Paper {
  readonly lines: Records
  readonly jobs: Readonly<Record<string, string>>
  readonly totals: Readonly<Record<string, string>>
  readonly declined: Records
  readonly authorized: readonly string[]
  readonly text: string
}

/** What the text of a PDF says, by the columns of its tables. */
async function readPaper({ base64 }: PdfFile): Promise<Paper> {
  const { rows, paragraphs } = await readPdfRows(new Uint8Array(Buffer.from(base64, 'base64')))
  const of = (columns: number): string[][] => rows.filter((row) => row.length === columns)
  const lines = of(7).filter(([title]) => title !== 'Description')
  const pairs = of(2).map(([label = '', amount = '']) => [label, amount] as const)
  // The totals come after the jobs: of two rows with one label the first is that of the lines without a job.
  const isOfJob = ([label]: readonly [string, string], at: number): boolean =>
    label.startsWith('Subtotal ') || pairs.some(([other], later) => later > at && other === label)
  return {
    lines: Object.fromEntries(
      lines.map(([name = '', , , quantity = '', price = '', tax = '', amount = '']) => [name, { quantity, price, tax, amount }]),
    ),
    jobs: Object.fromEntries(pairs.filter(isOfJob)),
    totals: Object.fromEntries(pairs.filter((pair, at) => !isOfJob(pair, at))),
    declined: Object.fromEntries(
      of(3)
        .filter(([name]) => name !== 'Recommended work')
        .map(([name = '', , amount = '']) => [name, { amount }]),
    ),
    authorized: of(6)
      .filter(([when]) => when !== 'Date and time')
      .map((row) => row[4] ?? ''),
    text: paragraphs.join('\n'),
  }
}

function totalsOnPaper(
  { labor, parts, fees, subtotal, discount, tax, total }: BillTotals,
  last: string,
  taxWords: string,
): Record<string, string> {
  return {
    Labor: dollars(labor),
    'Parts without tax': dollars(parts),
    ...(fees === 0n ? {} : { Fees: dollars(fees) }),
    Subtotal: dollars(subtotal),
    ...(discount === 0n ? {} : { Discount: dollars(-discount) }),
    [taxWords]: dollars(tax),
    [last]: dollars(total),
  }
}

/** Estimate or invoice: lines, jobs, totals, what was declined and what was authorized. */
export async function compareDocument(play: Play, pdf: PdfFile, kind: 'estimate' | 'invoice', findings: Findings): Promise<void> {
  const { oracle, jobs, plan } = play
  const paper = await readPaper(pdf)
  const lines = Object.fromEntries(oracle.live().map((line) => [line.name, rowOnPaper(line, isExempt(play))]))
  findings.sameRecords('paper', `${kind}, line`, lines, paper.lines)
  for (const { name } of jobs.filter((job) => oracle.live().some((line) => line.job === job.name))) {
    findings.same('paper', `${kind}, job ${name}`, dollars(oracle.jobTotal(name)), paper.jobs[`Subtotal ${name}`])
  }
  const last = kind === 'estimate' ? 'Estimated total' : 'Total'
  const totals = totalsOnPaper(oracle.totals(), last, taxLabel(plan.isExempt, oracle.rate))
  findings.sameRecords('paper', `${kind}, totals`, { totals }, { totals: paper.totals })
  findings.sameNames('paper', `${kind}, rows of totals`, totals, paper.totals)
  const loose = oracle.live().some(({ job }) => job === null) ? dollars(oracle.jobTotal(null)) : 'none'
  findings.same('paper', `${kind}, lines of no job`, loose, paper.jobs['Subtotal'] ?? 'none')
  findings.sameRecords('paper', `${kind}, declined`, declinedOnPaper(play), paper.declined)
  const authorized = oracle.yeses.map(dollars)
  findings.same('paper', `${kind}, authorizations`, authorized.join(' '), paper.authorized.join(' '))
  if (kind === 'estimate') {
    const words = `for an estimated total of ${dollars(oracle.totals().total)}.`
    findings.same('paper', 'words above the signature', words, paper.text.includes(words) ? words : paper.text.slice(0, 300))
  }
}

const isExempt = ({ plan }: Play): boolean => plan.isExempt

const CREDITED = { quantity: '', price: '', tax: '', amount: '' }

function creditedRow(line: BilledLine, hundredths: bigint, amount: bigint, exempt: boolean): Record<string, string> {
  return {
    ...rowOnPaper(line, exempt),
    quantity: `${quantityWords(hundredths)}${line.kind === 'labor' ? ' h' : ''}`,
    amount: dollars(amount),
  }
}

export async function compareCreditNote(
  play: Play,
  { oracle, invoice }: Bill,
  credit: OracleCredit,
  pdf: PdfFile,
  findings: Findings,
): Promise<void> {
  const paper = await readPaper(pdf)
  const { subtotal, discount, tax, total, offDue, refunds } = credit
  const returned = credit.lines.map(({ line, hundredths, amount }) => [line.name, creditedRow(line, hundredths, amount, isExempt(play))])
  const allowance = { ...CREDITED, quantity: '1', price: dollars(subtotal), amount: dollars(subtotal) }
  const lines = (returned.length > 0 ? Object.fromEntries(returned) : { Allowance: allowance }) as Records
  findings.sameRecords('paper', 'credit note, line', lines, paper.lines)
  const totals = {
    Subtotal: dollars(subtotal),
    ...(discount === 0n ? {} : { 'Discount, earlier credit': dollars(-discount) }),
    [taxLabel(play.plan.isExempt, play.oracle.rate)]: dollars(tax),
    'Total credit': dollars(total),
  }
  findings.sameRecords('paper', 'credit note, totals', { totals }, { totals: paper.totals })
  findings.sameNames('paper', 'credit note, rows of totals', totals, paper.totals)
  const said = [
    `It corrects invoice ${invoice.number}`,
    `over ${dollars(oracle.totals.total)}, which stays`,
    ...(offDue > 0n ? [`${dollars(offDue)} is taken off what was due`] : []),
    ...refunds.map(({ amount, rounding }) => `: ${dollars(amount - rounding)}${rounding === 0n ? '' : ` (${dollars(amount)} rounded`}`),
  ]
  for (const words of said) findings.same('paper', 'credit note, words', words, paper.text.includes(words) ? words : paper.text)
}
