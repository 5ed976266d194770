import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { readPdf } from '../testing/read-pdf'
import { renderDocument } from './render-document'
import { sampleSnapshot } from './sample-snapshot'

// Whole documents are made and read back, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000 })

const GOOD = { void: false, practice: false }
const hasQpdf = spawnSync('qpdf', ['--version']).status === 0

async function textOf(complaint: string): Promise<string> {
  return (await readPdf(await renderDocument(sampleSnapshot({ complaint, jobs: [], declined: [] }), GOOD))).text
}

describe('names of all scripts', () => {
  test.each([
    'Łódź Żółć İstanbul Ağrı',
    '刹车片更换：前轮（左右）',
    '日本 カタカナ ひらがな',
    'דוד כהן',
    'محمد الميكانيكي',
    'Γιώργος Παπαδόπουλος',
    'Владимир Їжак',
    'Nguyễn Thị Hương Ụ ẹ ọ',
    'office fluid affix',
    'Mixed שלום and العربية with 123 numbers',
  ])('%s can be read back', async (name) => {
    const text = await textOf(name)
    expect(text.normalize('NFC')).toContain(name)
    expect(text).not.toContain('\ufffd')
  })

  test('decomposed letters are composed', async () => {
    expect(await textOf('Zu\u0308rich Jose\u0301')).toContain('Zürich José')
  })

  test('a right-to-left name keeps number and brackets on their sides', async () => {
    // As the eye meets it: number at the left, bracketed part between, name at the right.
    const text = await textOf('דוד כהן (מוסך) 555-0100')
    const line = text.split('\n').find((one) => one.includes('555-0100') && one.includes('דוד')) ?? ''
    expect(line).toMatch(/^555-0100 \(מוסך\) דוד כהן$/)
  })

  test('a letter no font has becomes a box that carries it', async () => {
    const bytes = await renderDocument(sampleSnapshot({ complaint: 'Emoji 🧿 end' }), GOOD)
    expect((await readPdf(bytes)).text).toMatch(/Emoji\s+end/)
    const utf16 = Buffer.from('\ufeff🧿', 'utf16le').swap16().toString('latin1')
    expect(Buffer.from(bytes).toString('latin1')).toContain(`/ActualText (${utf16})`)
  })

  test('marks that turn text round cannot reach beyond a name', async () => {
    expect(await textOf('Total \u202e00.1$ \u2066due')).toContain('Total 00.1$ due')
  })

  test('a word longer than the line is broken, none of it is lost', async () => {
    const word = Array.from({ length: 60 }, (_, index) => `Part${index}x`).join('')
    expect((await textOf(word)).replaceAll('\n', '')).toContain(word)
  })
})

describe('hostile text', () => {
  const evil = '</Title><script>\n/JS (app.alert(1)) >> endobj \\) ]] ]]> & "quote" \u0000\u0007\ud800 <</S /JavaScript>>'
  const everywhere = (text: string) => {
    const { shop, customer, vehicle, jobs, authorizations } = sampleSnapshot()
    return sampleSnapshot({
      number: text.slice(0, 300),
      orderNumber: text.slice(0, 300),
      serviceWriter: text,
      shop: { ...shop, name: text, address: text, registrationNumber: text },
      customer: { ...customer, name: text, email: text, taxExempt: true, taxExemptNumber: text },
      vehicle: { ...vehicle, label: text, vin: text },
      complaint: text,
      jobs: jobs.map((job) => ({
        ...job,
        name: text,
        cause: text,
        lines: job.lines.map((line) => ({ ...line, description: text, partNumber: text })),
      })),
      declined: [{ name: text, reason: text, totalCents: 1 }],
      authorizations: authorizations.map((one) => ({ ...one, approvedByName: text, note: text, contact: text })),
      footer: text,
    })
  }

  test.each([
    ['markup and PDF syntax', evil],
    ['a word of 64 kB', 'W'.repeat(65_536)],
    ['64 kB of right-to-left text', 'שלום '.repeat(13_107)],
  ])('%s makes a sound file without scripts', async (_what, text) => {
    const whole =
      text.length < 1000
        ? everywhere(text)
        : sampleSnapshot({
            complaint: text,
            customer: { ...sampleSnapshot().customer, name: text },
            shop: { ...sampleSnapshot().shop, name: text },
          })
    const bytes = await renderDocument(whole, GOOD)
    const { hasScripts, info, metadata, pages } = await readPdf(bytes)
    expect(hasScripts).toBe(false)
    expect(String(info['Author']).length).toBeLessThanOrEqual(200)
    expect(metadata).not.toMatch(/<script|<\/Title/)
    for (const { edges } of pages) expect(edges.right).toBeLessThanOrEqual(564.5)
    if (hasQpdf) expectSound(bytes)
  })

  test('whatever the letters, there is a document', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => {
        const bytes = await renderDocument(sampleSnapshot({ complaint: text, jobs: [], footer: text }), GOOD)
        expect(Buffer.from(bytes.subarray(-6)).toString('latin1')).toContain('%%EOF')
      }),
      { numRuns: 40 },
    )
  })

  test.runIf(hasQpdf)('an ordinary invoice is sound as well', async () => {
    expectSound(await renderDocument(sampleSnapshot(), { void: true, practice: false }))
  })
})

/** qpdf ends with an error on damage and with a warning on anything unusual. */
function expectSound(bytes: Uint8Array): void {
  const folder = mkdtempSync(join(tmpdir(), 'counterbay-pdf-'))
  try {
    const file = join(folder, 'document.pdf')
    writeFileSync(file, bytes)
    expect(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors found')
  } finally {
    rmSync(folder, { recursive: true })
  }
}
