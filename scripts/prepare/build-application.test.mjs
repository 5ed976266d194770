import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fingerprint, isBuilt } from './build-application.mjs'

let folder = ''
const write = (path, text) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterbay-build-'))
  write('src-main/index.ts', 'a')
  write('package.json', '{}')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('takes notice of every source by its contents, not of times and tests', () => {
  const before = fingerprint(folder)
  utimesSync(join(folder, 'src-main/index.ts'), new Date(0), new Date(0))
  write('src-main/index.test.ts', 'test')
  expect(fingerprint(folder)).toBe(before)
  write('src-main/index.ts', 'b')
  const changed = fingerprint(folder)
  expect(changed).not.toBe(before)
  write('src-renderer/styles/tokens.css', '')
  expect(fingerprint(folder)).not.toBe(changed)
})

it('trusts a build only with its stamp and all its results', () => {
  const wanted = fingerprint(folder)
  const results = ['main/index.js', 'main/web.js', 'main/db.js', 'preload/index.cjs', 'renderer/index.html']
  for (const path of results) write(`out/${path}`, '')
  expect(isBuilt(folder, wanted)).toBe(false)
  write('out/build.sha256', wanted)
  expect(isBuilt(folder, wanted)).toBe(true)
  expect(isBuilt(folder, 'another')).toBe(false)
  rmSync(join(folder, 'out/preload/index.cjs'))
  expect(isBuilt(folder, wanted)).toBe(false)
})
