import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { canPrintPdf, printPdf } from './print-pdf'
import { saveFile } from './save-file'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterbay-print-'))
  vi.stubEnv('PATH', `${folder}${delimiter}/usr/bin${delimiter}/bin`)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

function installLp(script: string): void {
  writeFileSync(join(folder, 'lp'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, 'lp'), 0o755)
}

it('hands the whole document to the print system under its name', async () => {
  installLp(`printf '%s' "$2" > '${folder}/name'; cat > '${folder}/job'`)
  const pdf = Buffer.alloc(300_000, 'pdf ')
  await printPdf(pdf, 'Invoice 1042; rm -rf "$HOME"')
  expect(readFileSync(join(folder, 'job'))).toEqual(pdf)
  expect(readFileSync(join(folder, 'name'), 'utf8')).toBe('Invoice 1042; rm -rf "$HOME"')
})

it('says so when no printer takes it, even without reading it', async () => {
  installLp('exit 1')
  await expect(printPdf(Buffer.alloc(300_000), 'Invoice')).rejects.toMatchObject({
    code: 'NOT_ON_THIS_HOST',
    message: expect.stringContaining('printer') as string,
  })
})

it('says so when there is no print system', async () => {
  vi.stubEnv('PATH', folder)
  await expect(printPdf(Buffer.from('pdf'), 'Invoice')).rejects.toMatchObject({ code: 'NOT_ON_THIS_HOST' })
})

it('knows beforehand where the page must print itself', () => {
  expect(canPrintPdf('linux', folder)).toBe(false)
  installLp('')
  expect(canPrintPdf('linux', `${delimiter}${folder}`)).toBe(true)
  expect(canPrintPdf('darwin', folder)).toBe(true)
  expect(canPrintPdf('win32', folder)).toBe(false)
})

it('saves a document whole or not at all', async () => {
  const file = join(folder, 'invoice.pdf')
  expect(await saveFile(() => Promise.resolve(file), Buffer.from('pdf'))).toBe(file)
  expect(readFileSync(file, 'utf8')).toBe('pdf')
  expect(await saveFile(() => Promise.resolve(null), Buffer.from('pdf'))).toBeNull()

  const notAFolder = join(file, 'below.pdf')
  await expect(saveFile(() => Promise.resolve(notAFolder), Buffer.from('pdf'))).rejects.toThrow(/ENOTDIR/)
  expect(existsSync(`${file}.part`)).toBe(false)
})
