import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { buildProgram } from '../testing/build-program'
import { renderDocument } from './render-document'
import { sampleSnapshot } from './sample-snapshot'

// Whole documents are made and read back, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000 })

const GOOD = { void: false, practice: false }
const MANY_SCRIPTS = sampleSnapshot({ complaint: 'Łódź, Ω, 刹车片, עברית, العربية, final offer, 🧿' })
// The same two glyphs, but as one character each: a parsed font keeps the character that asked first.
const LOOKALIKES = sampleSnapshot({ complaint: '\ufb01nal o\ufb00er' })

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const hashOf = async (snapshot = MANY_SCRIPTS, isVoid = false) => sha256(await renderDocument(snapshot, { ...GOOD, void: isVoid }))

test('made again, alone or among others, a document is the same to the byte', async () => {
  const first = await hashOf()
  await hashOf(LOOKALIKES)
  expect(await hashOf()).toBe(first)
  const [a, , b, , c] = await Promise.all([hashOf(), hashOf(LOOKALIKES), hashOf(), hashOf(sampleSnapshot()), hashOf()])
  expect([a, b, c]).toEqual([first, first, first])
})

test('the order in which a database gives the keys changes nothing', async () => {
  const turned = Object.fromEntries(Object.entries(MANY_SCRIPTS).reverse()) as typeof MANY_SCRIPTS
  expect(Object.keys(turned)).not.toEqual(Object.keys(MANY_SCRIPTS))
  expect(await hashOf(turned)).toBe(await hashOf())
})

test('another fact or a void mark makes another file with another ID', async () => {
  const idOf = async (snapshot: typeof MANY_SCRIPTS, isVoid: boolean) =>
    /\/ID \[<([0-9a-f]+)>/.exec(Buffer.from(await renderDocument(snapshot, { ...GOOD, void: isVoid })).toString('latin1'))?.[1]
  const ids = [
    await idOf(MANY_SCRIPTS, false),
    await idOf(MANY_SCRIPTS, true),
    await idOf({ ...MANY_SCRIPTS, technician: 'Nobody' }, false),
  ]
  expect(new Set(ids).size).toBe(3)
  expect(ids).not.toContain(undefined)
})

test('two processes of the built program make the same bytes, in any time zone and language', { timeout: 120_000 }, async () => {
  const here = await renderDocument(MANY_SCRIPTS, GOOD)
  const program = await buildProgram(join(import.meta.dirname, 'render-document.ts'))
  const folder = mkdtempSync(join(tmpdir(), 'counterbay-pdf-'))
  try {
    const facts = join(folder, 'facts.json')
    writeFileSync(facts, JSON.stringify([LOOKALIKES, MANY_SCRIPTS]))
    for (const [name, env] of [
      ['one', { TZ: 'Asia/Tokyo', LANG: 'ar_EG.UTF-8' }],
      ['two', { TZ: 'America/New_York', LANG: 'C' }],
    ] as const) {
      const out = join(folder, name)
      // The second process makes another document first.
      const order = name === 'one' ? '[1]' : '[0, 1]'
      const script = `
        const { renderDocument } = await import(${JSON.stringify(program.file)})
        const { readFileSync, writeFileSync } = await import('node:fs')
        const facts = JSON.parse(readFileSync(${JSON.stringify(facts)}, 'utf8'))
        let bytes
        for (const index of ${order}) bytes = await renderDocument(facts[index], { void: false, practice: false })
        writeFileSync(${JSON.stringify(out)}, bytes)`
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { PATH: process.env['PATH'], ...env } })
      expect(sha256(readFileSync(out))).toBe(sha256(here))
    }
  } finally {
    rmSync(folder, { recursive: true })
    program.remove()
  }
})

test('one broken document does not hold up the next', async () => {
  const { shop } = sampleSnapshot()
  const broken = renderDocument(sampleSnapshot({ shop: { ...shop, timezone: 'Mars/Olympus' } }), GOOD)
  const good = renderDocument(sampleSnapshot(), GOOD)
  await expect(broken).rejects.toThrow(RangeError)
  expect((await good).length).toBeGreaterThan(10_000)
})
