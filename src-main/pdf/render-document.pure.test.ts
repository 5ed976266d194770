import { describe, expect, test, vi } from 'vitest'
import { cents, formatDollars } from '../../src-preload/contract/money'
import { momentWords } from './document-words'
import { readPdf, readPdfRows } from '../testing/read-pdf'
import { renderDocument } from './render-document'
import { longSnapshot, sampleSnapshot } from './sample-snapshot'

// Whole documents are made and read back, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000 })

const GOOD = { void: false, practice: false }
const VOID = { void: true, practice: false }

describe('an invoice', () => {
  test('says who, what, how much and under which number', async () => {
    const snapshot = sampleSnapshot()
    const { text } = await readPdf(await renderDocument(snapshot, GOOD))
    const { shop, customer, vehicle } = snapshot
    const wanted = [
      'INVOICE',
      snapshot.number,
      snapshot.orderNumber,
      'Nov 20, 2026',
      'Net 30 days',
      'Dec 20, 2026',
      shop.name,
      shop.address,
    ]
    wanted.push(shop.phone, shop.registrationNumber, customer.name, customer.phone, vehicle.label, vehicle.vin, 'Plate 8TST042 CA')
    wanted.push('84,210 mi', '84,213 mi', 'All parts are new unless stated otherwise.')
    for (const words of wanted) expect(text).toContain(words)
  })

  test('shows every total as the snapshot has it', async () => {
    const snapshot = sampleSnapshot()
    const { text } = await readPdf(await renderDocument(snapshot, GOOD))
    const line = (label: string, amount: number) => `${label} ${formatDollars(cents(amount))}\n`
    expect(text).toContain(line('Labor', snapshot.laborCents))
    expect(text).toContain(line('Parts without tax', snapshot.partsCents))
    expect(text).toContain(line('Fees', snapshot.feesCents))
    expect(text).toContain(line('Subtotal', snapshot.subtotalCents))
    expect(text).toContain(line('Discount', -snapshot.discountCents))
    expect(text).toContain(line('Tax at 8.25%', snapshot.taxCents))
    expect(text).toContain(line('Total', snapshot.totalCents))
  })

  test('lists each line with number, condition, quantity, price and amount, and each job with its subtotal', async () => {
    const { text } = await readPdf(await renderDocument(sampleSnapshot(), GOOD))
    expect(text).toContain('Brake rotor, vented, front RT-88210 OEM 2 $54.50 T $109.00\n')
    expect(text).toContain('Caliper, front left CL-4471R Rebuilt 1 $89.00 T $89.00\n')
    expect(text).toContain('Replace front brake pads and rotors 1.8 h $145.00 $261.00\n')
    expect(text).toContain('Seasonal coupon 1 -$15.00 -$15.00\n')
    expect(text).toContain('Subtotal Front brake service $532.45\n')
    expect(text).toContain('Subtotal Oil and filter change $110.71\n')
    expect(text).toContain('Cause: Front pads worn to 1 mm, rotors scored below the wear limit.')
  })

  test('lists every authorization on the clock of the shop, and what was declined apart from the total', async () => {
    const snapshot = sampleSnapshot()
    const { text } = await readPdf(await renderDocument(snapshot, GOOD))
    const flat = text.replace(/\s+/g, ' ')
    expect(flat).toContain('Nov 19, 2026, 8:42 AM Priya Samplewood In person Version 1 $420.00 Dana Whitfield')
    expect(flat).toContain(
      'Nov 19, 2026, 2:05 PM Priya Samplewood Rotors and caliper added after inspection By phone (555) 555-0117 Version 2 $669.57 Dana Whitfield',
    )
    expect(text).toContain('Declined by the customer, not included in the total')
    expect(text).toContain('Cabin blower motor Customer wants to wait until spring $286.40')
  })

  test('of an exempt customer names the certificate and marks nothing as taxed', async () => {
    const { customer } = sampleSnapshot()
    const snapshot = sampleSnapshot({
      customer: { ...customer, taxExempt: true, taxExemptNumber: 'EX-99' },
      taxCents: 0,
      totalCents: 64316,
    })
    const { text } = await readPdf(await renderDocument(snapshot, GOOD))
    expect(text).toContain('Tax exempt, certificate EX-99')
    expect(text).toContain('Tax (exempt) $0.00')
    expect(text).toContain('Caliper, front left CL-4471R Rebuilt 1 $89.00 $89.00\n')
    expect(text).not.toContain('sales tax is charged')
  })

  test('that is void says so on every page, and a good one nowhere', async () => {
    const { pages, info } = await readPdf(await renderDocument(longSnapshot(60), VOID))
    expect(pages.length).toBeGreaterThan(1)
    for (const { text } of pages) expect(text).toContain('VOID')
    expect(info['Title']).toBe('Invoice INV-1042 (void)')
    expect((await readPdf(await renderDocument(longSnapshot(60), GOOD))).text).not.toMatch(/void/i)
  })

  test('with the largest amounts keeps every figure in one piece', async () => {
    const [job] = sampleSnapshot().jobs
    const lines = (job?.lines ?? [])
      .slice(0, 2)
      .map((line) => ({ ...line, quantityHundredths: 9_999_999, unitPriceCents: 9_999_999_999, totalCents: 9_999_999_999 }))
    const { text } = await readPdf(
      await renderDocument(sampleSnapshot({ jobs: [{ name: 'Gold plating', complaint: '', cause: '', correction: '', lines }] }), GOOD),
    )
    expect(text.replace(/\s+/g, ' ')).toContain('99,999.99 h $99,999,999.99 $99,999,999.99 ')
    expect(text).toContain('$99,999,999.99 T $99,999,999.99')
  })

  test('keeps the subtotal of a job in one piece where no single line is as long', async () => {
    const [job] = sampleSnapshot().jobs
    const [line] = job!.lines
    const lines = [60_000_009, 40_000_009].map((totalCents) => ({
      ...line!,
      type: 'part' as const,
      unitPriceCents: totalCents,
      totalCents,
    }))
    const { rows } = await readPdfRows(await renderDocument({ ...sampleSnapshot(), jobs: [{ ...job!, lines }] }, GOOD))
    expect(rows).toContainEqual([`Subtotal ${job!.name}`, '$1,000,000.18'])
  })
})

describe('an estimate', () => {
  test('shows its version, what it comes to, and has a place to sign', async () => {
    const { text, info } = await readPdf(
      await renderDocument(sampleSnapshot({ kind: 'estimate', number: 'RO-2087-2', terms: null, dueDate: null }), GOOD),
    )
    for (const words of ['ESTIMATE', 'RO-2087-2', 'Version 2', 'Proposed work', 'Estimated total $669.57']) expect(text).toContain(words)
    expect(text).toContain('I authorize the work described above for an estimated total of $669.57.')
    expect(text).toMatch(/Customer signature.*\n?Name in print.*\n?Date/)
    expect(text).not.toContain('INVOICE')
    expect(info['Title']).toBe('Estimate RO-2087-2')
  })

  test('an invoice has none', async () => {
    expect((await readPdf(await renderDocument(sampleSnapshot(), GOOD))).text).not.toContain('Customer signature')
  })

  test('without a job, a vehicle, a phone or a word of anything is still one page', async () => {
    const { shop, customer, vehicle } = sampleSnapshot()
    const nothing = { vin: '', plate: '', plateState: '', color: '', engine: '', odometerIn: null, odometerOut: null }
    const bare = sampleSnapshot({
      kind: 'estimate',
      shop: { ...shop, address: '', city: '', state: '', zip: '', phone: '', email: '', registrationNumber: '' },
      customer: { ...customer, name: 'Walk-in', phone: '', email: '', address: '', city: '', state: '', zip: '' },
      vehicle: { ...vehicle, ...nothing },
      jobs: [],
      declined: [],
      authorizations: [],
      complaint: '',
      footer: '',
      promisedAt: null,
    })
    const { pages, text } = await readPdf(await renderDocument(bare, GOOD))
    expect(pages).toHaveLength(1)
    expect(text).toContain('Walk-in')
    expect(text).not.toMatch(/undefined|null|VIN|Plate|Odometer/)
  })
})

describe('a long invoice', () => {
  test('repeats its heads, numbers its pages, keeps every line once and stays inside the margins', async () => {
    const { pages, text } = await readPdf(await renderDocument(longSnapshot(120), GOOD))
    expect(pages.length).toBeGreaterThanOrEqual(3)
    for (const [index, page] of pages.entries()) {
      expect(page.text).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(page.text).toContain('INV-1042')
      expect(page.text).toContain('Description Part no. Condition Qty Unit price Tax Amount')
      expect(page.edges.left).toBeGreaterThanOrEqual(47.9)
      expect(page.edges.right).toBeLessThanOrEqual(564.1)
      expect(page.edges.bottom).toBeLessThanOrEqual(770)
    }
    for (let number = 1; number <= 120; number += 1) expect(text.split(`LONG-${number} `)).toHaveLength(2)
    expect(text).toContain('Total $1,201.20')
  })

  test('draws one rule below the heads of a page, not another one above the job that begins there', async () => {
    for (let count = 18; count <= 30; count += 1) {
      const [first] = longSnapshot(count).jobs
      const second = sampleSnapshot().jobs[1]
      const jobs = [first, second].filter((job) => job !== undefined)
      const source = Buffer.from(await renderDocument(sampleSnapshot({ jobs }), GOOD)).toString('latin1')
      const heights = [...source.matchAll(/^([\d.]+) ([\d.]+) m\n([\d.]+) \2 l$/gm)].map(
        ([, from, y]) => [Number(from), Number(y)] as const,
      )
      const wide = heights.filter(([from]) => from === 48).map(([, y]) => y)
      expect(wide.length).toBeGreaterThan(5)
      for (const [index, y] of wide.entries()) expect(Math.abs(y - (wide[index + 1] ?? 0))).toBeGreaterThan(5)
    }
  })

  test('never leaves a heading, a job name or a subtotal alone', async () => {
    // Every length of the first job moves the second over the page break once.
    for (let count = 18; count <= 30; count += 1) {
      const [first] = longSnapshot(count).jobs
      const second = sampleSnapshot().jobs[1]
      const { pages } = await readPdf(
        await renderDocument(sampleSnapshot({ jobs: [first, second].filter((job) => job !== undefined) }), GOOD),
      )
      const bodies = pages.map(({ text }) => text.slice(0, text.lastIndexOf('Harbor Street Auto Care')).trimEnd().split('\n'))
      for (const body of bodies) {
        expect(body.at(-1)).not.toMatch(
          /^(Work performed$|Authorizations$|Oil and filter change$|Declined|Description|Recommended|Date and time)/,
        )
        expect(body.find((line) => line.startsWith('Subtotal '))).not.toBe(body[3])
      }
    }
  })

  test('breaks a description that is taller than a page', async () => {
    const [job] = sampleSnapshot().jobs
    const [line] = job?.lines ?? []
    const words = Array.from({ length: 1200 }, (_, index) => `w${index}`)
    const jobs = [
      {
        name: 'Story',
        complaint: words.join(' '),
        cause: '',
        correction: '',
        lines: line ? [{ ...line, description: words.join(' ') }] : [],
      },
    ]
    const { pages, text } = await readPdf(await renderDocument(sampleSnapshot({ jobs, complaint: words.join(' ') }), GOOD))
    for (const word of words) expect(text.split(/\s+/).filter((found) => found === word)).toHaveLength(3)
    for (const { edges } of pages) expect(edges.bottom).toBeLessThanOrEqual(770)
  })

  test('of ten thousand lines takes less than 30 s and lets others work meanwhile', { timeout: 120_000 }, async () => {
    await renderDocument(sampleSnapshot(), GOOD)
    let turns = 0
    const timer = setInterval(() => (turns += 1), 5)
    const start = performance.now()
    const before = process.cpuUsage()
    const bytes = await renderDocument(longSnapshot(10_000), GOOD)
    const { user, system } = process.cpuUsage(before)
    const seconds = (performance.now() - start) / 1000
    clearInterval(timer)
    // Processor time: what the rest of the machine does meanwhile is not the document's.
    expect((user + system) / 1e6).toBeLessThan(30)
    expect(turns).toBeGreaterThan(seconds * 5)
    expect(Buffer.from(bytes).toString('latin1')).toContain('/Count 2')
  })
})

describe('a name that reads from the right', () => {
  test.each(['Łukasz משה כהן', 'משה כהן'])(
    '%s keeps its place in the head of further pages, and its neighbour its number',
    async (name) => {
      const { customer } = sampleSnapshot()
      const { pages } = await readPdf(await renderDocument({ ...longSnapshot(60), customer: { ...customer, name } }, GOOD))
      expect(pages.length).toBeGreaterThan(1)
      expect(pages[1]?.text.replace(/\s+/g, ' ')).toContain(`${name} · 2019 Toyota Camry SE`)
    },
  )
})

describe('what is read aloud', () => {
  test('is tagged as headings, paragraphs and tables, in the language of the document, under its title', async () => {
    const bytes = await renderDocument(longSnapshot(120), GOOD)
    const { pages, info } = await readPdf(bytes)
    expect(pages[0]?.roles.slice(0, 2)).toEqual(['Root', 'Document'])
    for (const role of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD']) expect(pages[0]?.roles).toContain(role)
    expect(info).toMatchObject({ Title: 'Invoice INV-1042', Author: 'Harbor Street Auto Care', Language: 'en-US' })
    const source = Buffer.from(bytes).toString('latin1')
    // Columns 7 + 3 + 6, job and subtotal 2, totals 5, declined work 1: a head repeated on a further page is not read again.
    expect(source.match(/\/S \/TH\n/g)).toHaveLength(24)
    expect(source).toContain('/DisplayDocTitle true')
    expect(source).toContain('/Marked true')
  })

  test('is all there is: no text stands outside the tags', async () => {
    const source = Buffer.from(await renderDocument(longSnapshot(120), VOID)).toString('latin1')
    let depth = 0
    let inside = 0
    let outside = 0
    for (const [operator] of source.matchAll(/(?<=^|\s)(?:BMC|BDC|EMC|BT)$/gm)) {
      if (operator !== 'BT') depth += operator === 'EMC' ? -1 : 1
      else if (depth > 0) inside += 1
      else outside += 1
    }
    expect({ depth, outside }).toEqual({ depth: 0, outside: 0 })
    expect(inside).toBeGreaterThan(700)
  })
})

describe('times', () => {
  test.each([
    ['2026-11-19T08:05:00Z', 'America/Los_Angeles', 'Nov 19, 2026, 12:05 AM'],
    ['2026-11-19T20:00:00Z', 'America/Los_Angeles', 'Nov 19, 2026, 12:00 PM'],
    ['2026-07-01T02:30:00+00:00', 'America/New_York', 'Jun 30, 2026, 10:30 PM'],
  ])('%s in %s is %s', (moment, zone, words) => {
    expect(momentWords(moment, zone)).toBe(words)
  })
})
