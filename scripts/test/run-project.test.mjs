import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inProject } from '../prepare/project.mjs'
import { planRun } from './plan-run.mjs'
import { judge } from './run-project.mjs'

const tally = (fields) => ({ passed: 0, failed: [], skipped: [], ...fields })

it('runs everything without words, one part by its name, files by any other word', () => {
  expect(planRun([])).toEqual({ parts: ['check', 'pure', 'main', 'renderer', 'whole', 'counter'], filters: [], isNarrow: false })
  expect(planRun(['main', 'payments'])).toEqual({ parts: ['main'], filters: ['payments'], isNarrow: true })
  expect(planRun(['payments'])).toEqual({ parts: ['pure', 'main', 'renderer', 'whole', 'counter'], filters: ['payments'], isNarrow: true })
  expect(planRun(['whole', 'check'])).toEqual({ parts: ['check', 'whole'], filters: [], isNarrow: false })
})

it('never takes silence for success', () => {
  expect(judge('main', 0, null, false).failed).toEqual(['main: ended with 0 before it had a result'])
  expect(judge('main', 0, tally({}), false).failed).toEqual(['main: no test was found'])
  expect(judge('main', 0, tally({}), true).failed).toEqual([])
  expect(judge('main', 1, tally({ passed: 3 }), false).failed).toEqual(['main: ended with 1'])
  expect(judge('main', 1, tally({ passed: 3, failed: ['x'] }), false).failed).toEqual(['x'])
})

const sample = `
import { beforeAll, describe, expect, it } from 'vitest'
it('passes', () => {})
it('fails', () => expect(1).toBe(2))
it('is skipped', (test) => test.skip('no binary here'))
describe('unprepared', () => {
  beforeAll(() => { throw new Error('broken') })
  it('never runs', () => {})
})
`

it('counts what vitest found, with the reasons of skipped tests and broken set-ups', () => {
  const folder = mkdtempSync(join(inProject('node_modules'), '.tally-'))
  const file = join(mkdtempSync(join(tmpdir(), 'counterbay-tally-')), 'tally.json')
  try {
    writeFileSync(join(folder, 'sample.test.mjs'), sample)
    writeFileSync(join(folder, 'vitest.config.mjs'), "export default { test: { include: ['*.test.mjs'], exclude: [] } }")
    const words = [
      inProject('node_modules/vitest/vitest.mjs'),
      'run',
      '--root',
      folder,
      `--reporter=${inProject('scripts/test/tally-reporter.mjs')}`,
    ]
    const env = { ...process.env, COUNTERBAY_TALLY_FILE: file }
    expect(spawnSync(process.execPath, words, { env, stdio: 'ignore' }).status).toBe(1)
    const result = JSON.parse(readFileSync(file, 'utf8'))
    expect(result.passed).toBe(1)
    expect(result.failed).toEqual(['sample.test.mjs > unprepared (set-up)', 'sample.test.mjs > fails'])
    expect(result.skipped.map((each) => each.reason)).toEqual(['no binary here', 'its set-up failed'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(join(file, '..'), { recursive: true, force: true })
  }
}, 60_000)
