import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { adopt } from '../prepare/children.mjs'
import { inProject, root } from '../prepare/project.mjs'

/** @typedef {{ passed: number, failed: string[], skipped: { name: string, reason: string }[] }} Tally */

const reporter = inProject('scripts', 'test', 'tally-reporter.mjs')

/**
 * Runs one kind of tests. A run that found no test, or that ended without saying what it found, is a failure.
 * @param {string} project a project of vitest.config.ts
 * @param {{ filters: readonly string[], folder: string, env: Record<string, string>, mayBeEmpty: boolean }} options
 * @returns {Promise<Tally>}
 */
export async function runProject(project, { filters, folder, env, mayBeEmpty }) {
  const file = join(folder, `${project}.json`)
  rmSync(file, { force: true })
  const parameters = ['run', '--project', project, '--reporter=default', `--reporter=${reporter}`, '--passWithNoTests', ...filters]
  const code = await vitest(parameters, { ...env, COUNTERBAY_TALLY_FILE: file })
  return judge(project, code, readTally(file), mayBeEmpty)
}

function vitest(parameters, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [inProject('node_modules/vitest/vitest.mjs'), ...parameters], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    adopt(child)
    child.on('error', () => resolve(127))
    child.on('close', (code, signal) => resolve(code ?? signal))
  })
}

function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * @param {string} project
 * @param {number | string} code the exit code of vitest, or the signal that ended it
 * @param {Tally | null} tally null when vitest wrote none
 * @param {boolean} mayBeEmpty
 * @returns {Tally}
 */
export function judge(project, code, tally, mayBeEmpty) {
  if (tally === null) return { passed: 0, failed: [`${project}: ended with ${code} before it had a result`], skipped: [] }
  const failed = [...tally.failed]
  if (tally.passed + failed.length + tally.skipped.length === 0 && !mayBeEmpty) failed.push(`${project}: no test was found`)
  if (code !== 0 && failed.length === 0) failed.push(`${project}: ended with ${code}`)
  return { ...tally, failed }
}
