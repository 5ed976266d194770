import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installationFault } from './install-packages.mjs'

let folder = ''
const elsewhere = process.platform === 'win32' ? 'linux' : 'win32'
const wanted = {
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b': { version: '2.0.0', integrity: 'sha512-b', dev: true },
  'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true, os: [elsewhere], cpu: [process.arch] },
}
const here = { version: '1.0.0', integrity: 'sha512-h', optional: true, os: [process.platform], cpu: [process.arch] }

const writeLock = (packages) => writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...packages } }))

function install(packages) {
  for (const path of Object.keys(packages)) {
    mkdirSync(join(folder, path), { recursive: true })
    writeFileSync(join(folder, path, 'package.json'), '{}')
  }
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }))
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterbay-install-'))
  writeLock(wanted)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('what is installed', () => {
  const { 'node_modules/elsewhere': _left, ...rest } = wanted

  it('is right when it is what the lock file says, less what is for other machines', () => {
    install(rest)
    expect(installationFault(folder)).toBeNull()
  })

  it('is wrong after an installation that was killed: npm writes its list last', () => {
    install(rest)
    rmSync(join(folder, 'node_modules', '.package-lock.json'))
    expect(installationFault(folder)).toContain('only a part')
  })

  it('is wrong when a package is missing, changed, deleted by hand or no longer wanted', () => {
    install({ 'node_modules/a': wanted['node_modules/a'] })
    expect(installationFault(folder)).toBe('node_modules/b is missing')
    install({ ...rest, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-x' } })
    expect(installationFault(folder)).toBe('node_modules/a has another version')
    install(rest)
    rmSync(join(folder, 'node_modules/b'), { recursive: true })
    expect(installationFault(folder)).toBe('node_modules/b is missing')
    install({ ...rest, 'node_modules/c': { version: '1.0.0', integrity: 'sha512-c' } })
    expect(installationFault(folder)).toBe('node_modules/c is no longer wanted')
  })

  it('is wrong without the optional package of this very machine', () => {
    writeLock({ ...wanted, 'node_modules/here': here })
    install(rest)
    expect(installationFault(folder)).toBe('node_modules/here is missing')
  })
})
